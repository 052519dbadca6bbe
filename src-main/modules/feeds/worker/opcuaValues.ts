import { DataType, type DataValue, type NodeId } from 'node-opcua-client';
import { Quality } from '../../../../src-shared/kernel/index.ts';
import type { FeedTag } from '../model/feedTag.ts';
import { toNumber } from '../model/jsonPayload.ts';
import { fromStatusCode } from '../model/quality.ts';
import type { FeedState } from './feedState.ts';

/** One tag and the node that carries it. */
export type Item = { readonly tag: number; readonly address: string };
export type Node = Item & { readonly nodeId: NodeId };

/** Servers state 1601 for a value that was never written. */
const OLDEST_STAMP = Date.UTC(1970, 0, 2);

/** Hands one value to the feed's state, as what the node is now or as its history. */
export const takeValue = (state: FeedState, data: DataValue, { tag, feedTag, arrival = 'current' }: { readonly tag: number; readonly feedTag: FeedTag | undefined; readonly arrival?: 'current' | 'historical' }): void => {
  const quality = fromStatusCode(data.statusCode.value);
  const [source, server] = [stampOf(data.sourceTimestamp), stampOf(data.serverTimestamp)];
  if (arrival === 'current' && !Number.isNaN(server)) state.clockSeen(server);
  const value = numberOf(data, feedTag);
  const take = state.take[arrival];
  // A bad status says when it became bad only by the server's clock: the source may still stand at its last good value.
  const isBadNow = quality === Quality.bad && arrival === 'current';
  if (isBadNow) take(tag, Number.isNaN(server) ? source : server, value, quality);
  else take(tag, Number.isNaN(source) ? server : source, value, Number.isNaN(value) ? Quality.bad : quality);
};

/** UTC ms of a time stamp, NaN when the server states none. */
const stampOf = (stamp: Date | null | undefined): number => {
  const at = stamp?.getTime() ?? Number.NaN;
  return at > OLDEST_STAMP ? at : Number.NaN;
};

/** A value as a number: words by the tag's states, truth as 1 and 0, times as ms; NaN for what is none. */
export const numberOf = ({ value: variant }: DataValue, feedTag: FeedTag | undefined): number => {
  const raw: unknown = variant?.value;
  if (typeof raw === 'number') return raw;
  if (typeof raw === 'boolean') return raw ? 1 : 0;
  if (typeof raw === 'string') return toNumber(raw, feedTag);
  if (raw instanceof Date) return raw.getTime();
  if (!Array.isArray(raw) || raw.length !== 2) return Number.NaN;
  const [high, low] = raw as [unknown, unknown];
  if (typeof high !== 'number' || typeof low !== 'number') return Number.NaN;
  if (variant.dataType === DataType.Int64) return (high | 0) * 2 ** 32 + (low >>> 0);
  return variant.dataType === DataType.UInt64 ? (high >>> 0) * 2 ** 32 + (low >>> 0) : Number.NaN;
};

import { DataType, type DataValue, type NodeId } from 'node-opcua-client';
import { Quality } from '../../../../src-shared/kernel/index.ts';
import type { FeedTag } from '../model/feedTag.ts';
import { toNumber } from '../model/jsonPayload.ts';
import { fromStatusCode } from '../model/quality.ts';
import { placeStamps, type NodeTime } from '../model/serverTime.ts';
import type { FeedState } from './feedState.ts';

/** One tag and the node that carries it. */
export type Item = { readonly tag: number; readonly address: string };
export type Node = Item & { readonly nodeId: NodeId };

/** Servers state 1601 for a value that was never written. */
const OLDEST_STAMP = Date.UTC(1970, 0, 2);

/** Hands one value to the feed's state as what the node is now. */
export const takeValue = (state: FeedState, data: DataValue, { tag, feedTag, time, isRead }: { readonly tag: number; readonly feedTag: FeedTag | undefined; readonly time: NodeTime; /** Asked for, not told by the subscription. */ readonly isRead: boolean }): void => {
  const quality = fromStatusCode(data.statusCode.value);
  const [source, server] = [stampOf(data.sourceTimestamp), stampOf(data.serverTimestamp)];
  const value = numberOf(data, feedTag);
  const seenAt = state.now();
  // A bad status says when it became bad only by the server's clock: the source may still stand at its last good value.
  const stamps = quality === Quality.bad && !Number.isNaN(server) ? { source: server, server } : { source, server };
  const { at, isDoubtful } = placeStamps(stamps, { seenAt, skewMs: state.skewMs(), bounds: state.bounds, node: time, isRead });
  if (isDoubtful) state.notice('clock-wrong', `${feedTag?.id ?? tag}: ${new Date(Number.isNaN(source) ? server : source).toISOString()}`, 1);
  state.take.current(tag, at, value, Number.isNaN(value) ? Quality.bad : isDoubtful ? Math.max(quality, Quality.uncertain) : quality);
};

/** Hands one value to the feed's state as its history: by the time that the server keeps of it. */
export const takeHistory = (state: FeedState, data: DataValue, { tag, feedTag }: { readonly tag: number; readonly feedTag: FeedTag | undefined }): void => {
  const [source, server] = [stampOf(data.sourceTimestamp), stampOf(data.serverTimestamp)];
  const value = numberOf(data, feedTag);
  state.take.historical(tag, Number.isNaN(source) ? server : source, value, Number.isNaN(value) ? Quality.bad : fromStatusCode(data.statusCode.value));
};

/** UTC ms of a time stamp, NaN when the server states none. */
export const stampOf = (stamp: Date | null | undefined): number => {
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

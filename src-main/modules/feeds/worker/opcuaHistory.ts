import { AttributeIds, HistoryData, HistoryReadRequest, ReadRawModifiedDetails, TimestampsToReturn, type ClientSession, type DataValue } from 'node-opcua-client';
import { HOUR, Quality, SECOND, type Clock, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { FeedGap } from '../../../../src-shared/contract/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import type { FeedsSetup } from '../messages.ts';
import { fromStatusCode } from '../model/quality.ts';
import { wordsFor, wordsOf } from '../model/opcuaWords.ts';
import type { FeedState } from './feedState.ts';
import type { ServerLimits } from './opcuaLimits.ts';
import type { Outbox } from './outbox.ts';
import { takeHistory, type Node } from './opcuaValues.ts';

const VALUES_PER_NODE = 1_000;
/** Beyond this many samples waiting for the station, reading rests: live values go first. */
const WAITING_LIMIT = 200_000;
const ATTEMPTS = 3;
const ATTEMPT_PAUSE_MS = 5 * SECOND;
const HISTORY_READ = 0x04;

/** `since`: until when the station's own history goes, UTC ms; null when it has none, so that nothing was missed. */
type Dependencies = { readonly feed: OpcUaFeed; readonly setup: FeedsSetup; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock; readonly since: Promise<UtcMs | null> };
type Pending = { readonly node: Node; readonly continuationPoint: Buffer | undefined };

/**
 * What passed while nobody listened, read from the server's own history (IEC 62541-11, raw values) and handed to the historian only. A gap stays open, over
 * any number of sessions and restarts of the station, until all of it was asked for; it reaches back `historyHours` at most.
 */
export type Backfill = {
  /** The subscriptions speak: up to now nothing is missing but what is open. */
  heard(): void;
  /** They were silent since they were last heard, or since `from`: that opens a gap. Two gaps that are open at once are one. */
  missed(from?: UtcMs): void;
  /** Reads the open gap over this session; resolves when it is closed, or when another run or `interrupt` has taken its place. */
  run(session: ClientSession, nodes: readonly Node[], limits: ServerLimits): Promise<void>;
  /** The session is over: the gap stays open. */
  interrupt(): void;
};

export const createBackfill = ({ feed, setup, state, outbox, clock, since }: Dependencies): Backfill => {
  let open: UtcMs | null = null;
  let heardAt: UtcMs | null = null;
  let isFirst = true;
  let turn = 0;
  // What was sampled but not yet published when the link broke.
  const marginMs = 2 * feed.publishingIntervalMs + feed.samplingIntervalMs + SECOND;
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  /** Reads [from, to] of all nodes; calls `fail` for each node whose history cannot be had, with the status that says why. */
  const read = async (own: { readonly session: ClientSession; readonly nodes: readonly Node[]; readonly limits: ServerLimits; readonly from: UtcMs; readonly to: UtcMs; isCurrent(): boolean; took(count: number): void; fail(node: Node, status: string): void }) => {
    const { session, nodes, limits, from, to } = own;
    const waiting: Node[] = [];
    for (let start = 0; start < nodes.length; start += limits.read) {
      const part = nodes.slice(start, start + limits.read);
      const levels = await session.read(part.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.AccessLevel })));
      for (const [index, level] of levels.entries()) {
        const node = part[index]!;
        const access: unknown = level.value?.value;
        if (level.statusCode.isGood() && typeof access === 'number' && (access & HISTORY_READ) !== 0) waiting.push(node);
        else own.fail(node, level.statusCode.isGood() ? 'BadHistoryOperationUnsupported' : level.statusCode.name);
      }
    }
    let together = limits.historyReadData;
    while (waiting.length > 0) {
      let batch: Pending[] = waiting.splice(0, together).map((node) => ({ node, continuationPoint: undefined }));
      while (batch.length > 0) {
        while (outbox.historyWaiting > WAITING_LIMIT) await pause(20);
        if (!own.isCurrent()) return;
        const results = await readRaw(session, batch, { from, to });
        const next: Pending[] = [];
        for (const [index, { node }] of batch.entries()) {
          const result = results[index];
          const status = result?.statusCode;
          if (result === undefined || status === undefined) own.fail(node, 'BadUnknownResponse');
          else if (status.name === 'BadNoContinuationPoints' && together > 1) waiting.push(node);
          else if (fromStatusCode(status.value) === Quality.bad) own.fail(node, status.name);
          else {
            const values: readonly DataValue[] = result.historyData instanceof HistoryData ? (result.historyData.dataValues ?? []) : [];
            for (const value of values) takeHistory(state, value, { tag: node.tag, feedTag: setup.tags[node.tag] });
            own.took(values.length);
            const more = result.continuationPoint;
            if (more !== null && more !== undefined && more.length > 0) next.push({ node, continuationPoint: more });
          }
        }
        batch = next;
      }
      // A server that ran out of continuation points gets the rest in smaller helpings.
      if (waiting.length > 0 && waiting.length < together) together = Math.max(1, Math.floor(together / 2));
    }
  };

  const openFrom = (at: UtcMs) => {
    const from = at - marginMs;
    if (open !== null && open <= from) return;
    open = from;
    state.gapOpen(open);
  };

  return {
    heard: () => void (heardAt = clock.now()),
    missed(from = heardAt ?? undefined) {
      if (from !== undefined) openFrom(from);
    },
    interrupt: () => void (turn += 1),
    async run(session, nodes, limits) {
      const mine = (turn += 1);
      const isCurrent = () => mine === turn;
      if (isFirst) {
        const stored = await since;
        if (!isCurrent()) return;
        isFirst = false;
        if (stored !== null) openFrom(stored);
      }
      if (open === null || nodes.length === 0) return;
      const now = clock.now() + state.skewMs();
      const from = Math.max(open + Math.min(0, state.skewMs()), now - feed.historyHours * HOUR);
      const to = now + SECOND;
      const failed = new Map<number, string>();
      let samples = 0;
      const show = (stage: FeedGap['state']) => {
        const [first] = failed.values();
        state.gap({ from, to, state: stage, tags: nodes.length, notRecoverable: failed.size, samples, reason: first === undefined ? null : (wordsOf(first) ?? wordsFor(first)).text });
      };
      for (let attempt = 1; isCurrent(); attempt += 1) {
        failed.clear();
        samples = 0;
        show('reading');
        try {
          if (feed.historyHours === 0) for (const { tag } of nodes) failed.set(tag, 'BadHistoryOperationUnsupported');
          else await read({ session, nodes, limits, from, to, isCurrent, took: (count) => void (samples += count), fail: ({ tag }, status) => void failed.set(tag, status) });
        } catch (error) {
          if (!isCurrent()) return;
          if (attempt < ATTEMPTS) {
            await pause(ATTEMPT_PAUSE_MS);
            continue;
          }
          for (const { tag } of nodes) failed.set(tag, /Bad[A-Z]\w+/.exec(String(error))?.[0] ?? 'BadDataUnavailable');
        }
        break;
      }
      if (!isCurrent()) return;
      open = null;
      state.gapOpen(null);
      show(failed.size === 0 ? 'filled' : failed.size < nodes.length ? 'partly' : 'not-recoverable');
      for (const [status, tags] of Map.groupBy(failed, ([, name]) => name)) {
        state.notice('gap-not-recoverable', `${status}: ${tags.slice(0, 8).map(([tag]) => setup.tags[tag]?.id ?? '').join(', ')}${tags.length > 8 ? ' …' : ''}`, tags.length);
      }
    },
  };
};

const readRaw = async (session: ClientSession, batch: readonly Pending[], { from, to }: { readonly from: UtcMs; readonly to: UtcMs }) => {
  const request = new HistoryReadRequest({
    historyReadDetails: new ReadRawModifiedDetails({ isReadModified: false, startTime: new Date(from), endTime: new Date(to), numValuesPerNode: VALUES_PER_NODE, returnBounds: false }),
    nodesToRead: batch.map(({ node, continuationPoint }) => ({ nodeId: node.nodeId, ...(continuationPoint !== undefined && { continuationPoint }) })),
    releaseContinuationPoints: false,
    timestampsToReturn: TimestampsToReturn.Both,
  });
  return (await session.historyRead(request)).results ?? [];
};

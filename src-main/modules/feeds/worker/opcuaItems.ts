import {
  AttributeIds,
  ClientMonitoredItemGroup,
  DataChangeFilter,
  DataChangeTrigger,
  DeadbandType,
  resolveNodeId,
  TimestampsToReturn,
  type ClientSession,
  type ClientSubscription,
  type DataValue,
} from 'node-opcua-client';
import type { Clock } from '../../../../src-shared/kernel/index.ts';
import { matchesGlob, type OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import type { FeedsSetup } from '../messages.ts';
import type { NodeTime } from '../model/serverTime.ts';
import type { FeedState } from './feedState.ts';
import type { ServerLimits } from './opcuaLimits.ts';
import { numberOf, takeValue, type Item, type Node } from './opcuaValues.ts';

type Deadband = OpcUaFeed['deadbands'][number];
type Watched = Node & { readonly deadband: Deadband | null; /** What the subscription said last; NaN before it said anything. */ value: number; /** When it said something last, monotonic ms. */ heardAt: number; isCreated: boolean; readonly time: NodeTime };
type Dependencies = { readonly feed: OpcUaFeed; readonly setup: FeedsSetup; readonly state: FeedState; readonly clock: Clock };
type Own = { readonly session: ClientSession; readonly limits: ServerLimits; hear(): void; fail(error: unknown): void };

/** What one session watches: monitored items in groups that the server takes, in as many subscriptions as that needs. */
export type Items = {
  readonly nodes: readonly Node[];
  /** Asks for every value: a subscription reports changes only, and after a silence the unchanged must be confirmed too. */
  readAgain(): Promise<void>;
  /** Whether values flow: reads every value and compares it with what the subscriptions have said. The address of one that changed and of which nothing was said for some seconds after, or null. */
  findSilent(): Promise<string | null>;
  /** The longest that one of its subscriptions has said nothing, ms. */
  silentForMs(): number;
};

/** How long the word of a change may take beyond its publishing, ms. */
const ON_ITS_WAY_MS = 3_000;
/** A link may stutter this long, however fast a feed publishes, ms. */
const LEAST_SILENCE_MS = 1_500;

export const createItems = async (items: readonly Item[], own: Own, dependencies: Dependencies): Promise<Items> => {
  const { session, limits, hear } = own;
  const { feed, setup, state, clock } = dependencies;
  const nodes = items.flatMap((item): Watched[] => {
    try {
      return [{ ...item, nodeId: resolveNodeId(item.address), deadband: deadbandOf(feed, setup.tags[item.tag]?.id ?? ''), value: Number.NaN, heardAt: Number.NEGATIVE_INFINITY, isCreated: false, time: { source: Number.NEGATIVE_INFINITY, isBehind: false } }];
    } catch (error) {
      state.reject('unknown-node', `${item.address}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  const heardAt: number[] = [];
  let silenceMs = 0;
  for (let from = 0; from < nodes.length; from += limits.itemsPerSubscription) {
    const subscription = await session.createSubscription2({
      requestedPublishingInterval: feed.publishingIntervalMs,
      requestedMaxKeepAliveCount: 1,
      requestedLifetimeCount: Math.ceil(60_000 / feed.publishingIntervalMs),
      maxNotificationsPerPublish: 0,
      publishingEnabled: true,
      priority: 10,
    });
    const index = heardAt.push(clock.monotonic()) - 1;
    const heard = () => {
      heardAt[index] = clock.monotonic();
      hear();
    };
    // Three publishing intervals, unless the server's own keep-alive comes more rarely than every second one.
    silenceMs = Math.max(silenceMs, LEAST_SILENCE_MS, Math.max(3, subscription.maxKeepAliveCount + 1) * subscription.publishingInterval);
    state.expectWithin(Math.min(feed.staleAfterS * 1_000, silenceMs));
    subscription.on('keepalive', heard);
    subscription.on('received_notifications', heard);
    subscription.on('status_changed', (status) => own.fail(new Error(status.toString())));
    subscription.on('internal_error', own.fail);
    const part = nodes.slice(from, from + limits.itemsPerSubscription);
    for (const [deadband, group] of Map.groupBy(part, (node) => node.deadband)) await addItems(subscription, group, { deadband, perCall: limits.itemsPerCall }, dependencies);
  }
  const readAll = async (take: (node: Watched, value: DataValue) => void) => {
    for (let from = 0; from < nodes.length; from += limits.read) {
      const part = nodes.slice(from, from + limits.read);
      const values = await session.read(part.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })));
      for (const [index, value] of values.entries()) take(part[index]!, value);
    }
  };
  return {
    nodes,
    readAgain: () =>
      readAll((node, value) => {
        if (!value.statusCode.name.startsWith('BadNodeId')) takeValue(state, value, { tag: node.tag, feedTag: setup.tags[node.tag], time: node.time, isRead: true });
      }),
    async findSilent() {
      const askedAt = clock.monotonic();
      const suspects = new Map<Watched, number>();
      await readAll((node, value) => {
        const now = numberOf(value, setup.tags[node.tag]);
        if (node.isCreated && node.deadband === null && value.statusCode.isGood() && !Object.is(now, node.value)) suspects.set(node, now);
      });
      if (suspects.size === 0) return null;
      // What was read may still be on its way, and longer so on a machine that is busy.
      await new Promise<void>((resolve) => void clock.after(ON_ITS_WAY_MS + 6 * Math.max(feed.publishingIntervalMs, feed.samplingIntervalMs), resolve));
      const [silent] = [...suspects].find(([node, read]) => node.heardAt < askedAt && !Object.is(node.value, read)) ?? [];
      return silent?.address ?? null;
    },
    silentForMs: () => Math.max(0, ...heardAt.map((at) => clock.monotonic() - at)),
  };
};

const deadbandOf = ({ deadbands }: OpcUaFeed, tag: string): Deadband | null => deadbands.find(({ tags }) => tags.some((pattern) => matchesGlob(pattern, tag))) ?? null;

/** Creates the items in calls that the server takes; one that refuses a call as too large gets halves of it, one that refuses the deadband gets none. */
const addItems = async (subscription: ClientSubscription, nodes: readonly Watched[], { deadband, perCall }: { readonly deadband: Deadband | null; readonly perCall: number }, dependencies: Dependencies): Promise<void> => {
  const { state } = dependencies;
  let size = perCall;
  for (let from = 0; from < nodes.length; ) {
    const part = nodes.slice(from, from + size);
    let statuses: readonly string[];
    try {
      statuses = await addGroup(subscription, part, deadband, dependencies);
    } catch (error) {
      if (size === 1 || !/BadTooManyOperations|BadRequestTooLarge|BadEncodingLimitsExceeded|BadTcpMessageTooLarge/.test(String(error))) throw error;
      size = Math.ceil(Math.min(size, part.length) / 2);
      continue;
    }
    const unfiltered: Watched[] = [];
    for (const [index, status] of statuses.entries()) {
      const node = part[index]!;
      node.isCreated = status === 'Good';
      if (node.isCreated) continue;
      if (deadband !== null && /Filter|Deadband/.test(status)) {
        unfiltered.push(node);
        continue;
      }
      state.unmapped(node.address);
      state.reject('unknown-node', `${node.address}: ${status}`);
    }
    if (unfiltered.length > 0) {
      state.notice('deadband-refused', unfiltered.slice(0, 8).map(({ address }) => address).join(', '), unfiltered.length);
      await addItems(subscription, unfiltered, { deadband: null, perCall: size }, dependencies);
    }
    from += part.length;
  }
};

/** Adds one group; the name of each item's status. Rejects when the server refuses the call as a whole. */
const addGroup = (subscription: ClientSubscription, nodes: readonly Watched[], deadband: Deadband | null, { feed, setup, state, clock }: Dependencies): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const queueSize = feed.queueSize ?? Math.max(2, Math.ceil(feed.publishingIntervalMs / Math.max(50, feed.samplingIntervalMs)) + 1);
    const filter = deadband === null ? null : new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: deadband.kind === 'percent' ? DeadbandType.Percent : DeadbandType.Absolute, deadbandValue: deadband.value });
    const group = ClientMonitoredItemGroup.create(subscription, nodes.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })), { samplingInterval: feed.samplingIntervalMs, discardOldest: true, queueSize, ...(filter !== null && { filter }) }, TimestampsToReturn.Both);
    group.on('changed', (_item, value, index) => {
      const node = nodes[index];
      if (node === undefined) return;
      node.value = numberOf(value, setup.tags[node.tag]);
      node.heardAt = clock.monotonic();
      takeValue(state, value, { tag: node.tag, feedTag: setup.tags[node.tag], time: node.time, isRead: false });
    });
    group.on('err', (message) => reject(new Error(message)));
    group.on('initialized', () => resolve(group.monitoredItems.map(({ statusCode }) => (statusCode.isGood() ? 'Good' : statusCode.name))));
  });

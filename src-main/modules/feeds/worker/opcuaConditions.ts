import {
  AttributeIds,
  DataType,
  EventFilter,
  NodeId,
  resolveNodeId,
  SimpleAttributeOperand,
  TimestampsToReturn,
  Variant,
  type ClientSession,
  type LocalizedText,
} from 'node-opcua-client';
import type { Clock } from '../../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import type { ConditionChange, FeedsSetup } from '../messages.ts';
import { CONDITION_FIELDS, readCondition, type ConditionFields, type ConditionReport } from '../model/opcuaConditions.ts';
import type { FeedState } from './feedState.ts';
import type { Outbox } from './outbox.ts';
import type { Node } from './opcuaValues.ts';

/** Alarms & Conditions of one session (IEC 62541-9): events of the notifiers, refreshed at the start and whenever something may have been missed. */
export type Conditions = {
  /** Asks for all conditions again. */
  refresh(): Promise<void>;
  /** The name of the status with which the server answers. */
  acknowledge(key: string, comment: string): Promise<string>;
  shelve(key: string, ms: number): Promise<string>;
  unshelve(key: string): Promise<string>;
};

type Dependencies = { readonly feed: OpcUaFeed; readonly setup: FeedsSetup; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock };

const [REFRESH_START, REFRESH_END, OVERFLOW, TRANSITION] = ['i=2787', 'i=2788', 'i=3035', 'i=2311'];
const [CONDITION_TYPE, CONDITION_REFRESH] = [resolveNodeId('i=2782'), resolveNodeId('i=3875')];
const [TIMED_SHELVE, UNSHELVE] = [resolveNodeId('i=2949'), resolveNodeId('i=2947')];
const FLUSH_MS = 50;
const REFRESH_MS = 200;
const QUEUE = 10_000;

export const watchConditions = async (session: ClientSession, nodes: readonly Node[], { feed, setup, state, outbox, clock }: Dependencies & { readonly feed: OpcUaFeed & { conditions: NonNullable<OpcUaFeed['conditions']> } }): Promise<Conditions> => {
  const tagByNode = new Map(nodes.map(({ nodeId, tag }) => [nodeId.toString(), setup.tags[tag]?.id]));
  const tagById = new Set(setup.tags.map(({ id }) => id));
  const tagOf = (sourceNode: string, sourceName: string) => tagByNode.get(sourceNode) ?? (tagById.has(sourceName) ? sourceName : undefined);
  /** The event to acknowledge by: the newest of each condition or branch. */
  const newest = new Map<string, { readonly condition: NodeId; readonly event: Buffer }>();
  let refreshed: Map<string, ConditionReport> | null = null;
  let waiting: ConditionReport[] = [];
  const tell = (change: ConditionChange['change'], conditions: readonly ConditionReport[]) => outbox.conditions({ feed: feed.id, change, conditions });
  const flush = () => {
    const told = waiting;
    waiting = [];
    if (told.length > 0) tell('put', told);
  };
  const names = Object.keys(CONDITION_FIELDS) as (keyof typeof CONDITION_FIELDS)[];
  const subscription = await session.createSubscription2({ requestedPublishingInterval: feed.publishingIntervalMs, requestedMaxKeepAliveCount: 10, requestedLifetimeCount: Math.ceil(60_000 / feed.publishingIntervalMs), maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 20 });

  const refresh = async () => {
    const [result] = await session.call([{ objectId: CONDITION_TYPE, methodId: CONDITION_REFRESH, inputArguments: [new Variant({ dataType: DataType.UInt32, value: subscription.subscriptionId })] }]);
    const status = result?.statusCode.name ?? 'BadUnknownResponse';
    // One that is under way brings the same.
    if (status !== 'Good' && status !== 'BadRefreshInProgress') state.notice('conditions-refused', status, 1);
  };
  let isAsked = false;
  const askLater = () => {
    if (isAsked) return;
    isAsked = true;
    clock.after(REFRESH_MS, () => {
      isAsked = false;
      // A session that has ended refreshes at the start of the next.
      refresh().catch((error: unknown) => state.notice('conditions-refused', String(error), 1));
    });
  };
  const take = (values: readonly Variant[]) => {
    const fields: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) fields[name] = plain(values[index]);
    const { eventType } = fields;
    if (eventType === REFRESH_START) return void (refreshed = new Map());
    if (eventType === REFRESH_END) {
      if (refreshed !== null) tell('replace', [...refreshed.values()]);
      refreshed = null;
      return;
    }
    // A shelving that ends or was made at the server may be told as a transition of its state machine only.
    if (eventType === OVERFLOW || eventType === TRANSITION) return askLater();
    const report = readCondition(fields as ConditionFields, { now: clock.now(), tagOf });
    const condition: unknown = values[names.indexOf('conditionId')]?.value;
    const event: unknown = values[names.indexOf('eventId')]?.value;
    if (report === null || !(condition instanceof NodeId) || !(event instanceof Uint8Array)) return;
    newest.set(report.key, { condition, event: Buffer.from(event) });
    const isOver = !report.active && report.acknowledged && !report.latched && report.shelved === null && !report.suppressed && !report.outOfService;
    if (isOver) newest.delete(report.key);
    if (refreshed !== null) return void (isOver ? refreshed.delete(report.key) : refreshed.set(report.key, report));
    if (waiting.push(report) === 1) clock.after(FLUSH_MS, flush);
  };

  const filter = new EventFilter({
    selectClauses: names.map((name) => {
      const [type, ...path]: readonly string[] = CONDITION_FIELDS[name];
      return new SimpleAttributeOperand({ typeDefinitionId: resolveNodeId(type ?? ''), browsePath: path.map((step) => ({ name: step })), attributeId: path.length === 0 ? AttributeIds.NodeId : AttributeIds.Value });
    }),
  });
  for (const notifier of feed.conditions.notifiers) {
    const item = await subscription.monitor({ nodeId: resolveNodeId(notifier), attributeId: AttributeIds.EventNotifier }, { samplingInterval: 0, discardOldest: true, queueSize: QUEUE, filter }, TimestampsToReturn.Neither);
    item.on('changed', (values: unknown) => Array.isArray(values) && take(values as Variant[]));
    item.on('err', (message) => state.notice('conditions-refused', `${notifier}: ${message}`, 1));
  }
  await refresh();

  const known = (key: string) => newest.get(key);
  const callShelving = async (key: string, methodId: NodeId, inputArguments: Variant[]): Promise<string> => {
    const own = known(key);
    if (own === undefined) return 'BadEventIdUnknown';
    const path = await session.translateBrowsePath({ startingNode: own.condition, relativePath: { elements: [{ referenceTypeId: resolveNodeId('HasComponent'), isInverse: false, includeSubtypes: true, targetName: { name: 'ShelvingState' } }] } });
    const objectId = path.targets?.[0]?.targetId ?? own.condition;
    const [result] = await session.call([{ objectId, methodId, inputArguments }]);
    const status = result?.statusCode.name ?? 'BadUnknownResponse';
    // Not every server tells of shelving by an event of its own.
    if (status === 'Good') await refresh();
    return status;
  };
  return {
    refresh,
    async acknowledge(key, comment) {
      const own = known(key);
      return own === undefined ? 'BadEventIdUnknown' : (await session.acknowledgeCondition(own.condition, own.event, comment)).name;
    },
    shelve: (key, ms) => callShelving(key, TIMED_SHELVE, [new Variant({ dataType: DataType.Double, value: ms })]),
    unshelve: (key) => callShelving(key, UNSHELVE, []),
  };
};

/** A variant as plain data: node ids and localized text as text, times as UTC ms; undefined for nothing. */
const plain = (variant: Variant | undefined): unknown => {
  const value: unknown = variant?.value;
  if (value instanceof NodeId) return value.toString().replace(/^ns=0;/, '');
  if (value instanceof Date) return value.getTime();
  if (variant?.dataType === DataType.LocalizedText) return (value as LocalizedText | null)?.text ?? '';
  return value ?? undefined;
};

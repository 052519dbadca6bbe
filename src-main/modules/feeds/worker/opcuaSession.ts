import {
  AttributeIds,
  ClientMonitoredItemGroup,
  ClientSubscription,
  DataType,
  MessageSecurityMode,
  OPCUAClient,
  resolveNodeId,
  SecurityPolicy,
  setDebugLogger,
  setErrorLogger,
  setWarningLogger,
  TimestampsToReturn,
  UserTokenType,
  type ClientSession,
  type DataValue,
  type NodeId,
} from 'node-opcua-client';
import { Quality, text, type Clock, type Text } from '../../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import { toNumber } from '../model/jsonPayload.ts';
import type { AddressBook } from '../model/mapping.ts';
import { wordsFor } from '../model/opcuaWords.ts';
import { fromStatusCode } from '../model/quality.ts';
import type { FeedsSetup } from '../messages.ts';
import type { FeedState } from './feedState.ts';
import type { PinnedCertificates } from './opcuaIdentity.ts';

// The library writes many-line dumps to the terminal; what matters of them comes as errors and events.
for (const silence of [setDebugLogger, setErrorLogger, setWarningLogger]) silence(() => {});

const ITEMS_PER_SUBSCRIPTION = 1_000;
const NODES_PER_READ = 500;
/** How long a session may take to begin, how long the library may take to mend a link, how long a server may say nothing. After it the session is made anew. */
const BEGIN_MS = 15_000;
const MEND_MS = 3_000;
const QUIET_MS = 10_000;
const APPLICATION_URI = 'urn:anlan:station';
/** Servers state 1601 for a value that was never written. */
const OLDEST_STAMP = Date.UTC(1970, 0, 2);

type Dependencies = { readonly feed: OpcUaFeed; readonly setup: FeedsSetup; readonly book: AddressBook; readonly state: FeedState; readonly clock: Clock; readonly certificates: PinnedCertificates };
type Item = { readonly tag: number; readonly address: string };
type Node = Item & { readonly nodeId: NodeId };

/** Plain words that a session ended with. */
export class SessionEnded extends Error {
  readonly words: Text;
  readonly isRefusal: boolean;
  constructor(words: Text, isRefusal: boolean) {
    super(words.en);
    this.words = words;
    this.isRefusal = isRefusal;
  }
}

/**
 * Connects, subscribes and feeds values until the link is lost for good or `stop` says so; then throws `SessionEnded`.
 * Short breaks are mended by the library: the session is taken up again, so what the server queued meanwhile still comes.
 */
export const runSession = async (dependencies: Dependencies, stop: AbortSignal): Promise<void> => {
  const { feed, state, clock, certificates } = dependencies;
  const client = OPCUAClient.create({
    applicationName: 'Anlan',
    applicationUri: APPLICATION_URI,
    clientName: `anlan-${feed.id}`,
    clientCertificateManager: certificates,
    securityMode: MessageSecurityMode[feed.securityMode],
    securityPolicy: SecurityPolicy[feed.securityPolicy],
    endpointMustExist: false,
    connectionStrategy: { initialDelay: 500, maxDelay: 2_000, maxRetry: 1 },
    requestedSessionTimeout: 60_000,
    transportTimeout: 10_000,
  });
  let end: (reason: SessionEnded) => void = () => {};
  const ended = new Promise<never>((_resolve, reject) => (end = reject));
  let deadline = clock.monotonic() + BEGIN_MS;
  const allow = (ms: number) => void (deadline = clock.monotonic() + ms);
  const quietMs = Math.max(QUIET_MS, 10 * feed.publishingIntervalMs);
  // While the link is being mended, a word on a subscription proves nothing: only the mended session does.
  let isUp = false;
  const hear = () => {
    if (!isUp) return;
    allow(quietMs);
    state.heard();
  };
  const fail = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const words = wordsFor(message);
    end(certificates.refusal === null ? new SessionEnded(words.text, words.isRefusal) : new SessionEnded(certificates.refusal, true));
  };
  client.on('connection_lost', () => {
    isUp = false;
    allow(MEND_MS);
    state.linkDown(text('连接断开', 'Connection lost'));
  });
  let [refresh, identify] = [() => {}, () => ''];
  let identity = '';
  client.on('connection_reestablished', () => {
    // A session that the library had to make anew may come without its items (seen with asyncua): we make our own.
    if (identify() !== identity) return fail(new Error('BadSessionIdInvalid'));
    isUp = true;
    allow(quietMs);
    state.linkUp();
    refresh();
  });
  state.whenBack(() => refresh());
  client.on('reconnection_attempt_has_failed', (error) => certificates.refusal !== null && fail(error));
  client.on('close', (error) => error && fail(error));
  stop.addEventListener('abort', () => end(new SessionEnded(wordsFor('stopped').text, false)));

  using _watch = clock.every(500, () => {
    if (clock.monotonic() > deadline) fail(new Error('BadTimeout'));
  });
  const live = async () => {
    await client.connect(feed.url);
    const session = await client.createSession(feed.user === undefined ? undefined : { type: UserTokenType.UserName, userName: feed.user, password: feed.password ?? '' });
    const nodes: Node[] = [];
    refresh = () => void readAgain(session, nodes, dependencies).catch(fail);
    const items = [...dependencies.book.addresses].flatMap(([address, claim]) => (claim.only < 0 ? [] : [{ tag: claim.only, address }]));
    identify = () => `${session.sessionId.toString()} ${'authenticationToken' in session ? String(session.authenticationToken) : ''}`;
    identity = identify();
    isUp = true;
    allow(BEGIN_MS);
    state.linkUp();
    for (let from = 0; from < items.length; from += ITEMS_PER_SUBSCRIPTION) {
      nodes.push(...(await subscribe({ session, items: items.slice(from, from + ITEMS_PER_SUBSCRIPTION), hear, fail }, dependencies)));
    }
  };
  try {
    await Promise.race([live().then(() => ended), ended]);
  } catch (error) {
    if (error instanceof SessionEnded) throw error;
    const words = wordsFor(error instanceof Error ? error.message : String(error));
    throw certificates.refusal === null ? new SessionEnded(words.text, words.isRefusal) : new SessionEnded(certificates.refusal, true);
  } finally {
    // A hung server answers no goodbye: it gets a second, the next session does not wait for more.
    await Promise.race([client.disconnect().catch(() => undefined), new Promise<void>((resolve) => clock.after(1_000, resolve))]);
  }
};

const subscribe = async (own: { readonly session: ClientSession; readonly items: readonly Item[]; hear(): void; fail(error: unknown): void }, { feed, setup, state }: Dependencies): Promise<readonly Node[]> => {
  const { session, items, hear, fail } = own;
  const subscription: ClientSubscription = await session.createSubscription2({
    requestedPublishingInterval: feed.publishingIntervalMs,
    requestedMaxKeepAliveCount: 1,
    requestedLifetimeCount: Math.ceil(60_000 / feed.publishingIntervalMs),
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 10,
  });
  state.expectWithin(Math.min(feed.staleAfterS * 1_000, Math.max(1_500, 3 * subscription.publishingInterval * Math.max(1, subscription.maxKeepAliveCount))));
  subscription.on('keepalive', hear);
  subscription.on('received_notifications', hear);
  subscription.on('status_changed', (status) => fail(new Error(status.toString())));
  subscription.on('internal_error', fail);
  const nodes = items.flatMap((item): Node[] => {
    try {
      return [{ ...item, nodeId: resolveNodeId(item.address) }];
    } catch (error) {
      state.reject('unknown-node', `${item.address}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  if (nodes.length === 0) return nodes;
  const group = ClientMonitoredItemGroup.create(subscription, nodes.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })), { samplingInterval: feed.samplingIntervalMs, discardOldest: true, queueSize: Math.max(2, Math.ceil(feed.publishingIntervalMs / Math.max(50, feed.samplingIntervalMs)) + 1) }, TimestampsToReturn.Both);
  group.on('changed', (_item, value, index) => {
    const node = nodes[index];
    if (node !== undefined) takeValue(state, value, { tag: node.tag, words: (word) => toNumber(word, setup.tags[node.tag]) });
  });
  group.on('err', (message) => fail(new Error(message)));
  group.on('initialized', () => {
    for (const [index, item] of group.monitoredItems.entries()) {
      if (item.statusCode.isGood()) continue;
      const address = nodes[index]?.address ?? '';
      state.unmapped(address);
      state.reject('unknown-node', `${address}: ${item.statusCode.name}`);
    }
  });
  return nodes;
};

/** Asks for every value: a subscription reports changes only, and after a silence the unchanged must be confirmed too. */
const readAgain = async (session: ClientSession, nodes: readonly Node[], { setup, state }: Dependencies): Promise<void> => {
  for (let from = 0; from < nodes.length; from += NODES_PER_READ) {
    const part = nodes.slice(from, from + NODES_PER_READ);
    const values = await session.read(part.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })));
    for (const [index, value] of values.entries()) {
      const node = part[index];
      if (node === undefined || value.statusCode.name.startsWith('BadNodeId')) continue;
      takeValue(state, value, { tag: node.tag, words: (word) => toNumber(word, setup.tags[node.tag]) });
    }
  }
};

const takeValue = (state: FeedState, data: DataValue, { tag, words }: { readonly tag: number; words(word: string): number }) => {
  const quality = fromStatusCode(data.statusCode.value);
  const [source, server] = [stampOf(data.sourceTimestamp), stampOf(data.serverTimestamp)];
  if (!Number.isNaN(server)) state.clockSeen(server);
  const value = numberOf(data, words);
  // A bad status says when it became bad only by the server's clock: the source may still stand at its last good value.
  if (quality === Quality.bad) return state.take.current(tag, Number.isNaN(server) ? source : server, value, quality);
  state.take.current(tag, Number.isNaN(source) ? server : source, value, Number.isNaN(value) ? Quality.bad : quality);
};

const stampOf = (stamp: Date | null | undefined): number => {
  const at = stamp?.getTime() ?? Number.NaN;
  return at > OLDEST_STAMP ? at : Number.NaN;
};

const numberOf = ({ value: variant }: DataValue, words: (word: string) => number): number => {
  const raw: unknown = variant?.value;
  if (typeof raw === 'number') return raw;
  if (typeof raw === 'boolean') return raw ? 1 : 0;
  if (typeof raw === 'string') return words(raw);
  if (raw instanceof Date) return raw.getTime();
  if (!Array.isArray(raw) || raw.length !== 2) return Number.NaN;
  const [high, low] = raw as [unknown, unknown];
  if (typeof high !== 'number' || typeof low !== 'number') return Number.NaN;
  if (variant.dataType === DataType.Int64) return (high | 0) * 2 ** 32 + (low >>> 0);
  return variant.dataType === DataType.UInt64 ? (high >>> 0) * 2 ** 32 + (low >>> 0) : Number.NaN;
};

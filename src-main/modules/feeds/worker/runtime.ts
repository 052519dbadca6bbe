import { createScope, disposable, type Clock, type Disposable, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { FeedRow } from '../../../../src-shared/contract/index.ts';
import type { Feed } from '../../../../src-shared/plant/index.ts';
import type { FeedsMessage, FeedsOrder, FeedsSetup, Since, WayOrder } from '../messages.ts';
import { bindMappings, type AddressBook } from '../model/mapping.ts';
import { createFeedState, type FeedState } from './feedState.ts';
import { createMqttSource } from './mqttSource.ts';
import { createOpcUaSource, type OpcUaDesk } from './opcuaSource.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createSparkplugSource } from './sparkplugSource.ts';

export type SourceDependencies<F extends Feed> = { readonly feed: F; readonly setup: FeedsSetup; readonly book: AddressBook; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock; /** Until when the station's own history of this feed goes; null: it has none. */ readonly since: Promise<UtcMs | null> };

const FLUSH_MS = 20;
const WATCH_MS = 250;
const NOTICE_MS = 1_000;

/** All that runs in the worker: one source per feed, one outbox for all. */
export const runFeeds = ({ setup, clock, post }: { readonly setup: FeedsSetup; readonly clock: Clock; readonly post: (message: FeedsMessage, transfer?: readonly ArrayBuffer[]) => void }): Disposable & { onMessage(message: unknown): void; /** What a person asks of an OPC UA feed's server; throws for another feed. */ desk(feed: string): OpcUaDesk; /** Takes leave of every source that wants to be told. */ leave(): Promise<void> } => {
  const outbox = createOutbox(clock, post);
  const scope = createScope();
  const running = new Map<string, Running>();
  const since = Promise.withResolvers<Since['at']>();
  const startFeed = (feed: Feed, stored: Promise<UtcMs | null>) => {
    const book = bindMappings(feed.mappings, setup.tags);
    const state = createFeedState({ feed, security: securityOf(feed), clock, outbox, tags: book.tags, names: (tag) => setup.tags[tag]?.id ?? String(tag) });
    const source = createSource({ feed, setup, book, state, outbox, clock, since: stored });
    running.set(feed.id, { tags: book.tags, state, source, shown: '' });
  };
  /** Ends a feed and begins it as it is now; what it carried is lost until it comes again. */
  const restart = (feed: Feed, stored: UtcMs) => {
    const before = running.get(feed.id);
    before?.source[Symbol.dispose]();
    startFeed(feed, Promise.resolve(stored));
    const tags = new Set([...(before?.tags ?? []), ...(running.get(feed.id)?.tags ?? [])]);
    outbox.loss({ feed: feed.id, tags: Uint32Array.from(tags), at: clock.now(), isRemapped: true });
  };
  for (const feed of setup.feeds) startFeed(feed, since.promise.then((at) => at.get(feed.id) ?? null));
  scope.add(disposable(() => running.forEach(({ source }) => source[Symbol.dispose]())));
  const showRows = () => {
    const changed: FeedRow[] = [];
    for (const feed of running.values()) {
      feed.state.tick();
      const row = feed.state.row();
      const now = JSON.stringify(row);
      if (now !== feed.shown) changed.push(row);
      feed.shown = now;
    }
    if (changed.length > 0) outbox.rows(changed);
  };
  scope.add(clock.every(FLUSH_MS, outbox.flush));
  scope.add(clock.every(WATCH_MS, showRows));
  scope.add(
    clock.every(NOTICE_MS, () => {
      const notices = [...running.values()].flatMap(({ state }) => state.takeNotices());
      if (notices.length > 0) outbox.rejections(notices);
    }),
  );
  showRows();
  return {
    onMessage(message) {
      const order = message as FeedsOrder;
      if (order.kind === 'taken') return outbox.taken();
      if (order.kind === 'since') return since.resolve(order.at);
      if (order.kind === 'restart') return restart(order.feed, order.since);
      for (const { source } of running.values()) source.tell?.(order.orders);
    },
    desk(feed) {
      const desk = running.get(feed)?.source.desk;
      if (desk === undefined) throw new Error(`feed ${feed} is no OPC UA feed`);
      return desk;
    },
    async leave() {
      await Promise.all([...running.values()].map(async ({ source }) => source.leave?.()));
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};

type Source = Disposable & { leave?(): Promise<void>; tell?(orders: readonly WayOrder[]): void; readonly desk?: OpcUaDesk };
type Running = { readonly tags: Uint32Array<ArrayBuffer>; readonly state: FeedState; readonly source: Source; shown: string };

const createSource = (dependencies: SourceDependencies<Feed>): Source => {
  const { feed } = dependencies;
  if (feed.kind === 'mqtt') return createMqttSource({ ...dependencies, feed });
  if (feed.kind === 'sparkplug') return createSparkplugSource({ ...dependencies, feed });
  return createOpcUaSource({ ...dependencies, feed });
};

const securityOf = (feed: Feed): string => {
  if (feed.kind === 'opcua') return feed.securityMode === 'None' ? 'None' : `${feed.securityPolicy} ${feed.securityMode}`;
  return /^(mqtts|wss):/.test(feed.url) ? 'TLS' : 'None';
};

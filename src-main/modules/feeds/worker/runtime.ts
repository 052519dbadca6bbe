import { createScope, type Clock, type Disposable } from '../../../../src-shared/kernel/index.ts';
import type { Feed } from '../../../../src-shared/plant/index.ts';
import type { FeedsMessage, FeedsSetup, Taken } from '../messages.ts';
import { bindMappings, type AddressBook } from '../model/mapping.ts';
import { createFeedState, type FeedState } from './feedState.ts';
import { createMqttSource } from './mqttSource.ts';
import { createOpcUaSource } from './opcuaSource.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createSparkplugSource } from './sparkplugSource.ts';

export type SourceDependencies<F extends Feed> = { readonly feed: F; readonly setup: FeedsSetup; readonly book: AddressBook; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock };

const FLUSH_MS = 20;
const WATCH_MS = 250;
const NOTICE_MS = 1_000;

/** All that runs in the worker: one source per feed, one outbox for all. */
export const runFeeds = ({ setup, clock, post }: { readonly setup: FeedsSetup; readonly clock: Clock; readonly post: (message: FeedsMessage, transfer?: readonly ArrayBuffer[]) => void }): Disposable & { onMessage(message: unknown): void } => {
  const outbox = createOutbox(clock, post);
  const scope = createScope();
  const states = setup.feeds.map((feed) => {
    const book = bindMappings(feed.mappings, setup.tags);
    const state = createFeedState({ feed, security: securityOf(feed), clock, outbox, tags: book.tags, names: (tag) => setup.tags[tag]?.id ?? String(tag) });
    scope.add(createSource({ feed, setup, book, state, outbox, clock }));
    return state;
  });
  const shown = states.map(() => '');
  const showRows = () => {
    for (const state of states) state.tick();
    const rows = states.map((state) => state.row());
    const changed = rows.filter((row, index) => {
      const now = JSON.stringify(row);
      const isNew = now !== shown[index];
      shown[index] = now;
      return isNew;
    });
    if (changed.length > 0) outbox.rows(changed);
  };
  scope.add(clock.every(FLUSH_MS, outbox.flush));
  scope.add(clock.every(WATCH_MS, showRows));
  scope.add(
    clock.every(NOTICE_MS, () => {
      const notices = states.flatMap((state) => state.takeNotices());
      if (notices.length > 0) outbox.rejections(notices);
    }),
  );
  showRows();
  return {
    onMessage(message) {
      if (isTaken(message)) outbox.taken();
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};

const isTaken = (message: unknown): message is Taken => typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'taken';

const createSource = (dependencies: SourceDependencies<Feed>): Disposable => {
  const { feed } = dependencies;
  if (feed.kind === 'mqtt') return createMqttSource({ ...dependencies, feed });
  if (feed.kind === 'sparkplug') return createSparkplugSource({ ...dependencies, feed });
  return createOpcUaSource({ ...dependencies, feed });
};

const securityOf = (feed: Feed): string => {
  if (feed.kind === 'opcua') return feed.securityMode === 'None' ? 'None' : `${feed.securityPolicy} ${feed.securityMode}`;
  return /^(mqtts|wss):/.test(feed.url) ? 'TLS' : 'None';
};

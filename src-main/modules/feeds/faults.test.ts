import { expect, it } from 'vitest';
import { createScope, Quality, type Clock } from '../../../src-shared/kernel/index.ts';
import { SiteFile } from '../../../src-shared/plant/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { startBroker, type TestBroker } from '../../testing/broker.ts';
import { buildPlant, buildSite, buildTag } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { bdSeq, double, driveEdgeNode } from '../../testing/sparkplugNode.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { pause, until } from '../../testing/until.ts';
import { createValues } from '../values/index.ts';
import { toSetup, type FeedsMessage } from './messages.ts';
import { runFeeds } from './worker/runtime.ts';

/** Faults over real sockets, for both kinds of feed that a broker carries: stale within 2 s, right within 5 s, no old value shown as live. */
const plant = buildPlant();
const [STALE_MS, RIGHT_MS] = [2_000, 5_000];

/** A plant that says PT-101 every 200 ms and LT-101 every second: a counter each, at its own clock. */
type FeedToRun = Parameters<typeof startFeeds>[1][number];
type Source = AsyncDisposable & { setClock(offsetMs: number): void };

const KINDS = ['mqtt', 'sparkplug'] as const;
const feedOf = (kind: (typeof KINDS)[number], port: number, rest: object = {}): FeedToRun => ({ ...(kind === 'mqtt' ? { id: 'f', kind, mappings: [{ tags: ['*'], address: 'plant/{tag}' }] } : { id: 'f', kind, groups: ['Binhai'] }), url: `mqtt://127.0.0.1:${port}`, ...rest });
const startSource = (kind: (typeof KINDS)[number], broker: TestBroker): Source => {
  const scope = createScope();
  let [count, offset] = [0, 0];
  const now = () => Date.now() + offset;
  const node = driveEdgeNode(broker, 'E1', now);
  const bear = () => node.send('NBIRTH', [bdSeq(0), double({ name: 'PT-101', alias: 1, value: count, timestamp: now() }), double({ name: 'LT-101', alias: 2, value: count, timestamp: now() })]);
  const report = async () => {
    count += 1;
    const tags = count % 5 === 0 ? (['PT-101', 'LT-101'] as const) : (['PT-101'] as const);
    if (kind === 'sparkplug') return node.send('NDATA', tags.map((tag) => double({ alias: tag === 'PT-101' ? 1 : 2, value: count, timestamp: now() })));
    for (const tag of tags) await broker.publish(`plant/${tag}`, JSON.stringify({ v: count, t: now() }), { retain: true });
  };
  const quietly = (work: Promise<unknown>) => void work.catch(() => {});
  scope.add(systemClock.every(200, () => quietly(report())));
  if (kind === 'sparkplug') {
    broker.onPublish((topic) => topic.includes('/NCMD/') && quietly(bear()));
    quietly(bear());
  }
  return {
    setClock: (ms) => void (offset = ms),
    [Symbol.asyncDispose]: async () => {
      scope[Symbol.dispose]();
      await pause(20);
    },
  };
};
const TAGS = ['PT-101', 'LT-101'];
const isLive = (rig: ReturnType<typeof startFeeds>) => TAGS.every((tag) => rig.last(tag)?.quality === Quality.good && Date.now() - (rig.last(tag)?.at ?? 0) < 1_600);
const isStale = (rig: ReturnType<typeof startFeeds>) => TAGS.every((tag) => rig.last(tag)?.quality === Quality.stale);
/** Good samples that were shown although their source time was more than three rhythms old. */
const oldShown = (rig: ReturnType<typeof startFeeds>) => rig.batches.flatMap((batch) => [...batch.at].filter((at, row) => batch.quality[row] === Quality.good && batch.seenAt - at > 3_000));

it.each(KINDS)('%s: broker killed and started again', async (kind) => {
  await using broker = await startBroker();
  await using _source = startSource(kind, broker);
  using rig = startFeeds(plant, [feedOf(kind, broker.port)]);
  await until(() => isLive(rig), 'live');
  for (let round = 0; round < 2; round += 1) {
    await broker.kill();
    await until(() => isStale(rig), 'stale', STALE_MS);
    await pause(300);
    await broker.restart();
    await until(() => isLive(rig), 'right', RIGHT_MS);
  }
  expect(oldShown(rig)).toEqual([]);
});

it.each(KINDS)('%s: half-open TCP, silent for longer than three rhythms', async (kind) => {
  await using broker = await startBroker();
  await using proxy = await startTcpProxy(broker.port);
  await using _source = startSource(kind, broker);
  using rig = startFeeds(plant, [feedOf(kind, proxy.port, { staleAfterS: 60 })]);
  await until(() => isLive(rig), 'live');
  proxy.silence();
  await until(() => isStale(rig), 'stale while TCP is open: the link is asked each second', 3_000);
  await pause(500);
  expect(rig.state()).toBe('stale');
  proxy.mend();
  await until(() => isLive(rig), 'right', RIGHT_MS);
  expect(oldShown(rig)).toEqual([]);
});

it.each(KINDS)('%s: an outage of 2 s', async (kind) => {
  await using broker = await startBroker();
  await using proxy = await startTcpProxy(broker.port);
  await using _source = startSource(kind, broker);
  using rig = startFeeds(plant, [feedOf(kind, proxy.port)]);
  await until(() => isLive(rig), 'live');
  proxy.cut();
  await until(() => isStale(rig), 'stale', STALE_MS);
  await pause(2_000);
  expect(isStale(rig)).toBe(true);
  proxy.mend();
  await until(() => isLive(rig), 'right', RIGHT_MS);
  expect(oldShown(rig)).toEqual([]);
});

/** Feeds in this thread, under a clock of the test. */
const runHere = (feed: FeedToRun, clock: Clock) => {
  const site = SiteFile.parse({ ...buildSite(), feeds: [feed] });
  const values = createValues({ plant });
  const told = { rows: [] as Extract<FeedsMessage, { kind: 'rows' }>['rows'][number][], history: 0, dials: 0 };
  const feeds = runFeeds({
    setup: toSetup(site, plant, { pkiFolder: '.', siteFolder: '.' }),
    clock,
    post(message) {
      if (message.kind === 'rows') told.rows.push(...message.rows);
      if (message.kind === 'loss') values.markStale(message.loss.tags, message.loss.at);
      if (message.kind !== 'flush') return;
      if (message.live !== null) values.apply(message.live);
      told.history += message.history?.tag.length ?? 0;
      feeds.onMessage({ kind: 'taken' });
    },
  });
  return { told, last: (tag: string) => values.last(plant.tags.findIndex(({ id }) => id === tag)), row: () => told.rows.at(-1), [Symbol.dispose]: () => feeds[Symbol.dispose]() };
};

it.each(KINDS)('%s: an outage of 10 minutes, by the clock: dialled again for ever, right within 5 s of the return', async (kind) => {
  await using broker = await startBroker();
  const clock = createFakeClock(Date.now());
  const node = driveEdgeNode(broker, 'E1', clock.now);
  const say = (value: number) =>
    kind === 'mqtt' ? broker.publish('plant/PT-101', JSON.stringify({ v: value, t: clock.now() }), { retain: true }) : node.send('NBIRTH', [bdSeq(0), double({ name: 'PT-101', value, timestamp: clock.now() })]);
  using rig = runHere(feedOf(kind, broker.port), clock);
  /** Lets time pass while sockets have their turn. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 250) {
      clock.advance(250);
      await pause(1);
    }
  };
  const passUntil = async (check: () => boolean, ms: number, what: string) => {
    const from = clock.now();
    while (!check()) {
      if (clock.now() - from > ms) throw new Error(`did not happen within ${ms} ms of the clock: ${what}`);
      await pass(250);
      await pause(5);
    }
  };
  await passUntil(() => broker.clients.length === 1, 2_000, 'feed connects');
  await pause(100);
  await say(1);
  const saidAt = clock.now();
  await passUntil(() => rig.last('PT-101')?.quality === Quality.good, 2_000, 'live');
  await broker.kill();
  await passUntil(() => rig.last('PT-101')?.quality === Quality.stale, STALE_MS, 'stale');
  await pass(600_000);
  expect(rig.row()?.state).toBe('down');
  await broker.restart();
  if (kind === 'mqtt') await broker.publish('plant/PT-101', JSON.stringify({ v: 1, t: saidAt }), { retain: true });
  await passUntil(() => broker.clients.length === 1, RIGHT_MS, 'linked again');
  await pass(500);
  expect(rig.last('PT-101')).toMatchObject({ at: saidAt, value: 1, quality: Quality.stale });
  await say(2);
  await passUntil(() => rig.last('PT-101')?.quality === Quality.good && rig.last('PT-101')?.value === 2, RIGHT_MS, 'right');
  await passUntil(() => rig.row()?.reconnects === 1, 2_000, 'counted');
}, 60_000);

it('10,000 retained messages at connect: all stale with their own time, and live when they are said anew', async () => {
  const many = buildPlant((draft) => void draft.tags.push(...Array.from({ length: 10_000 }, (_unused, index) => buildTag(`R-${index}`))));
  await using broker = await startBroker();
  const longAgo = Date.now() - 600_000;
  for (let index = 0; index < 10_000; index += 1) await broker.publish(`plant/R-${index}`, JSON.stringify({ v: index, t: longAgo }), { retain: true });
  using rig = startFeeds(many, [feedOf('mqtt', broker.port)]);
  await until(() => rig.values.staleCount() === 10_000, 'all of them', 20_000);
  expect([rig.last('R-0'), rig.last('R-9999')]).toMatchObject([{ at: longAgo, value: 0, quality: Quality.stale }, { at: longAgo, value: 9_999, quality: Quality.stale }]);
  expect(rig.state()).not.toBe('live');
  const at = Date.now();
  await broker.publish('plant/R-7', JSON.stringify({ v: 1, t: at }), { retain: true });
  await until(() => rig.last('R-7')?.quality === Quality.good, 'said anew');
  expect([rig.values.staleCount(), rig.feeds.table.get('f')?.rejected]).toEqual([9_999, 0]);
}, 40_000);

const HOUR = 3_600_000;
it.each([
  ['mqtt', 'source', HOUR],
  ['mqtt', 'source', -HOUR],
  ['mqtt', 'station', HOUR],
  ['mqtt', 'station', -HOUR],
  ['sparkplug', 'source', HOUR],
  ['sparkplug', 'source', -HOUR],
] as const)('%s: the clock of the %s steps by %i ms: nothing wrong is shown as live, and all is right when it is set back', async (kind, whose, step) => {
  await using broker = await startBroker();
  await using source = startSource(kind, broker);
  let offset = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + offset };
  using rig = runHere(feedOf(kind, broker.port, { staleAfterS: 1, quiet: 'stale' }), clock);
  const isRight = () => TAGS.every((tag) => rig.last(tag)?.quality === Quality.good && Math.abs(Date.now() - (rig.last(tag)?.at ?? 0)) < 2_500);
  await until(isRight, 'live');
  const rejectedBefore = rig.row()?.rejected ?? 0;
  if (whose === 'source') source.setClock(step);
  else offset = step;
  await until(() => TAGS.every((tag) => rig.last(tag)?.quality === Quality.stale), 'stale: no usable time', 4_000);
  const isAhead = (whose === 'source') === step > 0;
  await until(() => (isAhead ? (rig.row()?.rejected ?? 0) > rejectedBefore : rig.told.history > 0), 'refused as ahead, or kept for history only', 4_000);
  await until(() => rig.row()?.state === 'stale', 'the row says so', 4_000);
  if (!isAhead) expect(rig.row()?.lastError?.zh).toContain('时钟');
  source.setClock(0);
  offset = 0;
  await until(isRight, 'right', RIGHT_MS);
});

it.each(KINDS)('%s: messages that come twice or in the wrong order never bring an old value back', async (kind) => {
  await using broker = await startBroker();
  using rig = startFeeds(plant, [feedOf(kind, broker.port, kind === 'sparkplug' ? { reorderTimeoutMs: 300 } : {})]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  const node = driveEdgeNode(broker);
  const from = Date.now() - 100;
  if (kind === 'sparkplug') await node.send('NBIRTH', [bdSeq(0), double({ name: 'PT-101', alias: 1, value: -1, timestamp: from - 1 })]);
  const messages = Array.from({ length: 50 }, (_unused, value) =>
    kind === 'mqtt' ? { send: () => broker.publish('plant/PT-101', JSON.stringify({ v: value, t: from + value })) } : node.prepare('NDATA', [double({ alias: 1, value, timestamp: from + value })]),
  );
  // Each neighbour pair swapped, and every third message twice.
  for (let index = 0; index < 50; index += 2) for (const turn of [index + 1, index, ...(index % 3 === 0 ? [index] : [])]) await messages[turn]!.send();
  await until(() => rig.last('PT-101')?.value === 49, 'the newest');
  await pause(500);
  const shown = rig.batches.flatMap((batch) => [...batch.value]).filter((value) => value >= 0);
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(rig.last('PT-101')).toMatchObject({ at: from + 49, value: 49, quality: Quality.good });
  if (kind === 'sparkplug') expect(shown).toEqual(Array.from({ length: 50 }, (_unused, value) => value));
});

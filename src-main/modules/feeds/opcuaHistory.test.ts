import { afterAll, beforeAll, expect, it } from 'vitest';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds, type FeedsRig } from '../../testing/feedsRig.ts';
import { startOpcUaServer, type TestOpcUaServer } from '../../testing/opcuaServer.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { pause, until } from '../../testing/until.ts';

const plant = buildPlant();
const indexOf = (id: string) => plant.tags.findIndex((tag) => tag.id === id);
const folder = temporaryFolder();
let server: TestOpcUaServer;
beforeAll(async () => {
  server = await startOpcUaServer(['PT-101', 'LT-101', 'GT-101'], folder.file('server'), { historized: ['PT-101', 'LT-101'], maxNodesPerHistoryRead: 1 });
}, 60_000);
afterAll(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});
const feed = (port: number, rest: object = {}) => ({ id: 'ua', kind: 'opcua' as const, url: `opc.tcp://127.0.0.1:${port}`, user: 'anlan', password: 'secret', publishingIntervalMs: 200, samplingIntervalMs: 0, mappings: [{ tags: ['PT-101', 'LT-101', 'GT-101'], address: 'ns=1;s={tag}' }], ...rest });

/** Every value of a tag that reached the station, live or as history. */
const valuesOf = (rig: FeedsRig, id: string): Set<number> => new Set([...rig.batches, ...rig.history].flatMap((batch) => [...batch.value].filter((_value, row) => batch.tag[row] === indexOf(id))));
/** Counts a tag up every 20 ms for `ms`; the values set. */
const countUp = async (ids: readonly string[], { from, ms }: { readonly from: number; readonly ms: number }): Promise<number[]> => {
  const told: number[] = [];
  for (const end = performance.now() + ms; performance.now() < end; await pause(20)) {
    told.push(from + told.length);
    for (const id of ids) server.set(id, told.at(-1)!);
  }
  return told;
};
const gapOf = (rig: FeedsRig) => rig.feeds.table.get('ua')?.gap ?? null;

it('leaves no gap after a cut of more than two seconds where the server keeps history, and says where it does not', async () => {
  await using proxy = await startTcpProxy(server.port);
  using rig = startFeeds(plant, [feed(proxy.port)], folder.file('pki'));
  await until(() => rig.last('GT-101')?.quality === Quality.good, 'live', 30_000);
  const told = await countUp(['PT-101', 'LT-101', 'GT-101'], { from: 1, ms: 500 });
  proxy.cut();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale');
  told.push(...(await countUp(['PT-101', 'LT-101', 'GT-101'], { from: 1_000, ms: 2_500 })));
  proxy.mend();
  await until(() => gapOf(rig)?.state === 'partly', 'the gap is filled', 20_000);
  await pause(300);
  for (const id of ['PT-101', 'LT-101']) expect(told.filter((value) => !valuesOf(rig, id).has(value)), id).toEqual([]);
  expect(told.filter((value) => !valuesOf(rig, 'GT-101').has(value)).length).toBeGreaterThan(50);
  expect(gapOf(rig)).toMatchObject({ tags: 3, notRecoverable: 1, reason: { zh: expect.stringContaining('历史'), en: expect.stringContaining('BadHistoryOperationUnsupported') } });
  await until(() => rig.faults.table.get('feeds/ua.gap-not-recoverable') !== undefined, 'the fault');
  expect(rig.faults.table.get('feeds/ua.gap-not-recoverable')?.detail).toContain('GT-101');
  // What history brings is never live: after the values of the gap the newest one still stands.
  expect(rig.last('PT-101')).toMatchObject({ value: told.at(-1), quality: Quality.good });
  const live = rig.batches.flatMap((batch) => [...batch.at].filter((_at, row) => batch.tag[row] === indexOf('PT-101')));
  expect(live).toEqual(live.toSorted((a, b) => a - b));
}, 90_000);

it('reads on from what the station stored last, through continuation points, and no further back than the site file says', async () => {
  const from = Date.now();
  const told = await countUp(['PT-101'], { from: 5_000, ms: 500 });
  // 2,500 more at once: three continuation points of 1,000 values each.
  for (let value = 10_000; value < 12_500; value += 1) {
    server.set('PT-101', value, undefined, from + 600 + (value - 10_000) / 10);
    told.push(value);
  }
  await pause(500);
  const stored = (at: number) => () => Promise.resolve({ tag: Uint32Array.of(indexOf('PT-101')), at: Float64Array.of(at) });
  {
    using rig = startFeeds(plant, [feed(server.port)], folder.file('pki'), stored(from));
    await until(() => gapOf(rig)?.state === 'partly', 'the gap is filled', 30_000);
    await pause(300);
    expect(told.filter((value) => !valuesOf(rig, 'PT-101').has(value))).toEqual([]);
    expect(Math.abs(gapOf(rig)!.from - from)).toBeLessThan(5_000);
  }
  using rig = startFeeds(plant, [feed(server.port, { historyHours: 0.01 })], folder.file('pki'), stored(from - 86_400_000));
  await until(() => gapOf(rig)?.state === 'partly', 'the gap is filled', 30_000);
  expect(gapOf(rig)!.to - gapOf(rig)!.from).toBeLessThan(40_000);
}, 90_000);

it('asks for nothing when the station has no history yet, and says so when it may not ask', async () => {
  {
    using rig = startFeeds(plant, [feed(server.port)], folder.file('pki'));
    await until(() => rig.state() === 'live', 'live', 30_000);
    await pause(1_000);
    expect(gapOf(rig)).toBeNull();
  }
  using rig = startFeeds(plant, [feed(server.port, { historyHours: 0 })], folder.file('pki'), () => Promise.resolve({ tag: Uint32Array.of(indexOf('PT-101')), at: Float64Array.of(Date.now() - 60_000) }));
  await until(() => gapOf(rig)?.state === 'not-recoverable', 'said so', 30_000);
}, 60_000);

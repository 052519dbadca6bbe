import { afterAll, expect, it } from 'vitest';
import { Quality } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { startOpcUaServer } from '../../testing/opcuaServer.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { pause, until } from '../../testing/until.ts';

const small = buildPlant();
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const feed = (port: number, rest: object = {}) => ({ id: 'ua', kind: 'opcua' as const, url: `opc.tcp://127.0.0.1:${port}`, user: 'anlan', password: 'secret', publishingIntervalMs: 200, samplingIntervalMs: 100, mappings: [{ tags: ['*'], address: 'ns=1;s={tag}' }], ...rest });
/** A plant of `count` tags like PT-101. */
const plantOf = (count: number): PlantModel => ({ ...small, tags: Array.from({ length: count }, (_, index) => ({ ...small.tags[0]!, id: `N-${index}` })) });

it.each([
  ['states its limit of 1,000 items', 1_000, false],
  ['takes 400 items at a call and does not say so', 400, true],
])('watches 2,500 items of a server that %s', async (_name, maxItems, hidesLimits) => {
  const plant = plantOf(2_500);
  await using server = await startOpcUaServer(plant.tags.map(({ id }) => id), folder.file(`many-${hidesLimits}`), { maxItems, hidesLimits });
  using rig = startFeeds(plant, [feed(server.port)], folder.file(`many-${hidesLimits}-pki`));
  const isGood = (id: string) => rig.last(id)?.quality === Quality.good;
  await until(() => plant.tags.every(({ id }) => isGood(id)), 'every tag', 60_000);
  for (const id of ['N-0', 'N-1500', 'N-2499']) server.set(id, 42);
  await until(() => ['N-0', 'N-1500', 'N-2499'].every((id) => rig.last(id)?.value === 42), 'values of every group', 10_000);
  expect(rig.faults.table.rows().filter(({ active }) => active)).toEqual([]);
}, 120_000);

it('reports changes beyond the deadband only, and every change where the server refuses the deadband', async () => {
  await using server = await startOpcUaServer(['PT-101', 'LT-101'], folder.file('deadband'));
  // The test server's nodes have no range, so a deadband in percent cannot be had.
  using rig = startFeeds(small, [feed(server.port, { mappings: [{ tags: ['PT-101', 'LT-101'], address: 'ns=1;s={tag}' }], deadbands: [{ tags: ['PT-*'], kind: 'absolute', value: 1 }, { tags: ['LT-*'], kind: 'percent', value: 5 }] })], folder.file('deadband-pki'));
  await until(() => rig.last('LT-101')?.quality === Quality.good && rig.last('PT-101')?.quality === Quality.good, 'live', 30_000);
  for (let value = 0.2; value < 2.15; value += 0.2) {
    server.set('PT-101', value);
    server.set('LT-101', value);
    await pause(120);
  }
  await until(() => (rig.last('LT-101')?.value ?? 0) > 1.9, 'the last value');
  const seen = (id: string) => rig.batches.flatMap((batch) => [...batch.value].filter((_value, row) => batch.tag[row] === small.tags.findIndex((tag) => tag.id === id) && batch.value[row]! > 0));
  expect(seen('LT-101').length).toBeGreaterThan(7);
  expect(seen('PT-101').map((value) => Math.round(value * 10) / 10)).toEqual([1.2]);
  await until(() => rig.faults.table.get('feeds/ua.deadband-refused')?.detail.includes('LT-101') === true, 'said so');
}, 60_000);

it('marks tags of a hung server stale within three publishing intervals, and makes a subscription anew that says nothing of what changed', async () => {
  await using server = await startOpcUaServer(['PT-101'], folder.file('hung'));
  await using proxy = await startTcpProxy(server.port);
  using rig = startFeeds(small, [feed(proxy.port, { publishingIntervalMs: 500, mappings: [{ tags: ['PT-101'], address: 'ns=1;s={tag}' }] })], folder.file('hung-pki'));
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'live', 30_000);
  await pause(1_200);
  const from = performance.now();
  proxy.hold();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale');
  // Three intervals of 500 ms, and the beat of the watchdog.
  expect(performance.now() - from).toBeLessThan(1_500 + 300);
  proxy.mend();
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'back', 30_000);
  // After a reconnect the server loses its items and goes on saying that nothing changed: only the values tell.
  proxy.cut();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale');
  proxy.mend();
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'back', 30_000);
  const { reconnects } = rig.feeds.table.get('ua')!;
  server.forgetItems();
  server.set('PT-101', 77);
  await until(() => rig.feeds.table.get('ua')!.reconnects > reconnects && rig.last('PT-101')?.value === 77, 'made anew', 30_000);
  server.set('PT-101', 78);
  await until(() => rig.last('PT-101')?.value === 78, 'values flow', 30_000);
}, 90_000);

import { afterAll, beforeAll, expect, it } from 'vitest';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds, type FeedsRig } from '../../testing/feedsRig.ts';
import { startOpcUaServer, type TestOpcUaServer } from '../../testing/opcuaServer.ts';
import { shiftDate } from '../../testing/shiftedDate.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { pause, until } from '../../testing/until.ts';

const plant = buildPlant();
const indexOf = (id: string) => plant.tags.findIndex((tag) => tag.id === id);
const folder = temporaryFolder();
let server: TestOpcUaServer;
beforeAll(async () => {
  server = await startOpcUaServer(['PT-101', 'LT-101'], folder.file('server'));
}, 60_000);
afterAll(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});
const HOUR = 3_600_000;
const feed = () => ({ id: 'ua', kind: 'opcua' as const, url: `opc.tcp://127.0.0.1:${server.port}`, user: 'anlan', password: 'secret', publishingIntervalMs: 200, samplingIntervalMs: 0, mappings: [{ tags: ['PT-101', 'LT-101'], address: 'ns=1;s={tag}' }] });
const rowOf = (rig: FeedsRig) => rig.feeds.table.get('ua')!;
/** What was recorded of PT-101 from a value on: value, age when it came, quality. */
const recorded = (rig: FeedsRig, from: number) => rig.batches.flatMap((batch) => [...batch.value].flatMap((value, row) => (batch.tag[row] === indexOf('PT-101') && value >= from ? [{ value, age: batch.seenAt - batch.at[row]!, quality: batch.quality[row]! }] : [])));
let count = 1_000;
/** Counts PT-101 up every 50 ms until `check`, its source time off by `sourceMs` of the server's clock where that is given. */
const tell = async (check: () => boolean, what: string, stamp?: () => number) => {
  for (const end = performance.now() + 15_000; !check(); await pause(50)) {
    if (performance.now() > end) throw new Error(`did not happen: ${what}`);
    server.set('PT-101', (count += 1), undefined, stamp?.());
  }
};

it.each([HOUR, -HOUR])('server clock set by %i ms while connected: values flow on at our time, as uncertain, the skew and a fault tell it, and all is good when it is set back', async (step) => {
  using date = shiftDate();
  using rig = startFeeds(plant, [feed()], folder.file('pki'));
  await until(() => rig.state() === 'live', 'live', 30_000);
  await tell(() => rig.last('PT-101')?.value === count - 2, 'values flow');
  expect([rig.last('PT-101')?.quality, rig.last('LT-101')?.quality]).toEqual([Quality.good, Quality.good]);

  date.by(step);
  await tell(() => rig.last('PT-101')?.quality === Quality.uncertain, 'uncertain');
  const from = count + 1;
  await tell(() => count > from + 40, 'two seconds of it');
  await until(() => rig.last('PT-101')?.value === count, 'the newest is shown', 2_000);
  const told = recorded(rig, from);
  expect(told.map(({ value }) => value)).toEqual(Array.from({ length: count - from + 1 }, (_unused, index) => from + index));
  // Each at about the time at which it came, none of them passed off as good.
  expect(Math.max(...told.map(({ age }) => Math.abs(age)))).toBeLessThan(2_000);
  expect(new Set(told.map(({ quality }) => quality))).toEqual(new Set([Quality.uncertain]));
  await until(() => Math.abs(rowOf(rig).clockSkewMs - step) < 2_000, 'the skew is shown', 2_000);
  await until(() => rig.faults.table.get('feeds/ua.clock-wrong')?.active === true, 'the fault', 3_000);
  expect([rowOf(rig).state, rowOf(rig).rejected, rig.history.length]).toEqual(['live', 0, 0]);
  // What did not change meanwhile stands with its own time.
  expect(date.now() - rig.last('LT-101')!.at).toBeGreaterThan(2_000);

  date.by(0);
  await tell(() => rig.last('PT-101')?.quality === Quality.good, 'good again');
  await until(() => rig.last('PT-101')?.value === count && Math.abs(date.now() - rig.last('PT-101')!.at) < 2_000, 'right', 2_000);
  await until(() => Math.abs(rowOf(rig).clockSkewMs) < 2_000, 'no skew', 2_000);
}, 90_000);

it.each([HOUR, -HOUR])('clock of the source behind the server set by %i ms: values flow on at the server’s time, as uncertain', async (step) => {
  using rig = startFeeds(plant, [feed()], folder.file('pki'));
  await until(() => rig.state() === 'live', 'live', 30_000);
  await tell(() => rig.last('PT-101')?.value === count - 2, 'values flow');
  await tell(() => rig.last('PT-101')?.quality === Quality.uncertain, 'uncertain', () => Date.now() + step);
  const from = count + 1;
  await tell(() => count > from + 20, 'a second of it', () => Date.now() + step);
  await until(() => rig.last('PT-101')?.value === count, 'the newest is shown', 2_000);
  const told = recorded(rig, from);
  expect(told.length).toBe(count - from + 1);
  expect(Math.max(...told.map(({ age }) => Math.abs(age)))).toBeLessThan(2_000);
  expect(new Set(told.map(({ quality }) => quality))).toEqual(new Set([Quality.uncertain]));
  expect(Math.abs(rowOf(rig).clockSkewMs)).toBeLessThan(2_000);
  await tell(() => rig.last('PT-101')?.quality === Quality.good, 'good again');
}, 90_000);

it('a value that has stood for an hour, on right clocks, is what it is: good, with its own time', async () => {
  server.set('LT-101', 7, undefined, Date.now() - HOUR);
  using rig = startFeeds(plant, [feed()], folder.file('pki'));
  await until(() => rig.last('LT-101')?.value === 7, 'it comes', 30_000);
  expect(rig.last('LT-101')?.quality).toBe(Quality.good);
  expect(Date.now() - rig.last('LT-101')!.at).toBeGreaterThan(HOUR - 60_000);
}, 60_000);

import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createClient } from '../src-shared/contract/client.ts';
import { createPortPair, silentLog, unwrap } from '../src-shared/kernel/index.ts';
import { loadSite } from './config/index.ts';
import { systemClock } from './platform/clock.ts';
import { startDemoPlant } from './platform/demoPlant.ts';
import { createIds } from './platform/ids.ts';
import { installationOf } from './platform/installation.ts';
import { createStation } from './station.ts';
import { temporaryFolder } from './testing/temporary.ts';
import { pause, until } from './testing/until.ts';

const INSTALLATION = installationOf(new URL('./station.ts', import.meta.url).href);

/** A station over the demonstration plant, signed in as an operator. */
const open = async (folder: ReturnType<typeof temporaryFolder>, scenario: string) => {
  const plant = await startDemoPlant({ scenario, siteOut: folder.file('site.yaml') });
  const station = createStation({ site: unwrap(loadSite(plant.site)), installation: INSTALLATION, dataDir: folder.file('data'), clock: systemClock, ids: createIds(systemClock), log: silentLog, shell: 'none' });
  const [stationEnd, clientEnd] = createPortPair();
  station.serve(stationEnd, { transport: 'memory' });
  const client = createClient({ name: 'test', clock: systemClock });
  client.attach(clientEnd);
  const [feeds, alarms, faults] = [client.table('feeds.feeds'), client.table('alarms.active'), client.table('system.faults')];
  await until(() => feeds.rows.get('dcs')?.state === 'live', 'the control system is live', 60_000);
  unwrap(await client.command('security.signIn', { user: 'operator', pin: '1111' }, 'in'));
  return {
    client,
    own: () => [...alarms.rows.values()].filter(({ source }) => source === 'dcs'),
    isRefused: () => faults.rows.get('feeds/dcs.conditions-refused')?.active === true,
    [Symbol.asyncDispose]: async () => {
      await station[Symbol.asyncDispose]();
      await plant.stop();
    },
  };
};

it('alarms of the demonstration plant’s control system stand in the list, are acknowledged and shelved there, and say so', async () => {
  using folder = temporaryFolder();
  const title = { zh: '甲醇储罐满罐', en: 'The methanol tank fills up' };
  writeFileSync(folder.file('full.yaml'), JSON.stringify({ format: 'anlan.scenario/1', id: 'full', title, levels: { 'MT-TK-101': 93.9 }, events: [{ at: 3, do: 'fill', equipment: 'MT-TK-101', kgPerS: 900, forS: 600 }] }));
  await using desk = await open(folder, folder.file('full.yaml'));
  await until(() => desk.own().length === 1, 'its alarm', 60_000);
  const { id } = desk.own()[0]!;
  expect(desk.own()[0]).toMatchObject({ tag: 'MT-TK-101.LSH', equipment: 'MT-TK-101', zone: 'Z-MT', kind: 'DCS', priority: 2, state: 'unacknowledged', message: { zh: expect.stringContaining('甲醇储罐1高高液位开关') } });
  unwrap(await desk.client.command('alarms.acknowledge', { ids: [id], note: '已确认进料阀关闭' }, 'ack'));
  await until(() => desk.own()[0]?.state === 'acknowledged', 'acknowledged, as the server says');
  unwrap(await desk.client.command('alarms.shelve', { id, minutes: 5, reason: '等待倒罐' }, 'shelve'));
  await until(() => desk.own()[0]?.state === 'shelved', 'shelved, as the server says');
  unwrap(await desk.client.command('alarms.unshelve', { id }, 'unshelve'));
  await until(() => desk.own()[0]?.state === 'acknowledged', 'unshelved');
}, 150_000);

it('a normal day brings none of them, and the server refuses nothing', async () => {
  using folder = temporaryFolder();
  await using desk = await open(folder, 'normal');
  await pause(8_000);
  expect([desk.own(), desk.isRefused()]).toEqual([[], false]);
}, 120_000);

import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createClient } from '../src-shared/contract/client.ts';
import { silentLog, unwrap } from '../src-shared/kernel/index.ts';
import { webSocketPort } from './bridge/webSocketPort.ts';
import { verifyLedgerFile } from './modules/ledger/index.ts';
import { systemClock } from './platform/clock.ts';
import { startStationProcess, type StationProcess } from './platform/stationProcess.ts';
import { startBroker } from './testing/broker.ts';
import { buildPlant, buildSite } from './testing/buildPlant.ts';
import { temporaryFolder } from './testing/temporary.ts';
import { until } from './testing/until.ts';

/** The small plant with a second detector beside the first, so that two can vote. */
const plant = buildPlant((plant) => {
  const [tag, detector] = [plant.tags.find(({ id }) => id === 'GT-101')!, plant.detectors[0]!];
  plant.tags.push({ ...tag, id: 'GT-102' });
  plant.detectors.push({ ...detector, id: 'GD-102', tag: 'GT-102', position: [28, 50, 1] });
});

const connect = async (station: StationProcess) => {
  const client = createClient({ name: 'test', clock: systemClock });
  client.attach(webSocketPort(await station.openLine(), silentLog));
  await until(() => client.state.get() === 'live', 'the client is live');
  return { client, alarms: client.table('alarms.active'), annunciator: client.value('alarms.annunciator'), emergencies: client.table('emergency.emergencies'), incidents: client.table('incidents.incidents') };
};

it('stands after kill -9 in the middle of an emergency where it stood: alarms, shelving, sound, emergency and its one incident', async () => {
  using folder = temporaryFolder();
  await using broker = await startBroker();
  writeFileSync(folder.file('plant.json'), JSON.stringify(plant));
  writeFileSync(folder.file('site.json'), JSON.stringify(buildSite((site) => (site.feeds = [{ id: 'field', kind: 'mqtt', url: `mqtt://127.0.0.1:${broker.port}`, mappings: [{ tags: ['*'], address: 'tiny/{tag}' }] }]))));
  const readings: Readonly<Record<string, number>> = { 'GT-101': 60, 'GT-102': 30, 'PT-101': 1.6, 'XS-201': 2, WS: 2, WD: 90, AT: 20, RH: 60 };
  const saying = setInterval(() => Object.entries(readings).forEach(([tag, v]) => void broker.publish(`tiny/${tag}`, JSON.stringify({ v, t: systemClock.now() }))), 100);
  const start = () => startStationProcess({ site: folder.file('site.json'), dataDir: folder.file('data') });
  try {
    await using station = await start();
    let desk = await connect(station);
    await until(() => [...desk.emergencies.rows.values()].some(({ state, incident }) => state === 'confirmed' && incident !== null), 'two detectors confirm an emergency', 20_000);
    await until(() => desk.alarms.rows.has('XS-201/DISCRETE') && desk.alarms.rows.has('PT-101/HI'), 'the other alarms are up');
    unwrap(await desk.client.command('security.signIn', { user: 'op', pin: '1234' }, 'in'));
    unwrap(await desk.client.command('alarms.shelve', { id: 'XS-201/DISCRETE', minutes: 30, reason: 'bearing change' }, 'shelve'));
    unwrap(await desk.client.command('alarms.acknowledge', { ids: ['GT-101/HIHI', 'PT-101/HI'] }, 'acknowledge'));
    const [incident] = [...desk.incidents.rows.keys()];
    const timeline = await desk.client.query('incidents.timeline', { incident: incident! });
    await station.kill();
    desk.client[Symbol.dispose]();
    expect(verifyLedgerFile(folder.file('data/station.db'))).toMatchObject({ ok: true, value: { valid: true } });

    await using next = await start();
    desk = await connect(next);
    await until(() => desk.alarms.rows.get('GT-102/HI')?.state === 'unacknowledged', 'the alarm that nobody had seen to is there');
    expect(desk.alarms.rows.get('GT-101/HIHI')).toMatchObject({ state: 'acknowledged', acknowledgedBy: '王强' });
    expect(desk.alarms.rows.get('PT-101/HI')?.state).toBe('acknowledged');
    expect(desk.alarms.rows.get('XS-201/DISCRETE')).toMatchObject({ state: 'shelved', shelveReason: 'bearing change' });
    await until(() => desk.annunciator.get() !== undefined, 'the annunciator');
    expect(desk.annunciator.get()).toMatchObject({ sounding: 2, shelved: 1 });
    await until(() => desk.emergencies.rows.size > 0 && desk.incidents.rows.size > 0, 'the emergency is taken up again');
    expect([...desk.emergencies.rows.values()].map((emergency) => [emergency.state, emergency.incident])).toEqual([['confirmed', incident]]);
    expect([...desk.incidents.rows.keys()]).toEqual([incident]);
    const kept = await desk.client.query('incidents.timeline', { incident: incident! });
    expect(kept.slice(0, timeline.length)).toEqual(timeline);
    desk.client[Symbol.dispose]();
    await next.stop();
  } finally {
    clearInterval(saying);
  }
}, 60_000);

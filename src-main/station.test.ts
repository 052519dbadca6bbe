import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createClient, type Client } from '../src-shared/contract/client.ts';
import { createPortPair, silentLog, unwrap } from '../src-shared/kernel/index.ts';
import { webSocketPort } from './bridge/webSocketPort.ts';
import { loadSite } from './config/index.ts';
import { verifyLedgerFile } from './modules/ledger/index.ts';
import { systemClock } from './platform/clock.ts';
import { createIds } from './platform/ids.ts';
import { installationOf } from './platform/installation.ts';
import { startStationProcess, type StationProcess } from './platform/stationProcess.ts';
import { createStation } from './station.ts';
import { temporaryFolder } from './testing/temporary.ts';
import { until } from './testing/until.ts';

/** The demo site with nothing behind its feeds: a station must come up all the same. */
const SITE = new URL('../assets/plants/binhai/site.yaml', import.meta.url).pathname;

const connect = async (station: StationProcess): Promise<Client> => {
  const client = createClient({ name: 'test', clock: systemClock });
  client.attach(webSocketPort(await station.openLine(), silentLog));
  await until(() => client.state.get() === 'live', 'the client is live');
  return client;
};

describe('station', () => {
  it('comes up over a damaged database, keeps the old file and says so', async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.file('data'));
    writeFileSync(folder.file('data/station.db'), 'this is no database, and long enough to be looked at as one '.repeat(100));
    await using station = createStation({ site: unwrap(loadSite(SITE)), installation: installationOf(new URL('./station.ts', import.meta.url).href), dataDir: folder.file('data'), clock: systemClock, ids: createIds(systemClock), log: silentLog, shell: 'none' });
    const [stationEnd, clientEnd] = createPortPair();
    station.serve(stationEnd, { transport: 'memory' });
    using client = createClient({ name: 'test', clock: systemClock });
    client.attach(clientEnd);
    using faults = client.table('system.faults');
    using alarms = client.table('alarms.active');
    await until(() => faults.rows.has('database/damaged'), 'the fault is shown');
    expect(faults.rows.get('database/damaged')?.detail).toContain('station.db.damaged-');
    await until(() => alarms.rows.has('system/database/damaged'), 'the system alarm is up');
    expect(await client.query('ledger.verify', {})).toMatchObject({ valid: true });
  });

  it('names a feed that nobody answers on the diagnostics page, and shows no value as live', async () => {
    using folder = temporaryFolder();
    await using station = createStation({ site: unwrap(loadSite(SITE)), installation: installationOf(new URL('./station.ts', import.meta.url).href), dataDir: folder.file('data'), clock: systemClock, ids: createIds(systemClock), log: silentLog, shell: 'none' });
    const [stationEnd, clientEnd] = createPortPair();
    station.serve(stationEnd, { transport: 'memory' });
    using client = createClient({ name: 'test', clock: systemClock });
    client.attach(clientEnd);
    using feeds = client.table('feeds.feeds');
    using faults = client.table('system.faults');
    await until(() => [...feeds.rows.values()].filter((feed) => feed.state === 'down').length === 3, 'all feeds are down', 15_000);
    await until(() => faults.rows.has('feeds/dcs') && faults.rows.has('feeds/field'), 'their faults are shown');
    expect(faults.rows.get('feeds/field')?.text.zh).toMatch(/\p{Script=Han}/u);
  });

  it('has every acknowledged command after kill -9, and its ledger verifies', async () => {
    using folder = temporaryFolder();
    const start = () => startStationProcess({ site: SITE, dataDir: folder.file('data') });
    let station = await start();
    let client = await connect(station);
    expect(await client.command('security.signIn', { user: 'commander', pin: '2222' }, 'in')).toMatchObject({ ok: true });
    const incident = unwrap(await client.command('incidents.open', { title: '液氨泄漏', kind: 'leak' }, 'open'));
    const answered: string[] = [];
    // Notes go out as fast as they are answered; the kill comes somewhere among them.
    const writing = (async () => {
      for (let note = 0; ; note += 1) {
        const reply = await client.command('incidents.note', { incident: incident.id, text: `note ${note}` }, `note-${note}`);
        if (!reply.ok) return;
        answered.push(`note ${note}`);
      }
    })();
    await until(() => answered.length >= 25, '25 notes were answered', 15_000);
    await station.kill();
    client[Symbol.dispose]();
    await writing;
    expect(verifyLedgerFile(folder.file('data/station.db'))).toMatchObject({ ok: true, value: { valid: true } });

    station = await start();
    client = await connect(station);
    const timeline = await client.query('incidents.timeline', { incident: incident.id });
    const kept = new Set(timeline.map((entry) => entry.text.zh));
    expect(answered.filter((note) => !kept.has(note))).toEqual([]);
    expect(await client.query('ledger.verify', {})).toMatchObject({ valid: true });
    client[Symbol.dispose]();
    await station.stop();
  }, 60_000);
});

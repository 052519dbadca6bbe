import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallRefused, createClient, type Client } from '../src-shared/contract/client.ts';
import { contractHash } from '../src-shared/contract/wire.ts';
import { createPortPair, DAY, silentLog, SECOND, unwrap, type Clock } from '../src-shared/kernel/index.ts';
import { webSocketPort } from './bridge/webSocketPort.ts';
import { loadSite } from './config/index.ts';
import { verifyLedgerFile } from './modules/ledger/index.ts';
import { systemClock } from './platform/clock.ts';
import { createIds } from './platform/ids.ts';
import { installationOf } from './platform/installation.ts';
import { startStationProcess } from './platform/stationProcess.ts';
import { createStation, type Station } from './station.ts';
import { startBroker, type TestBroker } from './testing/broker.ts';
import { buildPlant, buildSite } from './testing/buildPlant.ts';
import { startOpcUaServer, type TestOpcUaServer } from './testing/opcuaServer.ts';
import { temporaryFolder } from './testing/temporary.ts';
import { pause, until } from './testing/until.ts';

const INSTALLATION = installationOf(new URL('./station.ts', import.meta.url).href);
const NONSENSE = 'this is no database, and long enough to be looked at as one '.repeat(200);
const LOGIN = { user: 'anlan', password: 'secret' };
const plant = buildPlant();
const tagIndex = (id: string) => plant.tags.findIndex((tag) => tag.id === id);

/** A station's clock that can be set, and that can let a quiet minute pass at once. */
const settableClock = (): Clock & { set(by: number): void; pass(ms: number): void } => {
  let wall = 0;
  let steady = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + wall,
    monotonic: () => systemClock.monotonic() + steady,
    every: (ms, run) => systemClock.every(Math.min(ms, SECOND), run),
    set: (by) => void (wall += by),
    pass(ms) {
      wall += ms;
      steady += ms;
    },
  };
};

/** A plant behind one sound feed, one with a wrong password and one whose server shows another certificate than the site file trusts. */
const writeSite = (folder: ReturnType<typeof temporaryFolder>, ports: { readonly mqtt: number; readonly opcua: number }) => {
  const site = buildSite((site) => {
    site.users.push({ id: 'commander', name: '赵刚', role: 'commander', pin: '2222' }, { id: 'installer', name: '安装', role: 'installer', pin: '3333' });
    site.feeds = [
      { id: 'field', kind: 'mqtt', url: `mqtt://127.0.0.1:${ports.mqtt}`, ...LOGIN, staleAfterS: 60, mappings: [{ tags: ['*'], address: 'tiny/{tag}' }] },
      { id: 'wrong', kind: 'mqtt', url: `mqtt://127.0.0.1:${ports.mqtt}`, user: 'anlan', password: 'a-wrong-password', mappings: [{ tags: ['LT-101'], address: 'other/{tag}' }] },
      { id: 'ua', kind: 'opcua', url: `opc.tcp://127.0.0.1:${ports.opcua}`, ...LOGIN, serverFingerprint: 'ab'.repeat(20), mappings: [{ tags: ['VT-201'], address: 'ns=1;s={tag}' }] },
    ];
  });
  writeFileSync(folder.file('plant.json'), JSON.stringify(plant));
  writeFileSync(folder.file('site.json'), JSON.stringify(site));
  return folder.file('site.json');
};

/** A client and what it sees of the plant. */
const look = (client: Client) => {
  const values = new Map<number, number>();
  client.series('values.live').onDidAppend(({ tag, value }) => tag.forEach((each, row) => values.set(each, value[row] ?? Number.NaN)));
  const faults = client.table('system.faults');
  const alarms = client.table('alarms.active');
  return {
    faults,
    alarms,
    value: (tag: string) => values.get(tagIndex(tag)),
    /** Waits for a fault; `null` when it may be over again by the time we look. */
    fault: async (id: string, active: boolean | null = true) => {
      await until(() => (active === null ? faults.rows.has(id) : faults.rows.get(id)?.active === active), `fault ${id} is ${active ? 'shown' : 'over'}; there are ${[...faults.rows.values()].map((row) => `${row.id}${row.active ? '' : ' (over)'}`).join(', ')}`, 25_000);
      const row = faults.rows.get(id)!;
      expect(row.text.zh).toMatch(/\p{Script=Han}/u);
      expect(row.text.en).toMatch(/^[ -~–]+$/);
      return row;
    },
  };
};
const join = async (station: Station): Promise<Client> => {
  const [stationEnd, clientEnd] = createPortPair();
  station.serve(stationEnd, { transport: 'memory' });
  const client = createClient({ name: 'test', clock: systemClock });
  client.attach(clientEnd);
  await until(() => client.state.get() === 'live', 'the client is live');
  return client;
};
/** Says one value again and again until the station has it: a broker drops what is said before the subscription. */
const awaitFeed = async (say: (value: number) => Promise<void>, has: () => boolean) => {
  const timer = setInterval(() => void say(0), 100);
  try {
    await until(has, 'the sound feed brings values', 30_000);
  } finally {
    clearInterval(timer);
  }
};

describe('a station among wrong inputs', () => {
  const folder = temporaryFolder();
  const clock = settableClock();
  const models = folder.file('models');
  let broker: TestBroker;
  let opcua: TestOpcUaServer;
  let station: Station;
  let client: Client;
  let seen: ReturnType<typeof look>;
  let level = 0;

  const say = (tag: string, value: number, rest: object = {}) => broker.publish(`tiny/${tag}`, JSON.stringify({ v: value, t: systemClock.now(), ...rest }));
  /** Values still come through and alarms still rise and return. */
  const isAlive = async () => {
    level += 1;
    await say('LT-101', level);
    await until(() => seen.value('LT-101') === level, 'another tag flows');
    await say('PT-101', 1.6);
    await until(() => ['unacknowledged', 'acknowledged'].includes(seen.alarms.rows.get('PT-101/HI')?.state ?? ''), 'the alarm is up');
    await say('PT-101', 1);
    await until(() => ['returned', undefined].includes(seen.alarms.rows.get('PT-101/HI')?.state), 'and returns');
  };

  beforeAll(async () => {
    mkdirSync(folder.file('data/history'), { recursive: true });
    mkdirSync(models);
    writeFileSync(folder.file('data/station.db'), NONSENSE);
    writeFileSync(folder.file('data/history/history.db'), NONSENSE);
    [broker, opcua] = await Promise.all([startBroker(LOGIN), startOpcUaServer(['VT-201'], folder.file('server'))]);
    const site = unwrap(loadSite(writeSite(folder, { mqtt: broker.port, opcua: opcua.port })));
    station = createStation({ site, installation: { ...INSTALLATION, models }, dataDir: folder.file('data'), clock, ids: createIds(clock), log: silentLog, shell: 'none' });
    client = await join(station);
    seen = look(client);
    await awaitFeed((value) => say('LT-101', value), () => seen.value('LT-101') === 0);
  }, 90_000);
  afterAll(async () => {
    client[Symbol.dispose]();
    await station[Symbol.asyncDispose]();
    await Promise.all([broker.kill(), opcua.stop()]);
    folder[Symbol.dispose]();
  }, 30_000);

  it('comes up over a damaged database, a damaged history and no model, and names each', async () => {
    expect((await seen.fault('database/damaged')).detail).toContain('station.db.damaged-');
    expect((await seen.fault('historian/corrupt')).detail).toContain('corrupt');
    expect((await seen.fault('model/rul-compressor/missing')).text.en).toContain('rul-compressor.json');
    expect(await client.query('ledger.verify', {})).toMatchObject({ valid: true });
    await isAlive();
  }, 60_000);

  it('names the feed with the wrong password and the one with the wrong certificate, and not the secret', async () => {
    const [password, certificate] = [await seen.fault('feeds/wrong'), await seen.fault('feeds/ua')];
    expect(password.text.en).toMatch(/wrong: User or password is wrong/);
    expect(certificate.text.en).toContain(`expected ${'ab'.repeat(20)}`);
    expect(JSON.stringify([...seen.faults.rows.values()])).not.toContain('a-wrong-password');
    await isAlive();
  }, 60_000);

  it('refuses each broken payload by name, and its faults are over when it has been quiet for a minute', async () => {
    const at = systemClock.now();
    const payloads: readonly (readonly [reason: string, tag: string, payload: string | Uint8Array])[] = [
      ['broken-json', 'GT-101', '{"v": 1.2, "t"'],
      ['broken-json', 'GT-101', `{"v": NaN, "t": ${at}}`],
      ['not-a-number', 'GT-101', `{"v": 1e999, "t": ${at}}`],
      ['not-a-number', 'GT-101', `{"v": "n/a", "t": ${at}}`],
      ['not-a-number', 'GT-101', '{"__proto__": {"v": 30}, "constructor": {"v": 30}}'],
      ['not-a-number', 'GT-101', `{"v": ${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
      ['unknown-tag', 'XX-999', `{"v": 1, "t": ${at}}`],
      ['time-too-old', 'GT-101', '{"v": 60, "t": 0}'],
      ['time-ahead', 'GT-101', `{"v": 60, "t": "2100-01-01T00:00:00Z"}`],
      ['time-unreadable', 'GT-101', '{"v": 60, "t": "yesterday"}'],
      ['too-large', 'GT-101', Buffer.alloc(10_000_000, '9')],
    ];
    for (const [, tag, payload] of payloads) await broker.publish(`tiny/${tag}`, payload);
    await isAlive();
    for (const [reason, same] of Map.groupBy(payloads, ([reason]) => reason)) expect((await seen.fault(`feeds/field.${reason}`)).detail).toMatch(new RegExp(`^${same.length} × `));
    expect(seen.faults.rows.has('worker/feeds')).toBe(false);
    expect([...seen.alarms.rows.keys()].filter((id) => id.startsWith('GT-101'))).toEqual([]);
    clock.pass(61 * SECOND);
    for (const [reason] of payloads) await seen.fault(`feeds/field.${reason}`, false);
  }, 60_000);

  it('goes on when its own clock is set to 2100 and back, says so, and stops saying so', async () => {
    clock.set(27_000 * DAY);
    expect((await seen.fault('clock/step')).severity).toBe('warning');
    await isAlive();
    clock.set(-27_000 * DAY);
    await until(() => (seen.faults.rows.get('clock/step')?.count ?? 0) === 2, 'the way back is told too');
    await isAlive();
    clock.pass(61 * SECOND);
    await seen.fault('clock/step', false);
  }, 60_000);

  it('names the feed whose tags stay bad', async () => {
    await say('LT-101', 0, { q: 'bad' });
    await pause(200);
    clock.pass(31 * SECOND);
    await until(() => seen.alarms.rows.has('system/bad-quality.field'), 'the alarm of the feed');
    await isAlive();
    await until(() => seen.alarms.rows.get('system/bad-quality.field')?.state === 'returned', 'and it returns');
  }, 30_000);

  it('names a damaged model and takes a sound one into service without a restart', async () => {
    unwrap(await client.command('security.signIn', { user: 'installer', pin: '3333' }, 'installer'));
    writeFileSync(`${models}/rul-compressor.json`, '{"kind": "rul"');
    unwrap(await client.command('inference.reload', {}, 'reload-1'));
    await seen.fault('model/rul-compressor/file');
    for (const file of ['rul-compressor.json', 'rul-compressor.onnx']) copyFileSync(`${INSTALLATION.models}/${file}`, `${models}/${file}`);
    unwrap(await client.command('inference.reload', {}, 'reload-2'));
    await seen.fault('model/rul-compressor/file', false);
    await seen.fault('model/rul-compressor/missing', false);
  }, 60_000);

  it('gives nobody else the answer of a sign-in, and answers the strangest questions without failing', async () => {
    using other = await join(station);
    unwrap(await other.command('security.signIn', { user: 'op', pin: '1234' }, 'same'));
    using thief = await join(station);
    expect(await thief.command('security.signIn', { user: 'op', pin: '9999' }, 'same')).toMatchObject({ ok: false, refusal: { code: 'WrongPin' } });
    const questions = [
      thief.query('historian.trend', { tags: ['PT-101', '__proto__'], from: 1e300, to: -1e300, buckets: 4_000 }),
      thief.query('historian.trend', { tags: ['PT-101'], from: -1e300, to: 1e300, buckets: 1 }),
      thief.query('alarms.journal', { from: -1e308, to: 1e308, alarm: "'; DROP TABLE alarm_event --", limit: 5_000 }),
      thief.query('ledger.entries', { before: -1e308, limit: 500, subject: '%' }),
      thief.query('incidents.timeline', { incident: '../../etc/passwd' }),
      thief.query('incidents.export', { incident: '<script>', format: 'html' }),
      thief.query('inference.evaluation', { quarter: '0000Q1' }),
    ];
    for (const answer of await Promise.allSettled(questions)) if (answer.status === 'rejected') expect((answer.reason as CallRefused).refusal.code).toBe('BadInput');
    expect([...seen.faults.rows.keys()].filter((id) => id.startsWith('bridge/'))).toEqual([]);
    for (const flood of [(id: number) => ({ type: 'watch', id, name: 'alarms.active' }), () => 'no frame', () => ({ type: 'call', id: 1e300 })]) {
      const [stationEnd, clientEnd] = createPortPair();
      station.serve(stationEnd, { transport: 'memory' });
      let isClosed = false;
      clientEnd.onClose(() => (isClosed = true));
      clientEnd.send({ type: 'hello', contract: contractHash(), client: 'flood', token: null });
      for (let id = 0; id < 300 && !isClosed; id += 1) clientEnd.send(flood(id));
      await until(() => isClosed, 'the line is closed');
    }
    await isAlive();
  }, 30_000);
});

describe('a station whose surroundings refuse', () => {
  const folder = temporaryFolder();
  afterAll(() => folder[Symbol.dispose]());

  it('goes on in memory while its disk is full, refuses what must be on record, says so, and writes all of it when there is room', async ({ skip }) => {
    using disk = smallDisk();
    if (disk === null) return skip('only root may mount the small disk that this fills');
    const { file } = disk;
    await using broker = await startBroker(LOGIN);
    const site = unwrap(loadSite(writeSite(folder, { mqtt: broker.port, opcua: 1 })));
    const station = createStation({ site, installation: INSTALLATION, dataDir: file('data'), clock: systemClock, ids: createIds(systemClock), log: silentLog, shell: 'none' });
    const client = await join(station);
    const seen = look(client);
    const say = (tag: string, value: number) => broker.publish(`tiny/${tag}`, JSON.stringify({ v: value, t: systemClock.now() }));
    unwrap(await client.command('security.signIn', { user: 'commander', pin: '2222' }, 'in'));
    await awaitFeed((value) => say('GT-101', value), () => seen.value('GT-101') === 0);

    for (let size = 16 << 20; size >= 256; size >>= 1) for (let piece = 0; piece < 3; piece += 1) fill(file(`filler-${size}-${piece}`), size);
    await say('GT-101', 60);
    await until(() => seen.alarms.rows.get('GT-101/HIHI')?.state === 'unacknowledged', 'the alarm is up all the same');
    await seen.fault('alarms/JournalNotWritten', null);
    expect(await client.command('hazards.report', { title: '护栏松动', grade: 'general', zone: 'Z1' }, 'report')).toMatchObject({ ok: false, refusal: { code: 'LedgerDown' } });
    const incident = unwrap(await client.command('incidents.open', { title: '液氨泄漏', kind: 'leak' }, 'open'));
    // More than is left of the log's last page.
    for (let value = 0; value < 500; value += 1) await say('LT-101', value / 10);
    // What a large write has left free may let a small one through: who tries again may succeed before the disk has room.
    await Promise.all(['ledger/down', 'incidents/RecordNotWritten', 'historian/disk', 'disk/full'].map((id) => seen.fault(id, null)));

    for (let size = 16 << 20; size >= 256; size >>= 1) for (let piece = 0; piece < 3; piece += 1) rmSync(file(`filler-${size}-${piece}`), { force: true });
    await Promise.all(['alarms/JournalNotWritten', 'ledger/down', 'incidents/RecordNotWritten', 'historian/disk'].map((id) => seen.fault(id, false)));
    expect((await client.query('incidents.timeline', { incident: incident.id })).length).toBeGreaterThan(0);
    expect(await client.query('ledger.verify', {})).toMatchObject({ valid: true });
    client[Symbol.dispose]();
    await station[Symbol.asyncDispose]();
    expect(verifyLedgerFile(file('data/station.db'))).toMatchObject({ ok: true, value: { valid: true } });
  }, 90_000);

  it('names a worker that dies each time it starts, goes on without it, and has it back when the cause is gone', async () => {
    await using broker = await startBroker(LOGIN);
    mkdirSync(folder.file('blocked'));
    writeFileSync(folder.file('blocked/history'), 'a file where a folder should be');
    const site = unwrap(loadSite(writeSite(folder, { mqtt: broker.port, opcua: 1 })));
    await using station = createStation({ site, installation: INSTALLATION, dataDir: folder.file('blocked'), clock: systemClock, ids: createIds(systemClock), log: silentLog, shell: 'none' });
    using client = await join(station);
    const seen = look(client);
    expect((await seen.fault('worker/historian')).detail).toContain('EEXIST');
    await awaitFeed((value) => broker.publish('tiny/LT-101', JSON.stringify({ v: value, t: systemClock.now() })), () => seen.value('LT-101') === 0);
    await until(() => (seen.faults.rows.get('worker/historian')?.count ?? 0) >= 2, 'it dies again');
    expect(seen.faults.rows.get('worker/historian')?.active).toBe(true);
    rmSync(folder.file('blocked/history'));
    await seen.fault('worker/historian', false);
    expect(await client.query('historian.trend', { tags: ['LT-101'], from: 0, to: systemClock.now(), buckets: 1 })).toMatchObject([{ mean: Float64Array.of(0) }]);
  }, 60_000);

  it('says in a sentence why it does not start where it cannot write', async () => {
    const site = writeSite(folder, { mqtt: 1, opcua: 1 });
    await expect(startStationProcess({ site, dataDir: '/dev/null/data' })).rejects.toThrow(/The data folder \/dev\/null\/data cannot be written \(.+\): check its disk space and permissions/);
  }, 30_000);

  it('takes the next port when its own is busy, and says so', async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    await using station = await startStationProcess({ site: writeSite(folder, { mqtt: 1, opcua: 1 }), dataDir: folder.file('busy'), port });
    const client = createClient({ name: 'test', clock: systemClock });
    client.attach(webSocketPort(await station.openLine(), silentLog));
    expect((await look(client).fault('port/busy')).text.en).toContain(String(port));
    client[Symbol.dispose]();
    await station.stop();
    busy.close();
  }, 60_000);
});

/** A disk of 48 MB of its own; null where this user may mount none. */
const smallDisk = () => {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder.path], { stdio: 'ignore' });
  } catch {
    folder[Symbol.dispose]();
    return null;
  }
  return {
    file: folder.file,
    [Symbol.dispose]() {
      execFileSync('umount', ['--lazy', folder.path]);
      folder[Symbol.dispose]();
    },
  };
};

/** Writes as much of `size` bytes as the disk still takes. */
const fill = (file: string, size: number): void => {
  try {
    writeFileSync(file, Buffer.alloc(size));
  } catch (error) {
    expect(String(error)).toContain('ENOSPC');
  }
};

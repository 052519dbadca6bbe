import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { disposable, unwrap } from '../../../src-shared/kernel/index.ts';
import { createFaults } from '../../platform/faults.ts';
import { openSql } from '../../platform/sql.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createSequentialIds } from '../../testing/ids.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { createLedger, ledgerMigrations } from '../ledger/index.ts';
import { createIncidents, incidentMigrations } from './index.ts';

const COMMANDER = { id: 'cmd', name: '赵刚', role: 'commander' };
const LEAK = { title: '氨泄漏', kind: 'leak', zone: 'Z1' } as const;

const open = () => {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const ids = createSequentialIds();
  const sql = openSql(folder.file('station.db'), [...ledgerMigrations, ...incidentMigrations]);
  const ledger = createLedger({ sql, clock });
  const faults = createFaults(clock);
  const start = () => createIncidents({ sql, clock, ids, ledger, faults, plant: { name: { zh: '滨海', en: 'Binhai' }, timeZone: 'Asia/Shanghai' } });
  return { clock, sql, ledger, faults, start, incidents: start(), ...disposable(() => { sql[Symbol.dispose](); folder[Symbol.dispose](); }) };
};

/** The end of the turn, when what the station recorded is on disk. */
const turn = () => Promise.resolve();

describe('incidents', () => {
  it('opens, fills, closes; every entry in order and in the ledger', () => {
    using place = open();
    const { id } = unwrap(place.incidents.open(LEAK, COMMANDER));
    place.clock.advance(1_000);
    unwrap(place.incidents.record(id, { kind: 'alarm', text: { zh: '氨浓度 高报', en: 'Ammonia high' }, data: { ppm: 31, trend: new Float64Array([1, 2]) } }));
    unwrap(place.incidents.note({ incident: id, text: '关阀', order: true }, COMMANDER));
    expect(unwrap(place.incidents.close({ incident: id, conclusion: '法兰泄漏' }, COMMANDER))).toMatchObject({ state: 'closed', conclusion: '法兰泄漏', entries: 4 });
    expect(place.incidents.timeline(id).map(({ sequence, kind, actor }) => [sequence, kind, actor])).toEqual([[1, 'opened', '赵刚'], [2, 'alarm', 'station'], [3, 'order', '赵刚'], [4, 'closed', '赵刚']]);
    expect(place.incidents.timeline(id)[1]?.data).toBe('{"ppm":31,"trend":[1,2]}');
    expect(place.ledger.entries({ limit: 9, subject: id }).map((entry) => entry.kind)).toEqual(['incident.closed', 'incident.order', 'incident.alarm', 'incident.opened']);
    expect(place.ledger.verify().valid).toBe(true);
  });

  it('refuses entries of unknown and closed incidents', () => {
    using place = open();
    const { id } = unwrap(place.incidents.open(LEAK, COMMANDER));
    unwrap(place.incidents.close({ incident: id, conclusion: 'x' }, COMMANDER));
    const note = (incident: string) => place.incidents.note({ incident, text: 'x', order: false }, COMMANDER);
    expect([note(id), note('inc-9'), place.incidents.close({ incident: id, conclusion: 'y' }, COMMANDER)].map((result) => (result.ok ? '' : result.refusal.code))).toEqual(['Closed', 'NotFound', 'Closed']);
  });

  it('stands as it stood after a restart, and goes on counting', async () => {
    using place = open();
    const { id } = unwrap(place.incidents.open(LEAK, COMMANDER));
    await turn();
    const restarted = place.start();
    expect(restarted.table.rows()).toEqual(place.incidents.table.rows());
    expect(unwrap(restarted.note({ incident: id, text: 'after', order: false }, COMMANDER)).sequence).toBe(2);
  });

  it('refuses to change or delete a written entry', async () => {
    using place = open();
    unwrap(place.incidents.open(LEAK, COMMANDER));
    await turn();
    expect(() => place.sql.run("UPDATE incident_entry SET actor = 'x'")).toThrow('append-only');
    expect(() => place.sql.run('DELETE FROM incident_entry')).toThrow('append-only');
  });

  it('goes on in memory while the disk refuses and writes in order when it can again', () => {
    using place = open();
    place.sql.run('PRAGMA query_only = 1');
    const { id } = unwrap(place.incidents.open(LEAK, COMMANDER));
    unwrap(place.incidents.note({ incident: id, text: 'evacuate', order: true }, COMMANDER));
    expect(place.incidents.timeline(id).length).toBe(2);
    expect(place.incidents.export(id, 'html').content).toContain('not yet on disk');
    expect(place.faults.table.get('incidents/RecordNotWritten')?.active).toBe(true);
    place.sql.run('PRAGMA query_only = 0');
    place.clock.advance(2_000);
    expect(place.faults.table.get('incidents/RecordNotWritten')?.active).toBe(false);
    expect(place.start().timeline(id).map((entry) => entry.kind)).toEqual(['opened', 'order']);
    expect(place.ledger.verify()).toEqual({ entries: 2, valid: true, firstBad: null });
  });

  it('exports one escaped, self-contained document in site time, and the same as JSON', () => {
    using place = open();
    const { id } = unwrap(place.incidents.open({ ...LEAK, title: '<script>alert(1)</script>"&' }, COMMANDER));
    unwrap(place.incidents.note({ incident: id, text: '<img src=x onerror=1>', order: false }, { name: '<b>' }));
    const { fileName, content } = place.incidents.export(id, 'html');
    expect(fileName).toBe(`${id}.html`);
    expect(content).not.toMatch(/<script|<img|<b>|https?:/);
    expect(content).toContain('2026-01-01 08:00:00 +08:00');
    expect(content).toContain('事件记录 <span class="en">Incident record</span>');
    const json = JSON.parse(place.incidents.export(id, 'json').content) as { entries: { ledger: { hash: string } }[] };
    expect(json.entries.map((entry) => entry.ledger.hash)).toEqual(place.ledger.entries({ limit: 9, subject: id }).map((entry) => entry.hash).toReversed());
    expect(place.incidents.export('inc-9', 'html').content).toContain('There is no such incident');
  });
});

it('loses nothing it has answered when the process is killed at any moment', async () => {
  using folder = temporaryFolder();
  const file = folder.file('station.db');
  const answered = { acknowledged: 0, noted: 0 };
  for (const life of [250, 400, 600]) {
    const child = spawn(process.execPath, [new URL('../../testing/crashingDesk.ts', import.meta.url).pathname, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), life));
    await new Promise((resolve) => child.once('close', resolve));
    expect(child.signalCode).toBe('SIGKILL');
    answered.acknowledged += output.match(/^acknowledged \d+$/gm)?.length ?? 0;
    answered.noted += output.match(/^noted \d+$/gm)?.length ?? 0;
  }
  expect(answered.acknowledged).toBeGreaterThan(10);
  using sql = openSql(file, []);
  const count = (query: string) => sql.get<{ count: number }>(query)?.count ?? 0;
  // The last line of a killed process may be missing from its output, never from the database.
  const acknowledged = count("SELECT count(*) AS count FROM alarm_event WHERE event = 'acknowledged'");
  expect(acknowledged - answered.acknowledged).toBeGreaterThanOrEqual(0);
  expect(acknowledged - answered.acknowledged).toBeLessThanOrEqual(3);
  expect(count("SELECT count(*) AS count FROM incident_entry WHERE kind = 'note'")).toBeGreaterThanOrEqual(answered.noted);
  expect(createLedger({ sql, clock: createFakeClock() }).verify()).toMatchObject({ valid: true });
  expect(count('SELECT count(*) AS count FROM incident_entry')).toBe(count("SELECT count(*) AS count FROM ledger WHERE kind LIKE 'incident.%'"));
});

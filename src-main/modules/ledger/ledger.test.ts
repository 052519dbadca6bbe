import { spawnSync } from 'node:child_process';
import BetterSqlite3 from 'better-sqlite3';
import { assert, property, array, oneof, string, constant, uniqueArray, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disposable } from '../../../src-shared/kernel/index.ts';
import { openSql } from '../../platform/sql.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { canonicalJson, createLedger, ledgerMigrations, verifyLedgerFile } from './index.ts';

/** Something no entry can be made of. */
const loop = () => {
  const body: Record<string, unknown> = {};
  body['self'] = body;
  return body;
};

const open = () => {
  const folder = temporaryFolder();
  const file = folder.file('station.db');
  const clock = createFakeClock();
  const sql = openSql(file, ledgerMigrations);
  const ledger = createLedger({ sql, clock });
  const fill = (count: number) => {
    for (let index = 1; index <= count; index += 1) ledger.append({ actor: 'op', kind: 'command', subject: index % 2 === 0 ? 'alarms.acknowledge' : 'alarms.shelve', body: { index } });
  };
  /** Runs SQL as one who holds the file and first drops the triggers. */
  const tamper = (statement: string) => {
    const raw = new BetterSqlite3(file);
    for (const name of raw.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) raw.exec(`DROP TRIGGER ${name}`);
    raw.exec(statement);
    raw.close();
  };
  return { file, sql, clock, ledger, fill, tamper, ...disposable(() => { sql[Symbol.dispose](); folder[Symbol.dispose](); }) };
};

describe('ledger', () => {
  it('chains entries and verifies them, also after opening again', () => {
    using place = open();
    place.fill(1_203);
    expect(place.ledger.verify()).toEqual({ entries: 1_203, valid: true, firstBad: null });
    expect(verifyLedgerFile(place.file)).toEqual({ ok: true, value: { entries: 1_203, valid: true, firstBad: null } });
    const again = createLedger({ sql: place.sql, clock: place.clock });
    expect(again.append({ actor: 'op', kind: 'note', subject: 'x', body: {} }).sequence).toBe(1_204);
    expect(again.count()).toBe(1_204);
    expect(again.verify().valid).toBe(true);
  });

  it('gives entries newest first, by subject and before a sequence', () => {
    using place = open();
    place.fill(6);
    expect(place.ledger.entries({ limit: 2 }).map((entry) => entry.sequence)).toEqual([6, 5]);
    expect(place.ledger.entries({ limit: 5, before: 5, subject: 'alarms.acknowledge' }).map((entry) => entry.sequence)).toEqual([4, 2]);
  });

  it('refuses UPDATE, DELETE and insertion out of order', () => {
    using place = open();
    place.fill(3);
    expect(() => place.sql.run("UPDATE ledger SET actor = 'x' WHERE sequence = 2")).toThrow('append-only');
    expect(() => place.sql.run('DELETE FROM ledger WHERE sequence = 3')).toThrow('append-only');
    expect(() => place.sql.run("INSERT INTO ledger VALUES (9, 0, '', '', '', '', '')")).toThrow('append-only');
    expect(() => place.sql.run('UPDATE ledger_head SET sequence = 1')).toThrow('only moves forward');
    expect(() => place.sql.run('DELETE FROM ledger_head')).toThrow('stays');
    expect(place.ledger.verify().valid).toBe(true);
  });

  it.each([
    ['a changed body', "UPDATE ledger SET body = '{}' WHERE sequence = 3", 3],
    ['a changed time', 'UPDATE ledger SET at = at + 1 WHERE sequence = 4', 4],
    ['a missing entry', 'DELETE FROM ledger WHERE sequence = 2', 2],
    ['the end cut off', 'DELETE FROM ledger WHERE sequence > 4', 5],
    ['everything gone', 'DELETE FROM ledger', 1],
    ['an entry pushed in at the end', "INSERT INTO ledger VALUES (7, 0, 'x', 'x', 'x', '{}', 'ab')", 7],
    ['another last hash', "UPDATE ledger SET hash = 'ab' WHERE sequence = 6", 6],
    ['no head', 'DELETE FROM ledger_head', 7],
  ])('finds %s', (_name, statement, firstBad) => {
    using place = open();
    place.fill(6);
    place.tamper(statement);
    expect(place.ledger.verify()).toMatchObject({ valid: false, firstBad });
  });

  it('keeps the gap visible when work goes on after the end was cut off', () => {
    using place = open();
    place.fill(6);
    place.tamper('DELETE FROM ledger WHERE sequence > 4');
    place.fill(2);
    expect(place.ledger.verify()).toEqual({ entries: 6, valid: false, firstBad: 5 });
  });

  it('verifies in slices for clients while entries are added', async () => {
    using place = open();
    place.fill(1_100);
    const verified = place.ledger.handlers.verify({}, { actor: null, commandId: '', at: 0 });
    for (let turn = 0; turn < 10; turn += 1) {
      place.fill(1);
      place.clock.advance(1);
      await Promise.resolve();
    }
    expect(await verified).toMatchObject({ valid: true, firstBad: null });
  });

  it('is unhealthy from a refused write until writes have gone well for ten seconds, and rolls back with its transaction', () => {
    using place = open();
    place.fill(1);
    expect(() => place.sql.transaction(() => { place.fill(1); throw new Error('the rest failed'); })).toThrow('the rest failed');
    place.fill(1);
    expect(place.ledger.verify()).toEqual({ entries: 2, valid: true, firstBad: null });
    place.sql.run('PRAGMA query_only = 1');
    expect(() => place.fill(1)).toThrow('readonly');
    expect(place.ledger.healthy()).toBe(false);
    const takes = (it: boolean) => place.sql.run(`PRAGMA query_only = ${it ? 0 : 1}`);
    // Every fourth second the disk takes one: that is one outage, not many.
    for (let second = 0; second < 19; second += 1) {
      takes(second % 4 === 3);
      place.clock.advance(1_000);
      expect(place.ledger.healthy()).toBe(false);
    }
    takes(true);
    place.fill(1);
    place.clock.advance(9_000);
    expect(place.ledger.healthy()).toBe(false);
    place.clock.advance(1_000);
    expect(place.ledger.healthy()).toBe(true);
    expect(() => place.ledger.append({ actor: 'op', kind: 'note', subject: 'x', body: loop() })).toThrow('cycle');
    expect(place.ledger.healthy()).toBe(true);
  });
});

describe('canonicalJson', () => {
  it('does not depend on the order of keys and reads back as the same value', () => {
    const leaf = oneof(string(), integer(), constant(null));
    assert(property(uniqueArray(string({ maxLength: 6 }), { maxLength: 8 }), array(leaf, { minLength: 8, maxLength: 8 }), (keys, values) => {
      const pairs = keys.map((key, index) => [key, values[index]] as const);
      const forward = canonicalJson(Object.fromEntries(pairs));
      expect(canonicalJson(Object.fromEntries(pairs.toReversed()))).toBe(forward);
      expect(JSON.parse(forward)).toEqual(Object.fromEntries(pairs));
    }));
  });

  it('writes typed arrays, leaves out undefined, refuses cycles', () => {
    expect(canonicalJson({ b: new Float64Array([1, NaN]), a: undefined })).toBe('{"b":[1,null]}');
    expect(() => canonicalJson(loop())).toThrow('cycle');
  });
});

describe('ledger:verify', () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [new URL('../../commands/ledgerVerify.ts', import.meta.url).pathname, ...args], { encoding: 'utf8' });
    return { status, out: stdout.trim(), error: stderr.trim() };
  };

  it('exits 0 for a valid chain, 1 for a bad one, 2 for what holds none', () => {
    using place = open();
    place.fill(4);
    expect(run('--db', place.file, '--json')).toEqual({ status: 0, out: '{"entries":4,"valid":true,"firstBad":null}', error: '' });
    place.tamper("UPDATE ledger SET actor = 'x' WHERE sequence = 2");
    expect(run('--db', place.file, '--json')).toMatchObject({ status: 1, out: '{"entries":4,"valid":false,"firstBad":2}' });
    expect(run('--db', new URL(import.meta.url).pathname).status).toBe(2);
    expect(run('--db', `${place.file}.none`).error).toContain('cannot be read');
    expect(run().error).toContain('--db FILE is missing');
  });
});

import { expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../../src-shared/kernel/index.ts';
import { createFaults } from '../../platform/faults.ts';
import { openSql } from '../../platform/sql.ts';
import type { SupervisedWorker } from '../../platform/workers.ts';
import { buildPlant, buildRecords, buildSite } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createSequentialIds } from '../../testing/ids.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { createLedger, ledgerMigrations } from '../ledger/index.ts';
import { createModelBook, registryMigrations } from './index.ts';
import type { Read } from './messages.ts';

const BY = { id: 'safety', name: '陈静', role: 'safety-manager' };
const LIMIT = { tag: 'PT-101', ...buildPlant().tags[0]!.alarms[0]! };
/** What a worker would find in a file with one other limit. */
const FOUND: Read = { counts: { refused: 0, changed: 1, added: 0, removed: 0, unchanged: 0 }, kinds: ['limit'], ignored: [], rebuilds: false, changes: JSON.stringify([{ kind: 'limit', id: 'PT-101/HIHI', before: LIMIT, after: { ...LIMIT, limit: 1.9 } }]), pages: ['[]'] };

/** A book over a disk that can be made to refuse from the start, or late in a transaction, whose worker answers when told. */
const rig = () => {
  const folder = temporaryFolder();
  const sql = openSql(folder.file('station.db'), [...ledgerMigrations, ...registryMigrations]);
  onTestFinished(() => [sql, folder].forEach((each) => each[Symbol.dispose]()));
  const clock = createFakeClock();
  const plant = buildPlant();
  let isLate = false;
  let answer: (read: Read) => void = () => {};
  const worker = { call: () => new Promise((resolve) => (answer = resolve as typeof answer)), onMessage: () => {}, post: () => {}, [Symbol.dispose]: () => {} } as unknown as SupervisedWorker;
  const book = createModelBook({
    site: buildSite(), delivered: { plant, records: buildRecords() }, sql, clock, ids: createSequentialIds(), ledger: createLedger({ sql, clock }), faults: createFaults(clock), workers: { start: () => worker }, check: () => [],
    effects: { plant: () => plant, setLimits: () => { if (isLate) throw new Error('disk full'); }, setRecords: () => {}, setDocuments: () => {}, isEmergency: () => false, rebuild: () => {} },
  });
  const { id } = unwrap(book.importFile({ name: 'list.csv', gzip: new Uint8Array(), why: 'test' }, BY));
  const read = async () => {
    answer(FOUND);
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
  };
  return { book, id, read, refuse: (it: boolean) => void sql.run(`PRAGMA query_only = ${it ? 1 : 0}`), refuseLate: (it: boolean) => void (isLate = it) };
};

it('says of a file that was read while the disk refuses that it failed, and reads the next one', async () => {
  const { book, id, read, refuse } = rig();
  refuse(true);
  await read();
  expect(book.changeSets.get(id)).toMatchObject({ state: 'failed', problem: { en: expect.stringContaining('readonly') } });
  refuse(false);
  expect(book.importFile({ name: 'list.csv', gzip: new Uint8Array(), why: 'test' }, BY).ok).toBe(true);
});

it('leaves a change set as it was when the disk refuses its version, and applies it later', async () => {
  const { book, id, read, refuseLate } = rig();
  await read();
  expect(book.changeSets.get(id)?.state).toBe('validated');
  refuseLate(true);
  expect(() => book.apply({ id, version: 0, partial: false }, BY)).toThrow('disk full');
  expect([book.changeSets.get(id)?.state, book.state.get().version]).toEqual(['validated', 0]);
  refuseLate(false);
  expect(book.apply({ id, version: 0, partial: false }, BY)).toEqual({ ok: true, value: { version: 1, rebuilds: false } });
  expect(book.changeSets.get(id)).toMatchObject({ state: 'applied', version: 1 });
});

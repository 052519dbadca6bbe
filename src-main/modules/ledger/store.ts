import type { LedgerEntry } from '../../../src-shared/contract/index.ts';
import type { Sql } from '../../platform/sql.ts';
import type { Head } from './model/chain.ts';

const COLUMNS = 'sequence, at, actor, kind, subject, body, hash';

/** SQL of the ledger, in small verbs. */
export const createLedgerStore = (sql: Sql) => ({
  head: () => sql.get<Head>('SELECT sequence, hash FROM ledger_head WHERE id = 1'),
  add({ sequence, at, actor, kind, subject, body, hash }: LedgerEntry) {
    sql.run(`INSERT INTO ledger (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`, sequence, at, actor, kind, subject, body, hash);
    sql.run('UPDATE ledger_head SET sequence = ?, hash = ? WHERE id = 1', sequence, hash);
  },
  /** A write that changes nothing and still has to reach the disk. */
  touch: () => sql.run('UPDATE ledger_head SET hash = hash WHERE id = 1'),
  after: (sequence: number, limit: number) => sql.all<LedgerEntry>(`SELECT ${COLUMNS} FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?`, sequence, limit),
  newest: (before: number, limit: number) => sql.all<LedgerEntry>(`SELECT ${COLUMNS} FROM ledger WHERE sequence < ? ORDER BY sequence DESC LIMIT ?`, before, limit),
  newestOf: (subject: string, before: number, limit: number) => sql.all<LedgerEntry>(`SELECT ${COLUMNS} FROM ledger WHERE subject = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`, subject, before, limit),
  count: () => sql.get<{ count: number }>('SELECT count(*) AS count FROM ledger')?.count ?? 0,
});
export type LedgerStore = ReturnType<typeof createLedgerStore>;

import { ok, refuse, type Refusal, type Result } from '../../../src-shared/kernel/index.ts';
import { openSqlReadOnly, type Sql } from '../../platform/sql.ts';
import type { Verification } from './model/chain.ts';
import { verifyStore } from './ledger.ts';
import { createLedgerStore } from './store.ts';

/** Recomputes the chain of any database, offline and without changing it. Refuses a file that is no database with a ledger. */
export const verifyLedgerFile = (file: string): Result<Verification, Refusal<'Unreadable'>> => {
  try {
    using sql = openSqlReadOnly(file);
    if (!hasLedger(sql)) return refuse('Unreadable', { zh: `${file} 中没有台账`, en: `${file} holds no ledger` });
    return ok(verifyStore(createLedgerStore(sql)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse('Unreadable', { zh: `无法读取 ${file}：${reason}`, en: `${file} cannot be read: ${reason}` });
  }
};

const hasLedger = (sql: Sql): boolean => sql.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('ledger', 'ledger_head')").length === 2;

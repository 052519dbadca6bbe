import type { Migration } from '../../platform/sql.ts';
import { ledgerTables } from './migrations/0001-ledger.ts';

export { createLedger, type Ledger } from './ledger.ts';
export { verifyLedgerFile } from './verifyLedgerFile.ts';
export { canonicalJson } from './model/canonicalJson.ts';
export const ledgerMigrations: readonly Migration[] = [ledgerTables];

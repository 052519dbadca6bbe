import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { disposable, type Disposable } from '../../src-shared/kernel/index.ts';

/**
 * Holds a data folder for one station: two over the same ledger would fork its chain. The operating system lets go of the lock when the
 * process ends, however it ends. Null when another holds it.
 */
export const lockFolder = (folder: string): Disposable | null => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new BetterSqlite3(join(folder, 'station.lock'), { timeout: 0 });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return disposable(() => void database.close());
};

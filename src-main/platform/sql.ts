import BetterSqlite3 from 'better-sqlite3';
import type { Disposable } from '../../src-shared/kernel/index.ts';

/** The one home of better-sqlite3. Synchronous, WAL, every commit on disk before it returns (synchronous=FULL). */
export type Sql = Disposable & {
  run(sql: string, ...parameters: readonly SqlValue[]): { readonly changes: number };
  get<Row>(sql: string, ...parameters: readonly SqlValue[]): Row | undefined;
  all<Row>(sql: string, ...parameters: readonly SqlValue[]): Row[];
  /** All or nothing; nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  readonly file: string;
};
export type SqlValue = string | number | bigint | null | Uint8Array;

/** One step of the schema; `id` orders them over all modules (0010 alarms, 0020 incidents …) and never changes. */
export type Migration = { readonly id: number; readonly name: string; readonly sql: string };

/** `pageSize` is for a new file, bytes. `check: 'open'` only looks whether it is a database: for one so large that reading it whole would hold up the start. */
export type SqlTuning = { readonly pageSize?: number; readonly check?: 'whole' | 'open' };

/** Opens or creates a database and brings its schema up to date, each migration in a transaction of its own. Throws `DatabaseCorrupt` when the file is not a sound database. */
export const openSql = (file: string, migrations: readonly Migration[], tuning: SqlTuning = {}): Sql => {
  const database = open(file, {}, tuning);
  migrate(database, migrations);
  return wrap(database, file);
};

/** Opens a database that exists to read it, schema untouched: for offline checks. Throws `DatabaseCorrupt` as `openSql` does, and what the file system says when it cannot be opened. */
export const openSqlReadOnly = (file: string): Sql => wrap(open(file, { readonly: true, fileMustExist: true }), file);

const wrap = (database: BetterSqlite3.Database, file: string): Sql => {
  const prepared = new Map<string, BetterSqlite3.Statement>();
  const statement = (sql: string) => {
    let found = prepared.get(sql);
    if (found === undefined) prepared.set(sql, (found = database.prepare(sql)));
    return found;
  };
  return {
    file,
    run: (text, ...parameters) => ({ changes: statement(text).run(...parameters).changes }),
    get: <Row>(text: string, ...parameters: readonly SqlValue[]) => statement(text).get(...parameters) as Row | undefined,
    all: <Row>(text: string, ...parameters: readonly SqlValue[]) => statement(text).all(...parameters) as Row[],
    transaction: (work) => (database.inTransaction ? work() : database.transaction(work).immediate()),
    [Symbol.dispose]: () => void database.close(),
  };
};

/** The file is not a sound database; the station moves it aside and says so. */
export class DatabaseCorrupt extends Error {
  readonly file: string;
  constructor(file: string, cause: unknown) {
    super(`${file} is not a sound database`, { cause });
    this.file = file;
  }
}

const open = (file: string, options: BetterSqlite3.Options = {}, { pageSize, check: depth = 'whole' }: SqlTuning = {}): BetterSqlite3.Database => {
  let opened: BetterSqlite3.Database | null = null;
  try {
    const database = (opened = new BetterSqlite3(file, options));
    if (options.readonly !== true) {
      if (pageSize !== undefined) database.pragma(`page_size = ${pageSize}`);
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
    }
    database.pragma('busy_timeout = 2000');
    const check: unknown = depth === 'whole' ? database.pragma('quick_check(1)', { simple: true }) : database.prepare('SELECT \'ok\' FROM (SELECT count(*) FROM sqlite_schema)').pluck().get();
    if (check !== 'ok') throw new Error(String(check));
    return database;
  } catch (error) {
    opened?.close();
    const code = error instanceof BetterSqlite3.SqliteError ? error.code : '';
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || (code === '' && opened !== null)) throw new DatabaseCorrupt(file, error);
    throw error;
  }
};

const migrate = (database: BetterSqlite3.Database, migrations: readonly Migration[]) => {
  database.exec('CREATE TABLE IF NOT EXISTS migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT');
  const done = new Set(database.prepare<[], number>('SELECT id FROM migration').pluck().all());
  for (const migration of migrations.toSorted((a, b) => a.id - b.id)) {
    if (done.has(migration.id)) continue;
    database
      .transaction(() => {
        database.exec(migration.sql);
        database.prepare('INSERT INTO migration (id, name) VALUES (?, ?)').run(migration.id, migration.name);
      })
      .immediate();
  }
};

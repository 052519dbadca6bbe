import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Disposable } from '../../../../src-shared/kernel/index.ts';
import { DatabaseCorrupt, openSql, type Migration, type Sql } from '../../../platform/sql.ts';
import type { Summary } from '../model/summary.ts';

/**
 * One sealed chunk. Chunks of a tag never overlap in time (they may touch). `id` is null until it stands in the database. `step` is 0 when it holds samples,
 * and an hour (ms) when it holds what is left of them: a summary for each hour.
 */
export type Chunk = Summary & { readonly id: number | null; readonly step: number; readonly tag: number; readonly since: number; readonly until: number; readonly count: number; readonly data: Uint8Array };
export type ChunkHead = Omit<Chunk, 'data' | 'id'> & { readonly id: number };

/** Sealed chunks and the unfinished ends of all tags as of the last checkpoint, in SQLite. */
export type ChunkStore = Disposable & {
  /** The lasting number of each tag id, given when it is first seen. */
  idsOf(names: readonly string[]): readonly number[];
  /** Chunks of some tags that touch [from, to], each tag's in order of time, without their data: one statement for all tags. */
  heads(tags: readonly number[], from: number, to: number): readonly ChunkHead[];
  data(id: number): Uint8Array;
  /** Chunks of samples of one tag that end before `horizon`, in order, at most `limit`. */
  old(tag: number, horizon: number, limit: number): readonly ChunkHead[];
  /** The last chunk of each tag that has one. */
  ends(): ReadonlyMap<number, { readonly id: number; readonly until: number }>;
  /** End of what is kept only hour by hour, for each tag that has any. */
  hourlyEnds(): ReadonlyMap<number, number>;
  tails(): readonly Uint8Array[];
  /** The first log file that a start has to replay. */
  readonly logFrom: number;
  /** Puts chunks in place of others, all or nothing. */
  replace(change: { readonly add: Iterable<Chunk>; readonly remove: Iterable<number> }): void;
  /** Removes a tag's chunks that end before `horizon`; gives how many. */
  dropBefore(tag: number, horizon: number): number;
  /** Oldest moment on record (null: nothing is) and size on disk, bytes. */
  extent(): { readonly since: number | null; readonly bytes: number };
  /** Closes the database, moves its files aside and gives their new name. */
  moveAside(stamp: number): string;
  /** All or nothing: new chunks in, replaced ones out, tails and log number as given. */
  commit(change: { readonly add: Iterable<Chunk>; readonly remove: Iterable<number>; readonly tails: readonly Uint8Array[]; readonly logFrom: number }): void;
};

export const HISTORY_MIGRATIONS: readonly Migration[] = [
  {
    id: 300,
    name: 'history chunks',
    sql: `
      CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE chunk (
        id INTEGER PRIMARY KEY, tag INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL, count INTEGER NOT NULL,
        usable INTEGER NOT NULL, low REAL, high REAL, total REAL NOT NULL, quality INTEGER NOT NULL, data BLOB NOT NULL
      ) STRICT;
      CREATE INDEX chunk_by_time ON chunk (tag, since);
      CREATE TABLE tail (part INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
      CREATE TABLE position (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), log_from INTEGER NOT NULL) STRICT;
      INSERT INTO position VALUES (1, 1);
    `,
  },
  {
    id: 301,
    name: 'history by the hour',
    sql: `
      ALTER TABLE chunk ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX chunk_by_hour ON chunk (tag, until) WHERE step > 0;
    `,
  },
];

type Row = { readonly id: number; readonly step: number; readonly tag: number; readonly since: number; readonly until: number; readonly count: number; readonly usable: number; readonly low: number | null; readonly high: number | null; readonly total: number; readonly quality: number };
const HEADS = `
  SELECT chunk.id, step, tag, since, until, count, usable, low, high, total, quality
  FROM json_each(?) AS wanted CROSS JOIN chunk
    ON chunk.tag = wanted.value AND since >= ifnull((SELECT max(since) FROM chunk AS before WHERE before.tag = wanted.value AND before.since < ?), ?) AND since <= ?
  WHERE until >= ? ORDER BY wanted.key, since`;
const toHead = (row: Row): ChunkHead => ({ ...row, low: row.low ?? Number.NaN, high: row.high ?? Number.NaN });
const orNull = (value: number) => (Number.isNaN(value) ? null : value);

/** Opens `history.db`; one that is not sound is moved aside (its new name is told) and a new one begun. */
export const openChunkStore = (folder: string, stamp: number, onMoved: (name: string) => void): ChunkStore => {
  const file = join(folder, 'history.db');
  try {
    return storeOver(openHistory(file));
  } catch (error) {
    if (!(error instanceof DatabaseCorrupt)) throw error;
    onMoved(moveFiles(file, stamp));
    return storeOver(openHistory(file));
  }
};

const moveFiles = (file: string, stamp: number): string => {
  const moved = `${file}.corrupt-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, moved + suffix);
  return moved;
};

// Chunks are a few kilobytes: large pages waste little of themselves. A full check of years of history would hold the start up for minutes.
const openHistory = (file: string) => openSql(file, HISTORY_MIGRATIONS, { pageSize: 32_768, check: 'open' });

const storeOver = (sql: Sql): ChunkStore => ({
  idsOf: (names) =>
    sql.transaction(() => {
      for (const name of names) sql.run('INSERT INTO tag (name) VALUES (?) ON CONFLICT DO NOTHING', name);
      const ids = new Map(sql.all<{ readonly id: number; readonly name: string }>('SELECT id, name FROM tag').map(({ id, name }) => [name, id]));
      return names.map((name) => ids.get(name)!);
    }),
  heads: (tags, from, to) => sql.all<Row>(HEADS, JSON.stringify(tags), from, from, to, from).map(toHead),
  data: (id) => sql.get<{ readonly data: Uint8Array }>('SELECT data FROM chunk WHERE id = ?', id)!.data,
  old: (tag, horizon, limit) =>
    sql.all<Row>('SELECT id, step, tag, since, until, count, usable, low, high, total, quality FROM chunk WHERE tag = ? AND since < ? AND until < ? AND step = 0 ORDER BY since LIMIT ?', tag, horizon, horizon, limit).map(toHead),
  // One look per tag: to read every row would read years of history.
  ends: () =>
    new Map(
      sql
        .all<{ readonly tag: number; readonly id: number; readonly until: number }>('SELECT chunk.tag, chunk.id, until FROM tag JOIN chunk ON chunk.id = (SELECT id FROM chunk AS own WHERE own.tag = tag.id ORDER BY since DESC LIMIT 1)')
        .map(({ tag, id, until }) => [tag, { id, until }]),
    ),
  hourlyEnds: () => new Map(sql.all<{ readonly tag: number; readonly until: number }>('SELECT tag, max(until) AS until FROM chunk INDEXED BY chunk_by_hour WHERE step > 0 GROUP BY tag').map(({ tag, until }) => [tag, until])),
  tails: () => sql.all<{ readonly data: Uint8Array }>('SELECT data FROM tail ORDER BY part').map(({ data }) => data),
  get logFrom() {
    return sql.get<{ readonly log_from: number }>('SELECT log_from FROM position')!.log_from;
  },
  moveAside(stamp) {
    sql[Symbol.dispose]();
    return moveFiles(sql.file, stamp);
  },
  replace: (change) => exchange(sql, change),
  dropBefore: (tag, horizon) => sql.run('DELETE FROM chunk WHERE tag = ? AND since < ? AND until < ?', tag, horizon, horizon).changes,
  extent: () => ({
    since: sql.get<{ readonly since: number | null }>('SELECT min((SELECT since FROM chunk WHERE chunk.tag = tag.id ORDER BY since LIMIT 1)) AS since FROM tag')?.since ?? null,
    bytes: sql.get<{ readonly bytes: number }>('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')?.bytes ?? 0,
  }),
  commit({ add, remove, tails, logFrom }) {
    sql.transaction(() => {
      exchange(sql, { add, remove });
      sql.run('DELETE FROM tail');
      for (const [part, data] of tails.entries()) sql.run('INSERT INTO tail (part, data) VALUES (?, ?)', part, data);
      sql.run('UPDATE position SET log_from = ?', logFrom);
    });
    // The write-ahead log would otherwise keep the size of the largest checkpoint for ever.
    sql.get('PRAGMA wal_checkpoint(TRUNCATE)');
  },
  [Symbol.dispose]: () => sql[Symbol.dispose](),
});

const exchange = (sql: Sql, { add, remove }: { readonly add: Iterable<Chunk>; readonly remove: Iterable<number> }): void =>
  sql.transaction(() => {
    for (const id of remove) sql.run('DELETE FROM chunk WHERE id = ?', id);
    for (const { step, tag, since, until, count, usable, low, high, total, quality, data } of add)
      sql.run(
        'INSERT INTO chunk (step, tag, since, until, count, usable, low, high, total, quality, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[step, tag, since, until, count, usable, orNull(low), orNull(high), total, quality, data],
      );
  });

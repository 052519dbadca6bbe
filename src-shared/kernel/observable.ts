import { createEmitter, type Listen } from './emitter.ts';

/** Rows by key that can be watched. Changes made inside one `change` are announced together. */
export type Table<K extends string | number, R> = {
  get(key: K): R | undefined;
  rows(): readonly R[];
  readonly size: number;
  put(row: R): void;
  drop(key: K): void;
  /** Groups puts and drops into one announcement. */
  change(run: () => void): void;
  readonly onDidChange: Listen<TableChange<K, R>>;
};
export type TableChange<K, R> = { readonly put: readonly R[]; readonly drop: readonly K[] };

export const createTable = <K extends string | number, R>(keyOf: (row: R) => K): Table<K, R> => {
  const rows = new Map<K, R>();
  const changed = createEmitter<TableChange<K, R>>();
  let depth = 0;
  let put = new Map<K, R>();
  let drop = new Set<K>();
  const flush = () => {
    if (depth > 0 || (put.size === 0 && drop.size === 0)) return;
    const change = { put: [...put.values()], drop: [...drop] };
    put = new Map();
    drop = new Set();
    changed.emit(change);
  };
  return {
    get: (key) => rows.get(key),
    rows: () => [...rows.values()],
    get size() {
      return rows.size;
    },
    put(row) {
      const key = keyOf(row);
      rows.set(key, row);
      drop.delete(key);
      put.set(key, row);
      flush();
    },
    drop(key) {
      if (!rows.delete(key)) return;
      put.delete(key);
      drop.add(key);
      flush();
    },
    change(run) {
      depth += 1;
      try {
        run();
      } finally {
        depth -= 1;
        flush();
      }
    },
    onDidChange: changed.listen,
  };
};

/** One value that can be watched. */
export type Value<T> = { get(): T; set(next: T): void; readonly onDidChange: Listen<T> };

export const createValue = <T>(initial: T): Value<T> => {
  let current = initial;
  const changed = createEmitter<T>();
  return {
    get: () => current,
    set(next) {
      current = next;
      changed.emit(next);
    },
    onDidChange: changed.listen,
  };
};

/**
 * Columns of numbers that can be watched. `snapshot` gives one row per key with its newest values; an announcement gives
 * the rows that are new since the last one. All columns have the same length; the first is the key.
 */
export type Series<C extends string> = { snapshot(): Columns<C>; readonly onDidAppend: Listen<Columns<C>> };
export type Columns<C extends string> = { readonly [K in C]: Float64Array };

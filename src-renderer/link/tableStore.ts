import type { TableCopy } from '../../src-shared/contract/client.ts';
import { createEmitter, disposable, type Disposable } from '../../src-shared/kernel/index.ts';

/**
 * One table topic for screens. `rows` keeps its identity until something changes, and every row keeps its own, so that one
 * changed row renders one row.
 */
export type TableStore<K extends string | number, R> = {
  /** All rows, in order of first arrival; a new array after each change. */
  rows(): readonly R[];
  get(key: K): R | undefined;
  /** False until the first snapshot has come. */
  ready(): boolean;
  /** Counts changes; for frame loops that poll. */
  version(): number;
  subscribe(listener: () => void): Disposable;
  subscribeKey(key: K, listener: () => void): Disposable;
};

export const createTableStore = <K extends string | number, R>(copy: TableCopy<K, R>, keyOf: (row: R) => K): TableStore<K, R> => {
  let list: readonly R[] = [...copy.rows.values()];
  let version = 0;
  const changed = createEmitter<void>();
  const byKey = new Map<K, Set<() => void>>();
  copy.onDidChange(({ put, drop }) => {
    list = [...copy.rows.values()];
    version += 1;
    for (const key of new Set([...drop, ...put.map(keyOf)])) for (const listener of [...(byKey.get(key) ?? [])]) listener();
    changed.emit();
  });
  return {
    rows: () => list,
    get: (key) => copy.rows.get(key),
    ready: () => copy.filled,
    version: () => version,
    subscribe: (listener) => changed.listen(listener),
    subscribeKey: (key, listener) => listenByKey(byKey, key, listener),
  };
};

/** Adds a listener under its key; the key's entry goes with its last listener. */
export const listenByKey = <K>(byKey: Map<K, Set<() => void>>, key: K, listener: () => void): Disposable => {
  const listeners = byKey.get(key) ?? new Set<() => void>();
  byKey.set(key, listeners);
  const own = () => listener();
  listeners.add(own);
  return disposable(() => {
    listeners.delete(own);
    if (listeners.size === 0) byKey.delete(key);
  });
};

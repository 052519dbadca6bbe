import type { SeriesCopy } from '../../src-shared/contract/client.ts';
import { createEmitter, type Columns, type Disposable } from '../../src-shared/kernel/index.ts';
import { listenByKey } from './tableStore.ts';

/**
 * The newest row of every key of one series topic, in typed arrays indexed **by key** (tag index, person index): read
 * `column('value')[tagIndex]` in a frame loop without any React state. NaN where no row has come.
 */
export type SeriesStore<C extends string> = {
  /** The live array; it is replaced when the range of keys grows, so do not hold it across frames. */
  column(name: C): Float64Array;
  /** One past the largest key seen. */
  readonly length: number;
  /** Counts batches; a frame loop redraws when it moved. */
  version(): number;
  /** Called once per batch. */
  subscribe(listener: () => void): Disposable;
  /** Called once per batch that carries the key. */
  subscribeKey(key: number, listener: () => void): Disposable;
};

export const createSeriesStore = <C extends string>(copy: SeriesCopy<Columns<C>>, columns: readonly [C, ...C[]]): SeriesStore<C> => {
  const keyColumn = columns[0];
  const empty = (size: number): Record<string, Float64Array> => Object.fromEntries(columns.map((name) => [name, new Float64Array(size).fill(Number.NaN)]));
  let capacity = 256;
  let held = empty(capacity);
  let length = 0;
  let version = 0;
  const appended = createEmitter<void>();
  const byKey = new Map<number, Set<() => void>>();
  const columnOf = (name: C): Float64Array => {
    const column = held[name];
    if (column === undefined) throw new RangeError(`series has no column ${name}`);
    return column;
  };
  const reach = (needed: number) => {
    if (needed <= capacity) return;
    while (capacity < needed) capacity *= 2;
    const smaller = held;
    held = empty(capacity);
    for (const name of columns) columnOf(name).set(smaller[name] ?? []);
  };
  copy.onDidAppend((rows) => {
    const keys = rows[keyColumn];
    for (const key of keys) if (key >= length) length = key + 1;
    reach(length);
    for (const name of columns) {
      const target = columnOf(name);
      const source = rows[name];
      for (let row = 0; row < keys.length; row += 1) target[keys[row] ?? 0] = source[row] ?? Number.NaN;
    }
    version += 1;
    if (byKey.size > 0) {
      const due = new Set<() => void>();
      for (const key of keys) for (const listener of byKey.get(key) ?? []) due.add(listener);
      for (const listener of due) listener();
    }
    appended.emit();
  });
  return {
    column: columnOf,
    get length() {
      return length;
    },
    version: () => version,
    subscribe: (listener) => appended.listen(listener),
    subscribeKey: (key, listener) => listenByKey(byKey, key, listener),
  };
};

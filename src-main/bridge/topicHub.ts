import { createScope, disposable, type Columns, type Disposable, type TableChange } from '../../src-shared/kernel/index.ts';
import type { Entry, StationTopic } from './types.ts';

/**
 * One client's watch of one topic: a snapshot, then deltas with at most two unacknowledged. While it waits, `latest` topics merge by key and
 * `lossless` tables queue up to `bound` rows, then fall back to a snapshot. Merged and dropped changes are counted, never silent.
 */
export const createWatch = ({ entry, topic, send, onMerged, bound = 5_000 }: WatchInput): Watch => {
  const scope = createScope();
  let version = 0;
  let unacknowledged = 0;
  const pending = createPending(entry, topic, bound, onMerged);
  const flush = () => {
    if (unacknowledged >= 2) return;
    const data = pending.take();
    if (data === null) return;
    unacknowledged += 1;
    if (data.kind === 'snapshot') send({ version: (version += 1), data: data.data });
    else send({ from: version, to: (version += 1), data: data.data });
  };
  pending.restart();
  scope.add(pending.follow(flush));
  flush();
  return {
    acknowledge(seen) {
      unacknowledged = Math.max(0, Math.min(unacknowledged, version - seen));
      flush();
    },
    restart() {
      unacknowledged = 0;
      pending.restart();
      flush();
    },
    ...disposable(() => scope[Symbol.dispose]()),
  };
};

export type Watch = Disposable & { acknowledge(version: number): void; /** The client lost track: send a snapshot again. */ restart(): void };
export type TopicFrame = { readonly version: number; readonly data: unknown } | { readonly from: number; readonly to: number; readonly data: unknown };
type WatchInput = { readonly entry: Entry; readonly topic: StationTopic; send(frame: TopicFrame): void; onMerged(count: number): void; readonly bound?: number };

type Ready = { readonly kind: 'snapshot' | 'delta'; readonly data: unknown };
type Pending = { take(): Ready | null; restart(): void; follow(onChange: () => void): Disposable };
type Row = Record<string, string | number>;

const createPending = (entry: Entry, topic: StationTopic, bound: number, onMerged: (count: number) => void): Pending => {
  if (entry.verb === 'table' && 'rows' in topic) return pendingTable(entry, topic, bound, onMerged);
  if (entry.verb === 'value' && 'get' in topic) return pendingValue(topic, onMerged);
  if (entry.verb === 'series' && 'snapshot' in topic) return pendingSeries(entry, topic, onMerged);
  throw new Error(`handler does not fit a ${entry.verb}`);
};

const pendingTable = (entry: Extract<Entry, { verb: 'table' }>, topic: Extract<StationTopic, { rows(): unknown }>, bound: number, onMerged: (count: number) => void): Pending => {
  let whole = false;
  let queue: TableChange<string | number, unknown>[] = [];
  let queued = 0;
  const keyOf = (row: unknown) => (row as Row)[entry.keyOf] ?? '';
  const merge = (changes: typeof queue): typeof queue => {
    const put = new Map<string | number, unknown>();
    const drop = new Set<string | number>();
    for (const change of changes) {
      for (const key of change.drop) {
        put.delete(key);
        drop.add(key);
      }
      for (const row of change.put) {
        put.set(keyOf(row), row);
        drop.delete(keyOf(row));
      }
    }
    return [{ put: [...put.values()], drop: [...drop] }];
  };
  const clear = () => {
    queue = [];
    queued = 0;
  };
  return {
    restart() {
      whole = true;
      clear();
    },
    follow: (onChange) =>
      topic.onDidChange((change) => {
        if (!whole) {
          queue.push(change);
          queued += change.put.length + change.drop.length;
          if (queued > bound) {
            onMerged(queued);
            whole = true;
            clear();
          } else if (entry.delivery === 'latest' && queue.length > 1) {
            queue = merge(queue);
            queued = queue[0]!.put.length + queue[0]!.drop.length;
            onMerged(1);
          }
        }
        onChange();
      }),
    take() {
      if (whole) {
        whole = false;
        return { kind: 'snapshot', data: topic.rows() };
      }
      if (queue.length === 0) return null;
      const data = queue;
      clear();
      return { kind: 'delta', data };
    },
  };
};

const pendingValue = (topic: Extract<StationTopic, { get(): unknown }>, onMerged: (count: number) => void): Pending => {
  let state: 'whole' | 'changed' | 'sent' = 'whole';
  return {
    restart: () => void (state = 'whole'),
    follow: (onChange) =>
      topic.onDidChange(() => {
        if (state === 'changed') onMerged(1);
        if (state === 'sent') state = 'changed';
        onChange();
      }),
    take() {
      if (state === 'sent') return null;
      const kind = state === 'whole' ? 'snapshot' : 'delta';
      state = 'sent';
      return { kind, data: topic.get() };
    },
  };
};

const pendingSeries = (entry: Extract<Entry, { verb: 'series' }>, topic: Extract<StationTopic, { snapshot(): unknown }>, onMerged: (count: number) => void): Pending => {
  let whole = false;
  let queue: Columns<string>[] = [];
  const key = entry.columns[0];
  return {
    restart() {
      whole = true;
      queue = [];
    },
    follow: (onChange) =>
      topic.onDidAppend((columns) => {
        if (!whole) {
          queue.push(columns);
          if (queue.length > 8) {
            queue = [mergeColumns(queue, entry.columns, key)];
            onMerged(1);
          }
        }
        onChange();
      }),
    take() {
      if (whole) {
        whole = false;
        return { kind: 'snapshot', data: topic.snapshot() };
      }
      if (queue.length === 0) return null;
      const data = queue.length === 1 ? queue[0] : mergeColumns(queue, entry.columns, key);
      queue = [];
      return { kind: 'delta', data };
    },
  };
};

/** The newest row of each key, in order of the keys' first appearance. */
const mergeColumns = (parts: readonly Columns<string>[], names: readonly string[], key: string): Columns<string> => {
  const newest = new Map<number, readonly [part: number, row: number]>();
  parts.forEach((part, index) => part[key]?.forEach((each, row) => newest.set(each, [index, row])));
  const picked = [...newest.values()];
  return Object.fromEntries(names.map((name) => [name, Float64Array.from(picked, ([part, row]) => parts[part]?.[name]?.[row] ?? Number.NaN)]));
};

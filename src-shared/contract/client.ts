import { createEmitter, createValue, disposable, type Clock, type Columns, type Disposable, type Listen, type Port, type Refusal, type Result, type TableChange, type Value } from '../kernel/index.ts';
import type { Actor, BridgeRefusalCode, ColumnsOf, InputOf, KeyOf, OutputOf, RefusalOf, RowOf, ValueOf } from './define.ts';
import { contractHash, entries, type EntryAt, type NameOf, type StationFrame } from './wire.ts';

/**
 * The client's end of the contract over any Port. It keeps disposable copies of what is watched; the truth is the station's.
 * A copy survives a lost port and is refilled after `attach`; until then `state` says `lost` and everything shown is stale.
 */
export type Client = Disposable & {
  /** Starts or resumes over a new port: says hello, watches again what is watched. Calls under way on the old port are refused `Disconnected`. */
  attach(port: Port): void;
  readonly state: Pick<Value<LinkState>, 'get' | 'onDidChange'>;
  /** Who acts through this client now, as the station sees it. */
  readonly actor: Pick<Value<Actor | null>, 'get' | 'onDidChange'>;
  /** Reads. Rejects with a `CallRefused`. */
  query<N extends NameOf<'query'>>(name: N, input: QueryInput<N>): Promise<OutputOf<EntryAt<N>>>;
  /** Changes. Never rejects; a retry with the same `commandId` takes effect once. */
  command<N extends NameOf<'command'>>(name: N, input: QueryInput<N>, commandId: string): Promise<Result<OutputOf<EntryAt<N>>, RefusalOf<EntryAt<N>> | Refusal<BridgeRefusalCode>>>;
  /** Watches; several watchers of one topic share one copy. Dispose each. */
  table<N extends NameOf<'table'>>(name: N): TableCopy<KeyOf<EntryAt<N>>, RowOf<EntryAt<N>>>;
  value<N extends NameOf<'value'>>(name: N): ValueCopy<ValueOf<EntryAt<N>>>;
  series<N extends NameOf<'series'>>(name: N): SeriesCopy<ColumnsOf<EntryAt<N>>>;
  /** Station time minus ours at the last beat, ms. */
  readonly clockOffset: number;
  /** Announced for each beat of the station (once a second). */
  readonly onDidBeat: Listen<number>;
};
type QueryInput<N extends string> = EntryAt<N> extends { input: { _zod: { input: infer I } } } ? I : InputOf<EntryAt<N>>;

/** `outdated`: the station speaks another contract; reload. */
export type LinkState = 'connecting' | 'live' | 'lost' | 'outdated';
export type TableCopy<K extends string | number, R> = Disposable & { readonly rows: ReadonlyMap<K, R>; /** Whether a first snapshot has come. */ readonly filled: boolean; readonly onDidChange: Listen<TableChange<K, R>> };
export type ValueCopy<T> = Disposable & { get(): T | undefined; readonly onDidChange: Listen<T> };
export type SeriesCopy<C> = Disposable & { readonly onDidAppend: Listen<C> };

/** A query that the station refused or that lost its port. */
export class CallRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.text.en}`);
    this.refusal = refusal;
  }
}

const DISCONNECTED: Refusal<'Disconnected'> = { code: 'Disconnected', text: { zh: '与站点的连接已中断', en: 'The link to the station is down' } };

type Copy = { readonly id: number; readonly name: string; version: number; watchers: number; snapshot(data: unknown): void; delta(data: unknown): void; readonly face: unknown };

export const createClient = ({ name, token, clock }: { readonly name: string; readonly token?: () => string | null; readonly clock: Pick<Clock, 'now'> }): Client => {
  const state = createValue<LinkState>('connecting');
  const actor = createValue<Actor | null>(null);
  const beats = createEmitter<number>();
  const copies = new Map<string, Copy>();
  const calls = new Map<number, (result: Result<unknown>) => void>();
  let port: Port | null = null;
  let listening: Disposable[] = [];
  let nextId = 1;
  let clockOffset = 0;

  const release = () => {
    for (const item of listening.splice(0)) item[Symbol.dispose]();
    port = null;
    for (const answer of calls.values()) answer({ ok: false, refusal: DISCONNECTED });
    calls.clear();
  };

  const receive = (frame: StationFrame) => {
    switch (frame.type) {
      case 'welcome':
        clockOffset = frame.at - clock.now();
        actor.set(frame.actor);
        state.set('live');
        for (const copy of copies.values()) port?.send({ type: 'watch', id: copy.id, name: copy.name });
        return;
      case 'outdated':
        return state.set('outdated');
      case 'reply':
        calls.get(frame.id)?.(frame.ok ? { ok: true, value: frame.value } : { ok: false, refusal: frame.refusal });
        calls.delete(frame.id);
        return;
      case 'beat':
        clockOffset = frame.at - clock.now();
        return beats.emit(frame.at);
      case 'snapshot':
      case 'delta': {
        const copy = [...copies.values()].find((each) => each.id === frame.id);
        if (copy === undefined) return;
        if (frame.type === 'snapshot') {
          copy.version = frame.version;
          copy.snapshot(frame.data);
        } else if (frame.from === copy.version) {
          copy.version = frame.to;
          copy.delta(frame.data);
        } else {
          return port?.send({ type: 'watch', id: copy.id, name: copy.name });
        }
        port?.send({ type: 'ack', id: copy.id, version: copy.version });
      }
    }
  };

  const call = (callName: string, input: unknown, commandId?: string) =>
    new Promise<Result<unknown>>((resolve) => {
      if (port === null || state.get() !== 'live') return resolve({ ok: false, refusal: DISCONNECTED });
      const id = nextId++;
      calls.set(id, resolve);
      port.send(commandId === undefined ? { type: 'call', id, name: callName, input } : { type: 'call', id, name: callName, input, commandId });
    });

  const share = (topic: string, make: () => Pick<Copy, 'snapshot' | 'delta' | 'face'>): Disposable & { readonly face: unknown } => {
    let copy = copies.get(topic);
    if (copy === undefined) {
      copy = { id: nextId++, name: topic, version: -1, watchers: 0, ...make() };
      copies.set(topic, copy);
      if (state.get() === 'live') port?.send({ type: 'watch', id: copy.id, name: topic });
    }
    const shared = copy;
    shared.watchers += 1;
    return {
      face: shared.face,
      ...disposable(() => {
        shared.watchers -= 1;
        if (shared.watchers > 0) return;
        copies.delete(topic);
        port?.send({ type: 'unwatch', id: shared.id });
      }),
    };
  };

  return {
    state,
    actor,
    onDidBeat: beats.listen,
    get clockOffset() {
      return clockOffset;
    },
    attach(next) {
      release();
      port = next;
      if (state.get() !== 'connecting') state.set('connecting');
      listening = [
        next.onFrame((frame) => receive(frame as StationFrame)),
        next.onClose(() => {
          if (port !== next) return;
          release();
          if (state.get() !== 'outdated') state.set('lost');
        }),
      ];
      next.send({ type: 'hello', contract: contractHash(), client: name, token: token?.() ?? null });
    },
    async query(callName, input) {
      const result = await call(callName, input);
      if (!result.ok) throw new CallRefused(result.refusal);
      return result.value as never;
    },
    async command(callName, input, commandId) {
      const result = await call(callName, input, commandId);
      if (result.ok && callName === 'security.signIn') actor.set(actorOf(result.value));
      if (result.ok && callName === 'security.signOut') actor.set(null);
      return result as never;
    },
    table(topic) {
      const { face, ...end } = share(topic, makeTable(topic));
      return withDispose(face, end) as never;
    },
    value(topic) {
      const { face, ...end } = share(topic, makeValue);
      return withDispose(face, end) as never;
    },
    series(topic) {
      const { face, ...end } = share(topic, makeSeries(topic));
      return withDispose(face, end) as never;
    },
    [Symbol.dispose]() {
      port?.close();
      release();
      copies.clear();
    },
  };
};

const actorOf = (identity: unknown): Actor => {
  const { id, name, role } = identity as Actor;
  return { id, name, role };
};

/** A face of a shared copy that ends only its own watching; getters stay live through the prototype. */
const withDispose = (face: unknown, end: object) => Object.assign(Object.create(face as object) as object, end);

const makeTable = (topic: string) => () => {
  const entry = entries.get(topic);
  const keyOf = entry?.verb === 'table' ? entry.keyOf : 'id';
  type Row = Record<string, string | number>;
  const rows = new Map<string | number, Row>();
  const changed = createEmitter<TableChange<string | number, Row>>();
  let filled = false;
  const key = (row: Row) => row[keyOf] ?? '';
  return {
    face: {
      rows,
      get filled() {
        return filled;
      },
      onDidChange: changed.listen,
    },
    snapshot(data: unknown) {
      const fresh = new Map((data as Row[]).map((row) => [key(row), row]));
      const drop = [...rows.keys()].filter((each) => !fresh.has(each));
      rows.clear();
      for (const [each, row] of fresh) rows.set(each, row);
      filled = true;
      changed.emit({ put: [...fresh.values()], drop });
    },
    delta(data: unknown) {
      for (const change of data as TableChange<string | number, Row>[]) {
        for (const each of change.drop) rows.delete(each);
        for (const row of change.put) rows.set(key(row), row);
        changed.emit(change);
      }
    },
  };
};

const makeValue = () => {
  let current: unknown;
  const changed = createEmitter<unknown>();
  const set = (data: unknown) => {
    current = data;
    changed.emit(data);
  };
  return { face: { get: () => current, onDidChange: changed.listen }, snapshot: set, delta: set };
};

/** Keeps the newest row of each key, so that a late watcher of a shared copy starts complete. */
const makeSeries = (topic: string) => () => {
  const entry = entries.get(topic);
  const names = entry?.verb === 'series' ? entry.columns : [];
  const newest = new Map<number, readonly number[]>();
  const appended = createEmitter<Columns<string>>();
  const add = (columns: Columns<string>) => {
    const keys = columns[names[0] ?? ''] ?? new Float64Array(0);
    for (let row = 0; row < keys.length; row += 1) newest.set(keys[row] ?? 0, names.map((each) => columns[each]?.[row] ?? Number.NaN));
    appended.emit(columns);
  };
  const all = (): Columns<string> => {
    const rows = [...newest.values()];
    return Object.fromEntries(names.map((each, index) => [each, Float64Array.from(rows, (row) => row[index] ?? Number.NaN)]));
  };
  return {
    face: {
      onDidAppend: (listener: (columns: Columns<string>) => void) => {
        if (newest.size > 0) listener(all());
        return appended.listen(listener);
      },
    },
    /** What the station does not know any more is NaN from now on: keys of another plant model must not show what stood there before. */
    snapshot(data: unknown) {
      const columns = data as Columns<string>;
      const told = new Set(columns[names[0] ?? '']);
      const gone = Float64Array.from([...newest.keys()].filter((key) => !told.has(key)));
      newest.clear();
      if (gone.length > 0) appended.emit(Object.fromEntries(names.map((each, index) => [each, index === 0 ? gone : new Float64Array(gone.length).fill(Number.NaN)])));
      add(columns);
    },
    delta: (data: unknown) => add(data as Columns<string>),
  };
};

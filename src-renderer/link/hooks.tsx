import { createContext, use, useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Actor } from '../../src-shared/contract/index.ts';
import type { Refusal } from '../../src-shared/kernel/index.ts';
import type { PlantModel, Tag } from '../../src-shared/plant/index.ts';
import type { Link, LinkStatus } from './link.ts';
import type { ColumnNamed, InputNamed, KeyNamed, OutputNamed, QueryName, RowNamed, SeriesName, TableName, ValueName, ValueNamed } from './names.ts';
import { createPlantIndex, type PlantIndex } from './plantIndex.ts';

const LinkContext = createContext<Link | null>(null);
const PlantContext = createContext<PlantIndex | null>(null);

/** Gives the link to everything below. */
export const LinkProvider = ({ link, children }: { readonly link: Link; readonly children: ReactNode }) => <LinkContext value={link}>{children}</LinkContext>;

/** Gives the plant model, indexed; everything below may take it as known. */
export const PlantProvider = ({ plant, children }: { readonly plant: PlantModel; readonly children: ReactNode }) => {
  const index = useMemo(() => createPlantIndex(plant), [plant]);
  return <PlantContext value={index}>{children}</PlantContext>;
};

export const useLink = (): Link => {
  const link = use(LinkContext);
  if (link === null) throw new Error('no LinkProvider above');
  return link;
};

/** The plant model with look-ups by id; loaded before any screen is shown. */
export const usePlant = (): PlantIndex => {
  const plant = use(PlantContext);
  if (plant === null) throw new Error('no PlantProvider above');
  return plant;
};

type Subscribable = { subscribe(listener: () => void): Disposable };
const useStore = <T,>(store: Subscribable, get: () => T): T => {
  const subscribe = useCallback(
    (listener: () => void) => {
      const subscription = store.subscribe(listener);
      return () => subscription[Symbol.dispose]();
    },
    [store],
  );
  return useSyncExternalStore(subscribe, get);
};

/** All rows of a table topic; renders on every change of the table. */
export const useTable = <N extends TableName>(name: N): readonly RowNamed<N>[] => {
  const store = useLink().table(name);
  return useStore(store, store.rows);
};

/** Whether the first snapshot of the table has come; before that an empty list means nothing. */
export const useTableReady = (name: TableName): boolean => {
  const store = useLink().table(name);
  return useStore(store, store.ready);
};

/** One row; renders only when that row changes. */
export const useRow = <N extends TableName>(name: N, key: KeyNamed<N>): RowNamed<N> | undefined => {
  const store = useLink().table(name);
  const subscribe = useCallback(
    (listener: () => void) => {
      const subscription = store.subscribeKey(key, listener);
      return () => subscription[Symbol.dispose]();
    },
    [store, key],
  );
  return useSyncExternalStore(subscribe, () => store.get(key));
};

export const useValue = <N extends ValueName>(name: N): ValueNamed<N> | undefined => {
  const store = useLink().value(name);
  return useStore(store, store.get);
};

/** One number of a series topic; renders when it changes. For many numbers read the store in a frame loop instead. */
export const useSeriesLatest = <N extends SeriesName>(name: N, column: ColumnNamed<N>, key: number): number => {
  const store = useLink().series(name);
  const subscribe = useCallback(
    (listener: () => void) => {
      const subscription = store.subscribeKey(key, listener);
      return () => subscription[Symbol.dispose]();
    },
    [store, key],
  );
  return useSyncExternalStore(subscribe, () => store.column(column)[key] ?? Number.NaN);
};

/** The newest sample of one tag by its id; NaN before the first. */
export const useSample = (tag: Tag | string): { readonly value: number; readonly at: number; readonly quality: number } => {
  const index = usePlant().tagIndex(typeof tag === 'string' ? tag : tag.id);
  return { value: useSeriesLatest('values.live', 'value', index), at: useSeriesLatest('values.live', 'at', index), quality: useSeriesLatest('values.live', 'quality', index) };
};

export const useLinkStatus = (): LinkStatus => {
  const { status } = useLink();
  return useStore(status, status.get);
};

/** Who acts through this window; null when nobody is signed in. */
export const useActor = (): Actor | null => {
  const { actor } = useLink();
  return useStore(actor, actor.get) ?? null;
};

export type Answer<T> = { readonly state: 'asking' } | { readonly state: 'answered'; readonly value: T } | { readonly state: 'refused'; readonly refusal: Refusal };

/** Asks when shown, whenever the input changes and whenever the link comes back; `null` asks nothing. The last answer stays until the next one. */
export const useQuery = <N extends QueryName>(name: N, input: InputNamed<N> | null, again = 0): Answer<OutputNamed<N>> => {
  const link = useLink();
  const live = useLinkStatus().phase === 'live';
  const key = input === null ? null : JSON.stringify(input);
  const [answer, setAnswer] = useState<Answer<OutputNamed<N>>>({ state: 'asking' });
  useEffect(() => {
    if (key === null || !live) return undefined;
    let wanted = true;
    void link.query(name, JSON.parse(key) as InputNamed<N>).then((result) => {
      if (!wanted) return;
      setAnswer(result.ok ? { state: 'answered', value: result.value } : { state: 'refused', refusal: result.refusal });
    });
    return () => {
      wanted = false;
    };
  }, [link, live, name, key, again]);
  return answer;
};

/** Counts up every `everyMs`: for figures that are counted from a series now and then, not on every batch. */
export const useTick = (everyMs: number): number => Math.floor(useNow(everyMs) / everyMs);

/** Who waits for each beat, by its milliseconds: one timer for all of them, however many rows of a list show an age. */
const beats = new Map<number, Set<() => void>>();
const onBeat = (everyMs: number, listener: () => void): (() => void) => {
  const own = () => listener();
  const known = beats.get(everyMs);
  if (known !== undefined) known.add(own);
  else {
    const listeners = new Set([own]);
    beats.set(everyMs, listeners);
    const timer = setInterval(() => {
      for (const each of [...listeners]) each();
      if (listeners.size > 0) return;
      clearInterval(timer);
      beats.delete(everyMs);
    }, everyMs);
  }
  return () => void beats.get(everyMs)?.delete(own);
};

/** Station time, UTC ms, refreshed every `everyMs` on the beat of the page's timers. */
export const useNow = (everyMs = 1_000): number => {
  const link = useLink();
  const subscribe = useCallback((listener: () => void) => onBeat(everyMs, listener), [everyMs]);
  return useSyncExternalStore(subscribe, () => Math.floor(link.now() / everyMs) * everyMs);
};

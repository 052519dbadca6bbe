import type { Actor } from '../../src-shared/contract/index.ts';
import type { Clock, Disposable, Refusal, Result } from '../../src-shared/kernel/index.ts';
import type { ColumnNamed, CommandName, InputNamed, KeyNamed, OutcomeNamed, OutputNamed, QueryName, RowNamed, SeriesName, TableName, ValueName, ValueNamed } from './names.ts';
import type { SeriesStore } from './seriesStore.ts';
import type { TableStore } from './tableStore.ts';
import type { ValueStore } from './valueStore.ts';

/**
 * `connecting` only before the first welcome; later a missing station is `lost` until it is `live` again.
 * `outdated`: the station speaks another contract and the page must reload.
 */
export type LinkPhase = 'connecting' | 'live' | 'lost' | 'outdated';
export type LinkStatus = { readonly phase: LinkPhase; /** Station time of the change, UTC ms. */ readonly since: number; /** Failed attempts since the link was last live. */ readonly attempts: number };

/**
 * Everything a screen knows of the station. A topic is watched from its first use to the end of the page and comes back by
 * itself after a lost connection; its store keeps the last known rows meanwhile.
 */
export type Link = Disposable & {
  readonly status: { get(): LinkStatus; subscribe(listener: () => void): Disposable };
  readonly actor: ValueStore<Actor | null>;
  /** Milliseconds since the last beat arrived, by the page's monotonic clock; for the frozen-view guard. */
  lastBeatAgoMs(): number;
  table<N extends TableName>(name: N): TableStore<KeyNamed<N>, RowNamed<N>>;
  value<N extends ValueName>(name: N): ValueStore<ValueNamed<N>>;
  series<N extends SeriesName>(name: N): SeriesStore<ColumnNamed<N>>;
  /** Reads; the refusal of a failed one is returned, not thrown. */
  query<N extends QueryName>(name: N, input: InputNamed<N>): Promise<Result<OutputNamed<N>, Refusal>>;
  /** Changes. Safe to retry: one call is one command id. */
  command<N extends CommandName>(name: N, input: InputNamed<N>): Promise<OutcomeNamed<N>>;
  /** The station's UTC ms now, estimated from its beats. */
  now(): number;
  /** The page's timers with the station's time. */
  readonly clock: Clock;
};

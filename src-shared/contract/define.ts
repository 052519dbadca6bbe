import { z } from 'zod';
import type { Columns, Refusal, Result, Series, Table, Text, Value } from '../kernel/index.ts';

/**
 * What may cross between the station and its clients: three verbs. A `query` reads; a `command` changes (with a permission
 * and a ledger entry, safe to retry under the same commandId); a topic is something to watch, in three shapes: `table`,
 * `value` and `series`. Delivery `latest` merges by key while a client is slow; `lossless` queues to a bound.
 */
export type QueryEntry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = { readonly verb: 'query'; readonly input: I; readonly output: O };
export type CommandEntry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, C extends string = string> = {
  readonly verb: 'command';
  readonly input: I;
  readonly output: O;
  readonly refusals: readonly C[];
  readonly needs: Permission;
  /** Runs even when the ledger cannot write; a fault is raised then. */
  readonly emergency: boolean;
  /** Input fields that are never written to the ledger or a log. */
  readonly secret: readonly string[];
};
export type TableEntry<K extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = { readonly verb: 'table'; readonly key: K; readonly keyOf: string; readonly row: R; readonly delivery: Delivery };
/** A value is always delivered `latest`. */
export type ValueEntry<V extends z.ZodType = z.ZodType> = { readonly verb: 'value'; readonly value: V };
export type SeriesEntry<C extends string = string> = { readonly verb: 'series'; readonly columns: readonly [C, ...C[]] };
export type Entry = QueryEntry | CommandEntry | TableEntry | ValueEntry | SeriesEntry;
export type Delivery = 'latest' | 'lossless';

/** What a person may do; roles map to sets of these. */
export const Permission = z.enum([
  'session', 'alarm.acknowledge', 'alarm.shelve', 'incident.manage', 'emergency.command', 'hazard.report', 'hazard.manage', 'model.manage', 'feed.manage', 'site.configure',
]);
export type Permission = z.infer<typeof Permission>;

export const query = <I extends z.ZodType, O extends z.ZodType>(entry: { input: I; output: O }): QueryEntry<I, O> => ({ verb: 'query', ...entry });

export const command = <I extends z.ZodType, O extends z.ZodType, const C extends string>(entry: { input: I; output: O; refusals: readonly C[]; needs: Permission; emergency?: boolean; secret?: readonly string[] }): CommandEntry<I, O, C> => ({
  verb: 'command',
  emergency: false,
  secret: [],
  ...entry,
});

export const table = <K extends z.ZodType, S extends z.ZodRawShape, const F extends keyof S & string>(entry: { key: K; keyOf: F; row: z.ZodObject<S>; delivery: Delivery }): TableEntry<K, z.ZodObject<S>> => ({ verb: 'table', ...entry });

export const value = <V extends z.ZodType>(entry: { value: V }): ValueEntry<V> => ({ verb: 'value', ...entry });

export const series = <const C extends string>(entry: { columns: readonly [C, ...C[]] }): SeriesEntry<C> => ({ verb: 'series', ...entry });

export const contract = <N extends string, E extends Record<string, Entry>>(name: N, entries: E): E & { readonly $name: N } => Object.assign({}, entries, { $name: name } as const);

/** Who asks and under which command. `actor` is null for a display nobody signed in to; such a session can only read. A `session` command without one gets `NOBODY`. */
export type CallContext = { readonly actor: Actor | null; readonly commandId: string; readonly at: number };
export type Actor = { readonly id: string; readonly name: string; readonly role: string };
export const NOBODY: Actor = { id: 'nobody', name: 'nobody', role: 'none' };

export type InputOf<E> = E extends { input: infer I extends z.ZodType } ? z.infer<I> : never;
export type OutputOf<E> = E extends { output: infer O extends z.ZodType } ? z.infer<O> : never;
export type RowOf<E> = E extends { row: infer R extends z.ZodType } ? z.infer<R> : never;
export type KeyOf<E> = E extends { key: infer K extends z.ZodType } ? Extract<z.infer<K>, string | number> : never;
export type ValueOf<E> = E extends { value: infer V extends z.ZodType } ? z.infer<V> : never;
export type RefusalOf<E> = E extends CommandEntry<z.ZodType, z.ZodType, infer C> ? Refusal<C> : never;
export type ColumnsOf<E> = E extends SeriesEntry<infer C> ? Columns<C> : never;

/** The server side of one entry. A module's handlers give one for each entry of its contract: a missing one does not compile. */
export type Handler<E> = E extends QueryEntry
  ? (input: InputOf<E>, context: CallContext) => OutputOf<E> | Promise<OutputOf<E>>
  : E extends CommandEntry
    ? (input: InputOf<E>, context: CallContext & { readonly actor: Actor }) => Result<OutputOf<E>, RefusalOf<E>> | Promise<Result<OutputOf<E>, RefusalOf<E>>>
    : E extends TableEntry
      ? Pick<Table<KeyOf<E>, RowOf<E>>, 'rows' | 'onDidChange'>
      : E extends ValueEntry
        ? Pick<Value<ValueOf<E>>, 'get' | 'onDidChange'>
        : E extends SeriesEntry<infer C>
          ? Series<C>
          : never;
export type Handlers<M> = { readonly [K in Exclude<keyof M, '$name'>]: Handler<M[K]> };

/** Refusals that the bridge itself can give to any call. */
export type BridgeRefusalCode = 'BadInput' | 'UnknownName' | 'NotSignedIn' | 'NotPermitted' | 'LedgerDown' | 'Failed' | 'Disconnected';

export const LocalText = z.object({ zh: z.string(), en: z.string() });
export const UtcMs = z.number();
export const Id = z.string().min(1).max(80);
export const Nothing = z.strictObject({});
export const PointXy = z.tuple([z.number(), z.number()]);
export const PointXyz = z.tuple([z.number(), z.number(), z.number()]);
export const Floats = z.instanceof(Float64Array);
export type { Text };

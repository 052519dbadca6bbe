import type { ColumnsOf, InputOf, KeyOf, OutputOf, RefusalOf, RowOf, ValueOf, BridgeRefusalCode } from '../../src-shared/contract/index.ts';
import type { EntryAt, NameOf } from '../../src-shared/contract/wire.ts';
import type { Refusal, Result } from '../../src-shared/kernel/index.ts';

export type TableName = NameOf<'table'>;
export type ValueName = NameOf<'value'>;
export type SeriesName = NameOf<'series'>;
export type QueryName = NameOf<'query'>;
export type CommandName = NameOf<'command'>;

export type RowNamed<N extends TableName> = RowOf<EntryAt<N>>;
export type KeyNamed<N extends TableName> = KeyOf<EntryAt<N>>;
export type ValueNamed<N extends ValueName> = ValueOf<EntryAt<N>>;
export type ColumnNamed<N extends SeriesName> = keyof ColumnsOf<EntryAt<N>> & string;
/** What a caller gives: fields with a default may be left out. */
export type InputNamed<N extends QueryName | CommandName> = EntryAt<N> extends { input: { _zod: { input: infer I } } } ? I : InputOf<EntryAt<N>>;
export type OutputNamed<N extends QueryName | CommandName> = OutputOf<EntryAt<N>>;
export type OutcomeNamed<N extends CommandName> = Result<OutputNamed<N>, RefusalOf<EntryAt<N>> | Refusal<BridgeRefusalCode>>;

import type { Actor, Anlan, CallContext, Entry, Handlers, Permission } from '../../src-shared/contract/index.ts';
import type { Columns, Listen, Result, TableChange } from '../../src-shared/kernel/index.ts';

export type { Entry };

/** What the station hands to the bridge: the handlers of every module, by name. A module left out does not compile. */
export type AllHandlers = { readonly [M in keyof Anlan]: Handlers<Anlan[M]> };

/** Handlers as the bridge sees them once the input has been parsed: the types were proved where they were written. */
export type StationTopic =
  | { rows(): readonly unknown[]; readonly onDidChange: Listen<TableChange<string | number, unknown>> }
  | { get(): unknown; readonly onDidChange: Listen<unknown> }
  | { snapshot(): Columns<string>; readonly onDidAppend: Listen<Columns<string>> };
export type StationCall = (input: unknown, context: CallContext) => unknown | Promise<unknown>;
export type StationCommand = (input: unknown, context: CallContext & { readonly actor: Actor }) => Result<unknown> | Promise<Result<unknown>>;

/** What the bridge needs of the security module; `acts`: for a command. */
export type Authenticate = (token: string, acts: boolean) => (Actor & { readonly permissions: readonly Permission[] }) | null;

/** What the bridge needs of the ledger. `append` throws when the disk refuses. */
export type BridgeLedger = { append(entry: { readonly actor: string; readonly kind: string; readonly subject: string; readonly body: unknown }): unknown };

/** Who is at the other end of a port. */
export type ClientInfo = { readonly transport: 'websocket' | 'messageport' | 'memory'; readonly window?: string };

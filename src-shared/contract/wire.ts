import { z } from 'zod';
import type { Refusal } from '../kernel/index.ts';
import type { Actor, Entry } from './define.ts';
import { anlan, type Anlan } from './index.ts';

/** The frames on a Port. The client's are hostile until parsed; the station's are trusted by the client. */
export const ClientFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), contract: z.string(), client: z.string().max(80), token: z.string().max(200).nullable() }),
  z.strictObject({ type: z.literal('call'), id: z.int(), name: z.string().max(80), input: z.unknown(), commandId: z.string().min(1).max(80).optional() }),
  z.strictObject({ type: z.literal('watch'), id: z.int(), name: z.string().max(80) }),
  z.strictObject({ type: z.literal('unwatch'), id: z.int() }),
  z.strictObject({ type: z.literal('ack'), id: z.int(), version: z.int() }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export type StationFrame =
  | { readonly type: 'welcome'; readonly contract: string; readonly station: string; readonly at: number; readonly actor: Actor | null }
  /** The client speaks another contract: it must reload itself. */
  | { readonly type: 'outdated'; readonly contract: string }
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly refusal: Refusal }
  /** A table gives rows, a value itself, a series columns. */
  | { readonly type: 'snapshot'; readonly id: number; readonly version: number; readonly data: unknown }
  /** A table gives a list of changes in order, a value itself, a series columns. */
  | { readonly type: 'delta'; readonly id: number; readonly from: number; readonly to: number; readonly data: unknown }
  /** Once a second; a client that misses three shows that it is frozen or cut off. */
  | { readonly type: 'beat'; readonly at: number };

type NamesOf<M extends keyof Anlan, Verb extends Entry['verb']> = { [N in Exclude<keyof Anlan[M], '$name'> & string]: Anlan[M][N] extends { verb: Verb } ? `${M}.${N}` : never }[Exclude<keyof Anlan[M], '$name'> & string];
/** Names such as `alarms.acknowledge`, by verb. */
export type NameOf<Verb extends Entry['verb']> = { [M in keyof Anlan]: NamesOf<M, Verb> }[keyof Anlan];
export type EntryAt<Name extends string> = Name extends `${infer M extends keyof Anlan}.${infer N}` ? (N extends keyof Anlan[M] ? Anlan[M][N] : never) : never;

/** Every entry of the contract under its full name. */
export const entries: ReadonlyMap<string, Entry> = new Map(
  Object.entries(anlan).flatMap(([module, content]) => Object.entries(content).flatMap(([name, entry]) => (typeof entry === 'string' ? [] : [[`${module}.${name}`, entry as Entry] as const]))),
);

/** A short digest of the contract's shape: two sides with the same digest understand each other. */
export const contractHash = (): string => (known ??= digest());
let known: string | undefined;

const digest = () => {
  const shape = [...entries].map(([name, entry]) => [name, entry.verb, ...Object.values(entry).map((part) => (part instanceof z.ZodType ? z.toJSONSchema(part, { unrepresentable: 'any' }) : part))]);
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const character of JSON.stringify(shape)) {
    const code = character.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 0x01000193) >>> 0;
    b = Math.imul(b + code, 0x85ebca6b) >>> 0;
  }
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
};

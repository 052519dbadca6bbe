import type { Text } from './text.ts';

/** What a person can cause and mend: returned, never thrown. `field` is the path of the offending input, if one is. */
export type Refusal<Code extends string = string> = {
  readonly code: Code;
  readonly field?: string;
  readonly text: Text;
};

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refused<R extends Refusal = Refusal> = { readonly ok: false; readonly refusal: R };
export type Result<T, R extends Refusal = Refusal> = Ok<T> | Refused<R>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export const refuse = <Code extends string>(code: Code, text: Text, field?: string): Refused<Refusal<Code>> => ({
  ok: false,
  refusal: field === undefined ? { code, text } : { code, text, field },
});

/** The value of a result that the caller knows to be ok; throws a bug otherwise. */
export const unwrap = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.text.en}`);
  return result.value;
};

import { MINUTE, type UtcMs } from '../../../../src-shared/kernel/index.ts';

/** Wrong pins in a row, and until when no further one is looked at. */
export type Attempts = { readonly failures: number; readonly lockedUntil: UtcMs };

export const NO_FAILURES: Attempts = { failures: 0, lockedUntil: 0 };
export const MAX_FAILURES = 5;
const MAX_LOCK_MS = 15 * MINUTE;

/** One wrong pin more. From the fifth on each locks: 1 min, 2, 4, 8, then 15 min. */
export const afterFailure = ({ failures }: Attempts, now: UtcMs): Attempts => {
  const count = failures + 1;
  return { failures: count, lockedUntil: count < MAX_FAILURES ? 0 : now + Math.min(MINUTE * 2 ** (count - MAX_FAILURES), MAX_LOCK_MS) };
};

/** Milliseconds for which sign-in stays closed; bounded, so that a clock set back locks nobody out for long. */
export const lockedFor = ({ lockedUntil }: Attempts, now: UtcMs): number => Math.min(Math.max(0, lockedUntil - now), MAX_LOCK_MS);

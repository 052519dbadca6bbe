import type { Clock, Disposable } from '../../src-shared/kernel/index.ts';

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A page that lived this long is sound again: the next failure starts from the first delay. */
const SOUND_AFTER_MS = 60_000;

/** Brings back a page that died, at once at first, ever slower while it keeps dying. Several reports of one death are one. */
export const createRecovery = (clock: Clock, revive: () => void): Disposable & { /** Says how long it waits, ms; null when it waits already. */ failed(): number | null } => {
  let delay = FIRST_MS;
  let bornAt = clock.monotonic();
  let waiting: Disposable | null = null;
  return {
    failed() {
      if (waiting !== null) return null;
      if (clock.monotonic() - bornAt > SOUND_AFTER_MS) delay = FIRST_MS;
      const chosen = delay;
      delay = Math.min(delay * 2, LONGEST_MS);
      waiting = clock.after(chosen, () => {
        waiting = null;
        bornAt = clock.monotonic();
        revive();
      });
      return chosen;
    },
    [Symbol.dispose]() {
      waiting?.[Symbol.dispose]();
    },
  };
};

import { MINUTE, type UtcMs } from '../../../../src-shared/kernel/index.ts';

/** ISA-18.2 §16.5.3: a flood begins with more than ten new alarms in ten minutes and ends with fewer than five. */
export const FLOOD_WINDOW_MS = 10 * MINUTE;
const BEGINS_ABOVE = 10;
const ENDS_BELOW = 5;

/** Counts new alarms in the last ten minutes. Times are ours and ascending; a clock set back empties the window. */
export const createFlood = (raised: readonly UtcMs[] = []): { raise(at: UtcMs): void; at(now: UtcMs): { readonly rate: number; readonly isFlood: boolean } } => {
  let times = [...raised];
  let isFlood = false;
  return {
    raise: (at) => void times.push(at),
    at(now) {
      if (times.length > 0) times = times.filter((time) => time > now - FLOOD_WINDOW_MS && time <= now);
      isFlood = isFlood ? times.length >= ENDS_BELOW : times.length > BEGINS_ABOVE;
      return { rate: times.length, isFlood };
    },
  };
};

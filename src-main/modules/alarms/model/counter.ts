import type { UtcMs } from '../../../../src-shared/kernel/index.ts';
import { isPresent } from './condition.ts';

/** How often a value has exceeded a limit within a time; source times ascending. */
export type Counter = {
  next(at: UtcMs, value: number): number;
  /** When fewer than `times` will be left if none comes; -Infinity when there were fewer at the last sample. */
  endsAt(times: number): UtcMs;
};

/** An exceedance begins at `limit` and ends beyond the deadband: a value that trembles at the limit counts once. */
export const createCounter = ({ limit, deadband, withinS }: { readonly limit: number; readonly deadband: number; readonly withinS: number }): Counter => {
  const window = withinS * 1_000;
  let isAbove = false;
  let begun: UtcMs[] = [];
  return {
    next(time, value) {
      const was = isAbove;
      isAbove = isPresent({ kind: 'HI', limit, deadband }, was, value);
      if (isAbove && !was) begun.push(time);
      if (begun.length > 0 && begun[0]! <= time - window) begun = begun.filter((each) => each > time - window);
      return begun.length;
    },
    endsAt: (times) => (begun.length < times ? -Infinity : begun[begun.length - times]! + window),
  };
};

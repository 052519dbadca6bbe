import type { UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { AlarmSetting } from '../../../../src-shared/plant/index.ts';
import { createCounter } from './counter.ts';
import { createSlope } from './slope.ts';

/** What an alarm watches where that is not the value itself. */
export type Watch = {
  /** What is watched after a sample; NaN when it cannot be told. Source times ascending, values no NaN. */
  next(at: UtcMs, value: number): number;
  /** When the condition ends by time alone; Infinity where only a sample can end it. Asked while it is present. */
  endsAt(): UtcMs;
};

/** Null for the kinds that watch the value. `setpoint` gives the set point of a DEVIATION at a time, NaN while it is unknown. */
export const createWatch = (setting: AlarmSetting, setpoint: (at: UtcMs) => number): Watch | null => {
  const { kind, limit, deadband, withinS = 1, times = 2 } = setting;
  switch (kind) {
    case 'RATE':
      return { ...createSlope(), endsAt: () => Infinity };
    case 'DEVIATION':
      return { next: (at, value) => value - setpoint(at), endsAt: () => Infinity };
    case 'COUNT': {
      const counter = createCounter({ limit, deadband, withinS });
      return { next: counter.next, endsAt: () => counter.endsAt(times) };
    }
    default:
      return null;
  }
};

import type { ModelCard } from '../../../src-shared/contract/index.ts';
import { MINUTE, type Clock } from '../../../src-shared/kernel/index.ts';

/** What a model has done since the station started; frames dropped are its service's to add. */
export type Usage = Omit<ModelCard['usage'], 'dropped'>;
export const NO_USAGE: Usage = { runs: 0, lastMinute: 0, medianMs: null, slowestMs: null };

export type UsageCount = {
  /** A run that began at `began` (monotonic) has ended now. */
  count(began: number): void;
  of(): Usage;
};

/** Runs whose time is kept. */
const KEPT = 200;

export const createUsageCount = (clock: Pick<Clock, 'monotonic'>): UsageCount => {
  const ends: number[] = [];
  const took: number[] = [];
  let runs = 0;
  const forgetOld = (now: number) => {
    const recent = ends.findIndex((end) => end > now - MINUTE);
    ends.splice(0, recent === -1 ? ends.length : recent);
  };
  return {
    count(began) {
      const now = clock.monotonic();
      runs += 1;
      ends.push(now);
      took.push(now - began);
      if (took.length > KEPT) took.shift();
      forgetOld(now);
    },
    of() {
      forgetOld(clock.monotonic());
      const sorted = took.toSorted((a, b) => a - b);
      return { runs, lastMinute: ends.length, medianMs: sorted[Math.floor(sorted.length / 2)] ?? null, slowestMs: sorted.at(-1) ?? null };
    },
  };
};

import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import { DAY } from '../../../src-shared/kernel/index.ts';
import type { Historian } from './index.ts';

export type HistorianHandlers = Handlers<Anlan['historian']>;

/** What a client may ask, from whoever: history is the same for everybody. */
export const createHistorianHandlers = ({ trend, samples, extent }: Pick<Historian, 'trend' | 'samples' | 'extent'>): HistorianHandlers => ({
  trend: (input) => trend(input),
  samples: (input) => samples(input),
  async extent() {
    const { since, hourlyUntil, bytes, logBytes, tooOld, rawMs, hourlyMs } = await extent();
    return { since, hourlyUntil, bytes: bytes + logBytes, tooOld, rawDays: rawMs / DAY, hourlyDays: hourlyMs / DAY };
  },
});

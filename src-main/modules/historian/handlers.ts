import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import { DAY } from '../../../src-shared/kernel/index.ts';
import type { ExtentOutput } from './messages.ts';

export type HistorianHandlers = Handlers<Anlan['historian']>;

/** The queries without who asks: history is the same for everybody. */
type Queries = { readonly [K in 'trend' | 'samples']: (input: Parameters<HistorianHandlers[K]>[0]) => ReturnType<HistorianHandlers[K]> } & { extent(): Promise<ExtentOutput> };

export const createHistorianHandlers = ({ trend, samples, extent }: Queries): HistorianHandlers => ({
  trend: (input) => trend(input),
  samples: (input) => samples(input),
  async extent() {
    const { since, hourlyUntil, bytes, logBytes, tooOld, rawMs, hourlyMs } = await extent();
    return { since, hourlyUntil, bytes: bytes + logBytes, tooOld, rawDays: rawMs / DAY, hourlyDays: hourlyMs / DAY };
  },
});

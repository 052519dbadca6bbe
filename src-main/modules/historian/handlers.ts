import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { Historian } from './index.ts';

export type HistorianHandlers = Handlers<Anlan['historian']>;

export const createHistorianHandlers = ({ trend, samples }: Pick<Historian, 'trend' | 'samples'>): HistorianHandlers => ({
  trend: ({ tags, from, to, buckets }) => trend({ tags, from, to, buckets }),
  samples,
});

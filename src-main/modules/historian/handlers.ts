import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';

export type HistorianHandlers = Handlers<Anlan['historian']>;

/** The queries without who asks: history is the same for everybody. */
type Queries = { readonly [K in keyof HistorianHandlers]: (input: Parameters<HistorianHandlers[K]>[0]) => ReturnType<HistorianHandlers[K]> };

export const createHistorianHandlers = ({ trend, samples }: Queries): HistorianHandlers => ({ trend: (input) => trend(input), samples: (input) => samples(input) });

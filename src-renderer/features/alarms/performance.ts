import type { AlarmPerformance } from '../../../src-shared/contract/index.ts';

export type FigureName = 'average' | 'peak' | 'flood' | 'standing' | 'stale' | 'chattering' | 'fleeting' | 'topShare';
/** One key figure beside what the standards recommend: `target` is the most that is acceptable, `limit` the most that can be managed; `scale` is the right end of its bar. */
export type Figure = { readonly name: FigureName; readonly value: number; readonly target: number; readonly limit: number; readonly source: string; readonly scale: number; readonly isShare: boolean };
export type Verdict = 'good' | 'above-target' | 'above-limit';

type Measure = Pick<Figure, 'target' | 'limit' | 'source'>;
/** For one operator position: ISA-18.2 §16 (rates, flood, stale, chattering, fleeting, top ten) and EEMUA 191 (standing). Where a standard names one figure, target and limit are the same. */
const MEASURES: Readonly<Record<FigureName, Measure>> = {
  average: { target: 1, limit: 2, source: 'ISA-18.2 §16' },
  peak: { target: 10, limit: 10, source: 'ISA-18.2 §16' },
  flood: { target: 0.01, limit: 0.01, source: 'ISA-18.2 §16' },
  standing: { target: 10, limit: 10, source: 'EEMUA 191' },
  stale: { target: 5, limit: 5, source: 'ISA-18.2 §16' },
  chattering: { target: 0, limit: 0, source: 'ISA-18.2 §16' },
  fleeting: { target: 0, limit: 0, source: 'ISA-18.2 §16' },
  topShare: { target: 0.01, limit: 0.05, source: 'ISA-18.2 §16' },
};
/** ISA-18.2 §16, four priorities: the most urgent below one in a hundred, then 5, 15 and 80 %. */
export const PRIORITY_TARGETS: readonly [number, number, number, number] = [0.01, 0.05, 0.15, 0.8];
/** How far beyond the limit a bar reaches at least. */
const ROOM = 2;

export const figuresOf = ({ averagePer10Min, peakPer10Min, floodShare, standing, stale, chattering, fleeting, topShare }: AlarmPerformance): readonly Figure[] => {
  const figure = (name: FigureName, value: number, isShare = false): Figure => ({ name, value, ...MEASURES[name], scale: Math.max(value, MEASURES[name].limit * ROOM, isShare ? 0.02 : 1), isShare });
  return [
    figure('average', averagePer10Min),
    figure('peak', peakPer10Min),
    figure('flood', floodShare, true),
    figure('standing', standing),
    figure('stale', stale),
    figure('chattering', chattering),
    figure('fleeting', fleeting),
    figure('topShare', topShare, true),
  ];
};

export const verdictOf = ({ value, target, limit }: Pick<Figure, 'value' | 'target' | 'limit'>): Verdict => (value > limit ? 'above-limit' : value > target ? 'above-target' : 'good');

/** Parts of a whole; all zero for an empty one. */
export const sharesOf = (counts: readonly number[]): readonly number[] => {
  const sum = counts.reduce((all, count) => all + count, 0);
  return counts.map((count) => (sum === 0 ? 0 : count / sum));
};

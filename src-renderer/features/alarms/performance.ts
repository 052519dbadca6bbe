import type { AlarmPerformance } from '../../../src-shared/contract/index.ts';

export type FigureName = 'average' | 'peak' | 'flood' | 'standing' | 'stale' | 'chattering' | 'fleeting' | 'topShare';
/** One key figure beside what is recommended: `target` is the most that is acceptable, `scale` the right end of its bar. */
export type Figure = { readonly name: FigureName; readonly value: number; readonly target: number; readonly scale: number; readonly isShare: boolean };

/** Most that is acceptable for one operator position: ISA-18.2 §16 (rates, flood, stale, chattering, fleeting, top ten) and EEMUA 191 (standing). */
const TARGETS: Readonly<Record<FigureName, number>> = { average: 1, peak: 10, flood: 0.01, standing: 10, stale: 5, chattering: 0, fleeting: 0, topShare: 0.05 };
/** ISA-18.2 §16, four priorities: the most urgent below one in a hundred, then 5, 15 and 80 %. */
export const PRIORITY_TARGETS: readonly [number, number, number, number] = [0.01, 0.05, 0.15, 0.8];
/** How far beyond the target a bar reaches at least. */
const ROOM = 2;

export const figuresOf = ({ averagePer10Min, peakPer10Min, floodShare, standing, stale, chattering, fleeting, topShare }: AlarmPerformance): readonly Figure[] => {
  const figure = (name: FigureName, value: number, isShare = false): Figure => ({ name, value, target: TARGETS[name], scale: Math.max(value, TARGETS[name] * ROOM, isShare ? 0.02 : 1), isShare });
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

export const isBeyond = ({ value, target }: Figure): boolean => value > target;

/** Parts of a whole; all zero for an empty one. */
export const sharesOf = (counts: readonly number[]): readonly number[] => {
  const sum = counts.reduce((all, count) => all + count, 0);
  return counts.map((count) => (sum === 0 ? 0 : count / sum));
};

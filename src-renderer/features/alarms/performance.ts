import type { AlarmPerformance } from '../../../src-shared/contract/index.ts';
import { AlarmTargets } from '../../../src-shared/plant/index.ts';

export type FigureName = 'average' | 'peak' | 'flood' | 'standing' | 'stale' | 'chattering' | 'fleeting' | 'topShare';
/**
 * One key figure beside what the site measures it by: `target` is the most that is acceptable, `limit` the most that can be managed; `isOwn`: not what the standards recommend.
 * `scale` is the right end of its bar.
 */
export type Figure = { readonly name: FigureName; readonly value: number; readonly target: number; readonly limit: number; readonly isOwn: boolean; readonly scale: number; readonly isShare: boolean };
export type Verdict = 'good' | 'above-target' | 'above-limit';

const USUAL = AlarmTargets.parse({});
/** How far beyond the limit a bar reaches at least. */
const ROOM = 2;

export const figuresOf = ({ averagePer10Min, peakPer10Min, floodShare, standing, stale, chattering, fleeting, topShare, targets }: AlarmPerformance): readonly Figure[] => {
  const figure = (name: FigureName, value: number, isShare = false): Figure => ({ name, value, ...targets[name], isOwn: targets[name].target !== USUAL[name].target || targets[name].limit !== USUAL[name].limit, scale: Math.max(value, targets[name].limit * ROOM, isShare ? 0.02 : 1), isShare });
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

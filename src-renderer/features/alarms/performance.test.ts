import { expect, it } from 'vitest';
import type { AlarmPerformance } from '../../../src-shared/contract/index.ts';
import { AlarmTargets } from '../../../src-shared/plant/index.ts';
import { figuresOf, sharesOf, verdictOf } from './performance.ts';

const calm: AlarmPerformance = { from: 0, to: 1, raised: 6, periods: 6, averagePer10Min: 1, peakPer10Min: 10, peakAt: 0, distribution: [0, 6, 0, 0, 0, 0], floodShare: 0.01, byPriority: [0, 0, 1, 5], standing: 10, stale: 5, chattering: 0, fleeting: 0, top: [], topShare: 0.05, targets: AlarmTargets.parse({}) };

it('accepts figures up to what is recommended, tells target from limit, and keeps each within its bar', () => {
  const verdicts = (of: AlarmPerformance) => Object.fromEntries(figuresOf(of).flatMap((figure) => (verdictOf(figure) === 'good' ? [] : [[figure.name, verdictOf(figure)]])));
  expect(verdicts({ ...calm, topShare: 0.01 })).toEqual({});
  expect(verdicts({ ...calm, averagePer10Min: 1.5, topShare: 0.04 })).toEqual({ average: 'above-target', topShare: 'above-target' });
  const flooded = figuresOf({ ...calm, averagePer10Min: 30, peakPer10Min: 244, floodShare: 0.5, standing: 200, stale: 6, chattering: 1, fleeting: 3, topShare: 1 });
  expect(flooded.every((figure) => verdictOf(figure) === 'above-limit')).toBe(true);
  for (const { value, target, scale } of [...flooded, ...figuresOf(calm)]) expect(scale).toBeGreaterThanOrEqual(Math.max(value, target));
});

it('measures by what the site has set, and tells it from what the standards recommend', () => {
  const targets = AlarmTargets.parse({ average: { target: 2, limit: 4 }, stale: { target: 0 } });
  const figures = figuresOf({ ...calm, averagePer10Min: 3, targets });
  expect(figures.filter(({ isOwn }) => isOwn).map((figure) => [figure.name, figure.target, figure.limit, verdictOf(figure)])).toEqual([
    ['average', 2, 4, 'above-target'],
    ['stale', 0, 5, 'above-target'],
  ]);
  expect(AlarmTargets.safeParse({ average: { target: 3 } }).error?.issues[0]).toMatchObject({ path: ['average', 'limit'] });
});

it('shares a whole, also an empty one', () => {
  expect(sharesOf([1, 0, 3])).toEqual([0.25, 0, 0.75]);
  expect(sharesOf([0, 0])).toEqual([0, 0]);
});

import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../../src-shared/kernel/index.ts';
import { createPerformance, type PerformanceEvent } from './performance.ts';

const START = 1_000 * HOUR;
const figures = (events: readonly (readonly [alarm: string, atS: number, event: PerformanceEvent['event'], priority?: PerformanceEvent['priority']])[], hours = 1) => {
  const performance = createPerformance({ from: START, to: START + hours * HOUR });
  for (const [alarm, atS, event, priority = 3] of events) performance.add({ alarm, at: START + atS * SECOND, event, priority });
  return performance.figures();
};
const burst = (count: number, atMinute: number) => Array.from({ length: count }, (_, index) => [`B${String(index)}`, atMinute * 60 + index, 'raised'] as const);

describe('key figures of the alarm system', () => {
  it('distributes ten-minute periods by their rate and finds the peak', () => {
    const seen = figures([...burst(12, 10), ...burst(4, 20), ...burst(2, 30), ...burst(1, 59)]);
    expect(seen).toMatchObject({ raised: 19, periods: 6, averagePer10Min: 19 / 6, peakPer10Min: 12, peakAt: START + 10 * MINUTE, distribution: [2, 1, 1, 1, 0, 1] });
    expect(seen.distribution.reduce((sum, count) => sum + count)).toBe(seen.periods);
  });

  it('holds a flood until a period has fewer than five', () => {
    expect(figures([...burst(11, 0), ...burst(5, 10), ...burst(4, 20), ...burst(5, 30)]).floodShare).toBeCloseTo(2 / 6);
    expect(figures(burst(10, 0)).floodShare).toBe(0);
  });

  it('calls three in a minute chattering, and gone within ten seconds fleeting', () => {
    const again = (times: readonly number[]) => times.flatMap((atS) => [['A', atS, 'raised'], ['A', atS + 9, 'returned']] as const);
    expect(figures(again([0, 20, 40]))).toMatchObject({ chattering: 1, fleeting: 3 });
    expect(figures(again([0, 30, 60]))).toMatchObject({ chattering: 0 });
    expect(figures([['A', 0, 'raised'], ['A', 10, 'cleared'], ['B', 11, 'cleared']])).toMatchObject({ fleeting: 0 });
  });

  it('splits by priority and names the ten worst with their part', () => {
    const many = Array.from({ length: 12 }, (_, alarm) => Array.from({ length: 12 - alarm }, (__, time) => [`T${String(alarm).padStart(2, '0')}`, alarm + 120 * time, 'raised', alarm === 0 ? 1 : 4] as const)).flat();
    const seen = figures(many);
    expect(seen.byPriority).toEqual([12, 0, 0, 66]);
    expect(seen.top.map(({ alarm, raised }) => `${alarm} ${String(raised)}`)).toEqual(['T00 12', 'T01 11', 'T02 10', 'T03 9', 'T04 8', 'T05 7', 'T06 6', 'T07 5', 'T08 4', 'T09 3']);
    expect(seen.topShare).toBeCloseTo(75 / 78);
  });

  it('is all zero without an alarm', () => {
    expect(figures([])).toMatchObject({ raised: 0, averagePer10Min: 0, peakPer10Min: 0, peakAt: null, floodShare: 0, topShare: 0, top: [] });
  });
});

import { describe, expect, it } from 'vitest';
import type { EarlyWarning } from '../../../src-shared/contract/index.ts';
import { DAY, HOUR } from '../../../src-shared/kernel/index.ts';
import { alarmBins, barWithin, forecastBars, inLanes, stripWindow } from './stripModel.ts';

describe('the time strip', () => {
  it('spans 24 hours around now', () => {
    const { from, to } = stripWindow(100 * HOUR);
    expect([from, to]).toEqual([84 * HOUR, 108 * HOUR]);
  });

  it('counts raised alarms by priority, and only inside the window', () => {
    const event = (at: number, kind: 'raised' | 'returned', priority: 1 | 2 | 3 | 4) => ({ at, event: kind, priority });
    const bins = alarmBins([event(0, 'raised', 1), event(9, 'raised', 3), event(9, 'returned', 1), event(10, 'raised', 3), event(-1, 'raised', 2), event(20, 'raised', 2)], { from: 0, to: 20, bins: 2 });
    expect(bins).toEqual([[1, 0, 1, 0], [0, 0, 1, 0]]);
  });

  it('clips bars to the window and drops those outside', () => {
    const window = { from: 0, to: 100 };
    expect(barWithin({ id: 'a', from: -50, to: 50 }, window)).toEqual({ id: 'a', start: 0, end: 0.5 });
    expect(barWithin({ id: 'b', from: 100, to: 150 }, window)).toBeNull();
  });

  it('packs bars into lanes without overlap, never more than allowed', () => {
    const bar = (id: string, start: number, end: number) => ({ id, start, end });
    const lanes = inLanes([bar('c', 0.4, 0.6), bar('a', 0, 0.5), bar('b', 0.5, 0.9), bar('d', 0.45, 0.55)], 2);
    expect(lanes.map((lane) => lane.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
  });

  it('draws a forecast that begins within the window and counts the later ones', () => {
    const warning = (id: string, p10Days: number) => ({ id, p10Days, p90Days: p10Days + 1 }) as EarlyWarning;
    const now = 100 * DAY;
    const { near, later } = forecastBars([warning('soon', 0.1), warning('later', 4)], stripWindow(now), now);
    expect([near.map(({ id }) => id), later]).toEqual([['soon'], 1]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carbonMonoxideRate, hypoxiaRate, mixtureRate } from './doses.ts';
import { effectiveWidth, hydraulicCapacity, hydraulicFlow, hydraulicSpeed, smokeFactor, smokeSpeed, stairK, wayCapacity, weidmannCapacity, weidmannFlow, weidmannSpeed } from './walking.ts';

describe('walking', () => {
  test('follows the printed diagram of Weidmann and its maximum', () => {
    const printed: readonly (readonly [number, number])[] = [[0.5, 1.298], [1, 1.058], [1.75, 0.7], [3, 0.3307]];
    for (const [density, speed] of printed) expect(weidmannSpeed(density)).toBeCloseTo(speed, 3);
    expect(weidmannCapacity().flow).toBeCloseTo(1.225, 2);
    expect(weidmannCapacity().density).toBeCloseTo(1.75, 1);
    expect(weidmannSpeed(6)).toBe(0);
  });
  test('has the hydraulic stair of 280/180 mm: k 1.077 m/s, 1.012 p/(m s)', () => {
    const k = stairK(180, 280);
    expect(k).toBeCloseTo(1.0768, 3);
    expect(hydraulicCapacity(k)).toBeCloseTo(1.012, 3);
    expect(hydraulicSpeed(0.1, k)).toBeCloseTo(0.922, 3);
    expect(effectiveWidth(1)).toBeCloseTo(0.7);
  });
  test('is monotone: denser is slower, wider lets more in, smoke slows', () => {
    const range = fc.double({ min: 0, max: 6, noNaN: true });
    fc.assert(
      fc.property(range, range, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(weidmannSpeed(high)).toBeLessThanOrEqual(weidmannSpeed(low));
        expect(hydraulicSpeed(high)).toBeLessThanOrEqual(hydraulicSpeed(low));
        expect(weidmannFlow(a)).toBeLessThanOrEqual(weidmannCapacity().flow + 1e-9);
        expect(hydraulicFlow(a)).toBeLessThanOrEqual(hydraulicCapacity() + 1e-9);
        expect(wayCapacity('door', low + 0.5)).toBeLessThanOrEqual(wayCapacity('door', high + 0.5));
        expect(smokeFactor(high)).toBeLessThanOrEqual(smokeFactor(low));
      }),
    );
    expect(smokeFactor(5)).toBeCloseTo(0.5963, 3);
    expect(smokeSpeed(0.5, 10)).toBe(0.1);
    expect(smokeSpeed(0.05, 10)).toBe(0.05);
  });
  test('gains doses of fire gases as Purser states', () => {
    expect(carbonMonoxideRate(1_000)).toBeCloseTo(0.03544, 4);
    expect(hypoxiaRate(12)).toBeCloseTo(0.03601, 4);
    expect(mixtureRate({ carbonDioxide: 2, carbonMonoxidePpm: 1_000, oxygen: 15 })).toBeCloseTo(0.0611, 3);
  });
});

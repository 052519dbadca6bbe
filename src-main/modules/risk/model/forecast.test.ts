import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failureFrom } from './forecast.ts';

test('a machine that wears is likelier to fail the longer it runs unrepaired, and never by more than one', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 60, noNaN: true }), fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (p10Days, more, yetMore, d15) => {
      const asset = { p10Days, p50Days: p10Days + more, p90Days: p10Days + more + yetMore, failureWithin: { d3: 0, d7: 0, d15 } };
      expect(failureFrom(asset, 0)).toBe(d15);
      for (const days of [0.5, 5, 10, 15]) {
        const chance = failureFrom(asset, days);
        expect(chance).toBeGreaterThanOrEqual(d15);
        expect(chance).toBeLessThanOrEqual(1);
      }
    }),
  );
  const worn = { p10Days: 8, p50Days: 12, p90Days: 16, failureWithin: { d3: 0, d7: 0.1, d15: 0.8 } };
  // Half of its kind have failed by day 12; of the rest all but a hundredth within fifteen days more.
  expect(failureFrom(worn, 12)).toBeCloseTo(0.98, 6);
  expect(failureFrom({ p10Days: 30, p50Days: 60, p90Days: 90, failureWithin: { d3: 0, d7: 0, d15: 0.05 } }, 10)).toBeCloseTo((25 / 300 - 10 / 300) / (1 - 10 / 300), 6);
});

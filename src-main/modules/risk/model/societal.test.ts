import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { individualRiskCriteria, societalRegion } from './criteria.ts';
import { societalCurve } from './societal.ts';

describe('societal risk', () => {
  test('adds what kills as many or more, and expects Σ f·N deaths a year', () => {
    const { curve, pll } = societalCurve([{ perYear: 1e-4, deaths: 1 }, { perYear: 1e-5, deaths: 3.7 }, { perYear: 1e-6, deaths: 20 }, { perYear: 1e-3, deaths: 0.4 }]);
    expect(curve[0]!.deaths).toBe(1);
    expect(curve[0]!.perYear).toBeCloseTo(1.11e-4, 12);
    expect(curve.find(({ deaths }) => deaths === 3)!.perYear).toBeCloseTo(1.1e-5, 12);
    expect(curve.find(({ deaths }) => deaths === 4)!.perYear).toBeCloseTo(1e-6, 12);
    expect(curve.at(-1)).toEqual({ deaths: 20, perYear: 1e-6 });
    expect(pll).toBeCloseTo(1e-4 + 3.7e-5 + 2e-5 + 4e-4, 12);
  });
  test('falls with N, and its sum over all N is the part of PLL in whole deaths', () => {
    const outcome = fc.record({ perYear: fc.double({ min: 1e-9, max: 1e-3, noNaN: true }), deaths: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 20 }), (outcomes) => {
        const { curve, pll } = societalCurve(outcomes);
        curve.forEach(({ perYear }, i) => expect(perYear).toBeLessThanOrEqual(curve[i - 1]?.perYear ?? Infinity));
        // Up to six deaths every whole number is on the curve, or its value is that of the next: Σ F(N) = Σ f·N.
        const at = (n: number): number => outcomes.reduce((sum, each) => (each.deaths >= n ? sum + each.perYear : sum), 0);
        for (const { deaths, perYear } of curve) expect(perYear).toBeCloseTo(at(deaths), 12);
        expect([1, 2, 3, 4, 5, 6].reduce((sum, n) => sum + at(n), 0)).toBeCloseTo(pll, 12);
      }),
    );
  });
  test('is judged by the two lines, and a thousand deaths by neither', () => {
    const one = (deaths: number, perYear: number) => societalRegion([{ deaths, perYear }]);
    expect([one(1, 9e-6), one(1, 2e-5), one(1, 2e-3), one(10, 2e-6), one(10, 9e-5), one(10, 2e-4), one(2_000, 1e-12)]).toEqual(['acceptable', 'alarp', 'unacceptable', 'alarp', 'alarp', 'unacceptable', 'unacceptable']);
    expect(societalRegion([])).toBe('acceptable');
    expect(individualRiskCriteria.sparse.existing).toBe(3e-5);
  });
});

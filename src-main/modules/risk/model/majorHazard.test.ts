import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alphaOf, assessUnit, betaOf, gradeOfR, thresholdOf } from './majorHazard.ts';
import { thresholds, type NamedChemical } from './majorHazardTables.ts';
import { lec } from './lec.ts';

describe('GB 18218-2018', () => {
  test('judges S, R and grade at the borders with ≥', () => {
    expect(assessUnit([{ chemical: 'ammonia', tonnes: 10 }], 0)).toMatchObject({ s: 1, r: 1, isMajor: true, grade: 'four' });
    expect(assessUnit([{ chemical: 'ammonia', tonnes: 9.99 }], 0)).toMatchObject({ isMajor: false, grade: 'none' });
    // Ten tenths of a threshold are one although 0.1 is no binary fraction.
    expect(assessUnit(Array.from({ length: 10 }, () => ({ chemical: 'ammonia' as const, tonnes: 1 })), 0).isMajor).toBe(true);
    expect([100, 99.9, 50, 49.9, 10, 9.9].map(gradeOfR)).toEqual(['one', 'two', 'two', 'three', 'three', 'four']);
  });
  test('takes α from the people outside', () => expect([0, 1, 29, 30, 49, 50, 99, 100].map(alphaOf)).toEqual([0.5, 1, 1, 1.2, 1.2, 1.5, 1.5, 2]));
  test('takes β by name before category: chlorine 4, hydrogen sulfide 5, flammable gas 1.5, flammable liquid 1', () => {
    expect((['chlorine', 'hydrogen sulfide', 'LPG', 'methanol', 'diethyl ether'] as const).map(betaOf)).toEqual([4, 5, 1.5, 1, 1.5]);
    expect(thresholdOf('LPG')).toBe(50);
  });
  test('R grows with every tonne, and S of a mixture is the sum of its parts', () => {
    const chemical = fc.constantFrom(...(Object.keys(thresholds) as NamedChemical[]));
    fc.assert(
      fc.property(fc.array(fc.record({ chemical, tonnes: fc.double({ min: 0, max: 1e5, noNaN: true }) }), { minLength: 1, maxLength: 6 }), fc.nat(200), (inventory, people) => {
        const whole = assessUnit(inventory, people);
        const parts = inventory.map((item) => assessUnit([item], people).s).reduce((a, b) => a + b, 0);
        expect(whole.s).toBeCloseTo(parts, 6);
        expect(assessUnit(inventory.map((item) => ({ ...item, tonnes: item.tonnes * 1.1 })), people).r).toBeGreaterThanOrEqual(whole.r);
      }),
    );
  });
  test('refuses a quantity that is none', () => expect(() => assessUnit([{ chemical: 'chlorine', tonnes: Number.NaN }], 0)).toThrow(/chlorine/));
});

test('LEC multiplies and names the band', () => {
  expect(lec({ L: 3, E: 10, C: 15 })).toMatchObject({ d: 450, name: { zh: '极其危险' } });
  expect(lec({ L: 1, E: 6, C: 15 })).toMatchObject({ d: 90, name: { zh: '显著危险' } });
  expect(lec({ L: 0.1, E: 0.5, C: 1 }).name.zh).toBe('稍有危险');
  expect(() => lec({ L: 2, E: 6, C: 15 })).toThrow(/L = 2/);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { text } from '../../../../src-shared/kernel/index.ts';
import { indexOf, nextGrade, saturate, trendOf, type Finding, type Graded } from './zoneIndex.ts';

const finding = fc.record({ factor: fc.constantFrom('people' as const, 'machine' as const, 'environment' as const, 'management' as const), weight: fc.double({ min: 0, max: 80, noNaN: true }), remedy: fc.nat(4) }).map(({ factor, weight, remedy }): Finding => ({ factor, weight, text: text('因', 'cause'), evidence: [], remedy: { id: `${remedy}`, text: text('做', `do ${remedy}`) } }));

describe('zone index', () => {
  test('causes and factors add up to the index, which lies in 0 to 100 and never falls when something is added', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 30 }), finding, (findings, more) => {
        const { index, causes, factors, advice } = indexOf(findings);
        expect(index).toBeGreaterThanOrEqual(0);
        expect(index).toBeLessThanOrEqual(100);
        expect(causes.reduce((sum, cause) => sum + cause.points, 0)).toBeCloseTo(index, 9);
        expect(factors.people + factors.machine + factors.environment + factors.management).toBeCloseTo(index, 9);
        expect(indexOf([...findings, more]).index).toBeGreaterThanOrEqual(index - 1e-12);
        // The advice tells the truth: without those findings the index is that much lower, and no other remedy does better.
        if (advice !== null) {
          const without = (id: string) => index - indexOf(findings.filter((each) => each.remedy.id !== id)).index;
          expect(advice.lowersBy).toBeCloseTo(Math.max(...findings.map((each) => without(each.remedy.id))), 6);
        }
      }),
    );
  });
  test('nothing known is zero; one weight of 60 is 45', () => {
    expect(indexOf([])).toMatchObject({ index: 0, causes: [], advice: null });
    expect(saturate(60)).toBeCloseTo(45.1, 1);
  });
  test('a grade rises at once, falls after a minute well below its border, and does not flicker around it', () => {
    let graded: Graded = nextGrade(null, 0, 0);
    const seen: string[] = [];
    for (let second = 0; second < 300; second += 1) {
      graded = nextGrade(graded, 40 + 3 * Math.sin(second), second * 1_000);
      if (seen.at(-1) !== graded.grade) seen.push(graded.grade);
    }
    expect(seen).toEqual(['considerable']);
    for (let second = 300; second < 361; second += 1) graded = nextGrade(graded, 10, second * 1_000);
    expect(graded.grade).toBe('low');
    expect(nextGrade(graded, 70, 400_000).grade).toBe('major');
  });
  test('whatever the index does, no grade falls within a minute of rising, and none is below what the index says now', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 200 }), (series) => {
        const order = ['low', 'general', 'considerable', 'major'];
        let graded: Graded = nextGrade(null, series[0]!, 0);
        let rose = 0;
        series.forEach((index, second) => {
          const before = order.indexOf(graded.grade);
          graded = nextGrade(graded, index, second * 1_000);
          const after = order.indexOf(graded.grade);
          if (after > before) rose = second;
          if (after < before) expect(second - rose).toBeGreaterThanOrEqual(60);
          expect(after).toBeGreaterThanOrEqual(order.indexOf(nextGrade(null, index, 0).grade));
        });
      }),
    );
  });
  test('a trend needs more than three points', () => {
    expect(trendOf([10, 10, 10, 10, 10, 10, 10, 20, 20, 20], 20)).toBe('rising');
    expect(trendOf([20, 20, 20, 20, 20, 20, 20, 10, 10, 10], 10)).toBe('falling');
    expect(trendOf([10, 11, 10, 11, 10, 11, 10, 11, 10, 11], 10)).toBe('steady');
    expect(trendOf([], 50)).toBe('steady');
  });
});

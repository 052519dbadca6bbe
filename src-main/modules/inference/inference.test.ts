import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary.ts';
import { readModel } from './card.ts';
import { createAnomalyState, fitAnomaly } from './model/anomaly.ts';
import { stabilityIndex } from './model/drift.ts';
import { createFeatureState, featureCount, featureRows, feed, fitStandard, type FeatureSpec, type History } from './model/features.ts';
import { createMachineState } from './model/machine.ts';
import { bootstrapInterval, coverage, phmScore, rmse } from './model/score.ts';
import { failureWithin, firstWarning, nextWarning, NO_WARNING, tallyWarnings } from './model/warning.ts';

const spec: FeatureSpec = { sensors: ['a', 'b'], window: 4, emaAlpha: 0.5, baseline: 2, ageScale: null, conditions: { setting: null, centres: [0] }, mean: [[10, 0]], deviation: [[2, 1]] };
const history = (a: number[], b: number[]): History => ({ sensors: [Float64Array.from(a), Float64Array.from(b)], setting: null });

describe('features', () => {
  it('standardise, smooth and subtract the machine\'s own beginning', () => {
    const rows = featureRows(spec, history([12, 12, 16], [0, 1, 2]));
    expect([...rows.subarray(0, 6)]).toEqual([1, 0, 1, 0, 0, 0]);
    expect([...rows.subarray(6, 12)]).toEqual([1, 1, 1, 0.5, 0, 0]);
    expect([...rows.subarray(12, 18)]).toEqual([3, 2, 2, 1.25, 1, 0.75]);
  });

  it('repeat the first step where a window begins before it', () => {
    const state = createFeatureState(spec);
    feed(state, history([12, 16], [0, 1]));
    const rows = featureRows(spec, history([12, 16], [0, 1]));
    const width = featureCount(spec);
    expect([...state.window()]).toEqual([...rows.subarray(0, width), ...rows.subarray(0, width), ...rows.subarray(0, width), ...rows.subarray(width)]);
  });

  it('never look ahead: a change in later steps changes no earlier row', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 6, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (values, cut) => {
        const changed = values.map((value, step) => (step < cut ? value : value + 7));
        const width = featureCount(spec) * cut;
        expect([...featureRows(spec, history(changed, values)).subarray(0, width)]).toEqual([...featureRows(spec, history(values, values)).subarray(0, width)]);
      }),
    );
  });

  it('find one operating condition per group of settings', () => {
    const fitted = fitStandard([{ sensors: [Float64Array.of(1, 11, 3, 13)], setting: Float64Array.of(0, 20, 0.01, 20.01) }], 1);
    expect(fitted.conditions.centres).toHaveLength(2);
    expect(fitted.mean).toEqual([[2], [12]]);
    expect(fitted.deviation).toEqual([[1], [1]]);
  });
});

describe('machine', () => {
  it('makes a step of each four running hours, of the values between two readings of the meter', () => {
    const machine = createMachineState(spec, 4);
    let steps = 0;
    for (let hour = 0; hour <= 8; hour += 1) {
      if (machine.advance(hour)) steps += 1;
      machine.see(0, hour);
    }
    expect(steps).toBe(2);
    expect(machine.latest[0]).toBe((4 + 5 + 6 + 7) / 4);
  });

  it('neither ages nor learns while it stands', () => {
    const machine = createMachineState(spec, 4);
    for (let hour = 0; hour <= 6; hour += 1) {
      machine.advance(hour);
      machine.see(0, 10);
    }
    machine.see(0, 0);
    for (let again = 0; again < 50; again += 1) expect(machine.advance(6)).toBe(false);
    machine.see(0, 10);
    expect([7, 8].map((hour) => machine.advance(hour))).toEqual([false, true]);
    expect(machine.latest[0]).toBe(10);
  });

  it('starts again when the meter was replaced', () => {
    const machine = createMachineState(spec, 4);
    machine.see(0, 1);
    machine.advance(20_000);
    expect(machine.advance(0)).toBe(false);
    expect(machine.advance(3)).toBe(false);
    expect(machine.advance(4)).toBe(true);
  });

  it('shows what the window would be had one sensor stayed as new', () => {
    const machine = createMachineState(spec, 1);
    for (let hour = 0; hour <= 12; hour += 1) {
      machine.advance(hour);
      machine.see(0, hour < 4 ? 10 : 20);
      machine.see(1, hour);
    }
    const width = featureCount(spec);
    const last = machine.windowWithout(0).subarray(-width);
    expect([last[0], last[2], last[4]]).toEqual([0, 0, 0]);
    expect(last[1]).toBe(machine.window().at(-width + 1));
  });
});

describe('score', () => {
  it('punishes late more than early, by the PHM 2008 formula', () => {
    expect(phmScore([113], [100])).toBeCloseTo(Math.exp(1.3) - 1, 12);
    expect(phmScore([87], [100])).toBeCloseTo(Math.exp(1) - 1, 12);
    expect(phmScore([110, 87], [100, 100])).toBeCloseTo(2 * (Math.E - 1), 12);
  });

  it('bounds the error by resampling the machines, the same for the same data', () => {
    const truth = Array.from({ length: 100 }, () => 0);
    const predicted = truth.map((_each, index) => (index % 2 === 0 ? 10 : 0));
    const [low, high] = bootstrapInterval(predicted, truth);
    expect([low, high]).toEqual(bootstrapInterval(predicted, truth));
    expect(low).toBeLessThan(Math.sqrt(50));
    expect(high).toBeGreaterThan(Math.sqrt(50));
    // Binomial: the share of tens is 0.5 ± 0.098.
    expect(low).toBeCloseTo(Math.sqrt(40.2), 0);
    expect(high).toBeCloseTo(Math.sqrt(59.8), 0);
  });

  it('measures error and coverage', () => {
    expect(rmse([1, 5], [4, 1])).toBeCloseTo(Math.sqrt(12.5), 12);
    expect(coverage([0, 0, 5], [2, 2, 9], [1, 3, 5])).toBeCloseTo(2 / 3, 12);
  });
});

describe('warning', () => {
  it('gives 10, 50 and 90 percent at the quantiles themselves', () => {
    const life = { p10: 4, p50: 7, p90: 15 };
    expect([4, 7, 15].map((days) => failureWithin(life, days))).toEqual([expect.closeTo(0.1, 4), expect.closeTo(0.5, 4), expect.closeTo(0.9, 4)]);
  });

  it('is monotone in days and within 0 and 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true }), (p10, up, more, days) => {
        const life = { p10, p50: p10 + up, p90: p10 + up + more };
        const now = failureWithin(life, days);
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(1);
        expect(failureWithin(life, days + 1)).toBeGreaterThanOrEqual(now - 1e-6);
      }),
    );
  });

  it('does not flicker around its limit', () => {
    let state = NO_WARNING;
    let changes = 0;
    for (const days of [14, 12, 14, 12, 14, 12, 12, 14, 16, 12, 19, 17, 19, 19, 30]) {
      const next = nextWarning(state, days);
      if (next.active !== state.active) changes += 1;
      state = next;
    }
    expect(changes).toBe(2);
    expect(state.active).toBe(false);
  });
});

describe('early warning', () => {
  const rule = { enterDays: 10, leaveDays: 15, hold: 2 };

  it('begins with the second prediction in a row below the limit', () => {
    expect(firstWarning([20, 9, 12, 9, 8, 7], rule)).toBe(4);
    expect(firstWarning([20, 19, 9], rule)).toBe(-1);
  });

  it('is in time 3 to 15 days before failure, false before and missed after', () => {
    const lives = [16, 15, 3, 2, Number.NaN].map((leadDays) => ({ leadDays, days: 100 }));
    expect(tallyWarnings(lives)).toEqual({ warnedInTime: 0.4, medianLeadDays: 9, missed: 0.4, falseAlarmsPer100AssetDays: 0.2, n: 5 });
  });
});

describe('drift', () => {
  const deciles = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const even = Float64Array.from({ length: 1_000 }, (_each, index) => (index % 10) + 0.5);

  it('is nothing where the population is the reference, and large where it moved', () => {
    expect(stabilityIndex(even, deciles)).toBeCloseTo(0, 6);
    expect(stabilityIndex(even.map((value) => value + 1), deciles)).toBeGreaterThan(0.25);
    expect(stabilityIndex(Float64Array.of(Number.NaN), deciles)).toBe(0);
  });

  it('follows its formula on a hand-made case', () => {
    // All in one bin: 0.9·ln(10) there and nine empty bins that count as half a value of 100.
    expect(stabilityIndex(new Float64Array(100).fill(0.5), deciles)).toBeCloseTo(0.9 * Math.log(10) + 9 * (0.005 - 0.1) * Math.log(0.05), 9);
  });
});

describe('card', () => {
  it('refuses what is no card, naming the field', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('m.json'), JSON.stringify({ id: 'm', version: '1', kind: 'rul', file: 'm.onnx', sha256: 'nonsense' }));
    expect(readModel(folder.file('m.json'))).toMatchObject({ ok: false, refusal: { code: 'BadCard', field: 'sha256' } });
    expect(readModel(folder.file('absent.json'))).toMatchObject({ ok: false, refusal: { code: 'UnreadableCard' } });
  });
});

describe('anomaly', () => {
  // Two variables that move together, the second a step behind: each alone stays in its range while their relation breaks.
  const random = (() => {
    let state = 7;
    return () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647 - 0.5;
    };
  })();
  const walk = (length: number, broken: (k: number) => boolean): Float64Array[] => {
    const first = new Float64Array(length);
    const second = new Float64Array(length);
    for (let k = 0; k < length; k += 1) {
      first[k] = 0.9 * (first[k - 1] ?? 0) + random();
      second[k] = (broken(k) ? -1 : 1) * (first[k - 1] ?? 0) + 0.1 * random();
    }
    return [first, second];
  };
  const { model } = fitAnomaly([walk(600, () => false)], { variables: ['a', 'b'], lags: 2, alpha: 0.2, ridge: 0.01, blocks: 5, quantile: 0.99 });
  const ratios = (columns: readonly Float64Array[]) => {
    const state = createAnomalyState(model);
    return Array.from({ length: columns[0]!.length }, (_each, k) => state.push(columns.map((column) => column[k]!)));
  };

  it('stays quiet in normal running and sees a broken relation that no single limit shows', () => {
    const readings = ratios(walk(600, (k) => k >= 400));
    const alarms = readings.map((reading) => (reading?.ratio ?? 0) > 1);
    expect(alarms.slice(0, 400).filter(Boolean).length).toBeLessThan(12);
    expect(alarms.slice(420).filter(Boolean).length).toBeGreaterThan(120);
  });

  it('says which variable drives it', () => {
    const stuck = walk(400, () => false);
    stuck[1]!.fill(3, 300);
    const drivers = ratios(stuck).at(-1)!.drivers;
    expect(drivers[1]).toBeGreaterThan(drivers[0]!);
  });

  it('is causal and gives nothing before its lags are full', () => {
    const columns = walk(50, () => false);
    const changed = columns.map((column) => column.map((value, k) => (k < 30 ? value : 99)));
    expect(ratios(changed).slice(0, 30)).toEqual(ratios(columns).slice(0, 30));
    expect(ratios(columns)[0]).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../src-shared/kernel/index.ts';
import { estimateRelease, invertLeak, plumeField, ringArea, syntheticLeak, type PlumeInput } from './index.ts';

const weather = { windSpeed: 3, windFrom: 270, stability: 'D' } as const;
const grid = { x0: 0, y0: -200, cell: 2, nx: 400, ny: 200 };
const leak: PlumeInput = { substance: 'ammonia', rateKgS: 0.05, source: { x: 50, y: 0, z: 1 }, weather, grid };

describe('a plume', () => {
  test('lies downwind of its source and its contours are nested, closed and counter-clockwise', () => {
    const field = unwrap(plumeField(leak));
    expect(field.model).toBe('gaussian-plume');
    expect(field.at(150, 0, 1.5)).toBeGreaterThan(field.at(150, 20, 1.5));
    expect(field.at(20, 0, 1.5)).toBe(0);
    const areas = field.contours.map((contour) => contour.rings.reduce((sum, ring) => sum + ringArea(ring), 0));
    expect(areas).toEqual(areas.toSorted((a, b) => a - b));
    expect(areas.at(-1)).toBeGreaterThan(100);
  });

  test('turns with the wind', () => {
    const field = unwrap(plumeField({ ...leak, weather: { ...weather, windFrom: 180 }, source: { x: 400, y: -100, z: 1 } }));
    expect(field.at(400, 50, 1.5)).toBeGreaterThan(1);
    expect(field.at(400, -150, 1.5)).toBe(0);
  });

  test('has come no further than the wind carried it', () => {
    const field = unwrap(plumeField({ ...leak, elapsedS: 30 }));
    expect(field.at(100, 0, 1.5)).toBeGreaterThan(1);
    expect(field.at(200, 0, 1.5)).toBe(0);
  });

  test('of puffs in a steady wind is the steady plume', () => {
    const steady = unwrap(plumeField(leak));
    const puffs = unwrap(plumeField({ ...leak, elapsedS: 2000, history: [{ at: 0, speed: 3, windFrom: 270, rate: 1 }] }));
    for (const x of [100, 200, 400, 700]) expect(puffs.at(x, 0, 1.5) / steady.at(x, 0, 1.5)).toBeCloseTo(1, 1);
  });

  test('bends when the wind turned', () => {
    const history = [{ at: 0, speed: 3, windFrom: 270, rate: 1 }, { at: 100, speed: 3, windFrom: 180, rate: 1 }];
    const field = unwrap(plumeField({ ...leak, elapsedS: 130, history }));
    // Gas from before the turn has been carried east, then north; the young plume goes north.
    expect(field.at(250, 70, 1.5)).toBeGreaterThan(field.at(250, 0, 1.5));
    expect(field.at(50, 60, 1.5)).toBeGreaterThan(1);
  });

  test('refuses a field out of range by its name', () => {
    const refused = plumeField({ ...leak, weather: { ...weather, windSpeed: Number.NaN } });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'OutOfRange', field: 'weather.windSpeed' } });
    expect(plumeField({ ...leak, rateKgS: -1 })).toMatchObject({ refusal: { field: 'rateKgS' } });
    expect(plumeField({ ...leak, substance: 'water' as 'ammonia' })).toMatchObject({ refusal: { code: 'UnknownSubstance' } });
  });
});

describe('a release', () => {
  test('of liquefied ammonia flashes and cools to its boiling point', () => {
    const release = unwrap(estimateRelease({ substance: 'ammonia', holeDiameter: 0.02, storage: { pressure: 1.1e6, temperature: 298, inventoryKg: 20000 } }));
    expect(release.phase).toBe('two-phase');
    expect(release.temperature).toBeCloseTo(239.8, 0);
    expect(release.airborneKgS + release.rainoutKgS).toBeCloseTo(release.rateKgS, 9);
    // Between the equilibrium rate and plain liquid outflow.
    expect(release.rateKgS).toBeGreaterThan(1.3);
    expect(release.rateKgS).toBeLessThan(8);
  });

  test('of benzene runs out as a liquid, of hydrogen as choked gas', () => {
    expect(unwrap(estimateRelease({ substance: 'benzene', holeDiameter: 0.05, storage: { pressure: 101325, temperature: 293, inventoryKg: 1e5, liquidHead: 5 } }))).toMatchObject({ phase: 'liquid', airborneKgS: 0 });
    expect(unwrap(estimateRelease({ substance: 'hydrogen', holeDiameter: 0.005, storage: { pressure: 2e7, temperature: 293, inventoryKg: 100 } }))).toMatchObject({ phase: 'gas', isChoked: true });
  });
});

describe('leak inversion', () => {
  test('finds place and rate with eight detectors in range, whether or not it knows the equipment', () => {
    const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
    const leaks = Array.from({ length: 100 }, (_, i) => syntheticLeak(i + 1, { substance: 'ammonia', rate: [0.05, 2], detectors: 80 })).filter((leak) => leak.seeing >= 8).slice(0, 9);
    expect(leaks.length).toBe(9);
    for (const withCandidates of [false, true]) {
      const found = leaks.map(({ truth, detectors, weather: wind, candidates }) => {
        const estimate = unwrap(invertLeak({ substance: 'ammonia', detectors, weather: wind, particles: 600, ...(withCandidates ? { candidates } : {}) }));
        expect(estimate.p10).toBeLessThanOrEqual(estimate.p50);
        expect(estimate.p50).toBeLessThanOrEqual(estimate.p90);
        return { distance: Math.hypot(estimate.x - truth.x, estimate.y - truth.y), factor: Math.exp(Math.abs(Math.log(estimate.rateKgS / truth.rateKgS))) };
      });
      expect(median(found.map((each) => each.distance))).toBeLessThanOrEqual(15);
      expect(median(found.map((each) => each.factor))).toBeLessThan(2);
    }
  });

  test('repeats itself for the same seed', () => {
    const { detectors, weather: wind } = syntheticLeak(3, { substance: 'ammonia', rate: [0.5, 2], detectors: 80 });
    const [first, second] = [1, 1].map((seed) => unwrap(invertLeak({ substance: 'ammonia', detectors, weather: wind, seed, particles: 200 })));
    expect(first).toEqual(second);
  });

  test('says so when nothing is seen', () => {
    expect(invertLeak({ substance: 'ammonia', weather, detectors: [{ x: 0, y: 0, z: 1, ppm: 0, detectionLimit: 1 }] })).toMatchObject({ ok: false, refusal: { code: 'NothingSeen' } });
  });
});

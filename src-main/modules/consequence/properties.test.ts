import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../src-shared/kernel/index.ts';
import { estimateRelease, invertLeak, plumeField, stabilityClasses, substanceIds, type PlumeInput } from './index.ts';

const weather = fc.record({
  windSpeed: fc.double({ min: 0, max: 30, noNaN: true }), windFrom: fc.double({ min: 0, max: 360, noNaN: true }), stability: fc.constantFrom(...stabilityClasses),
  roughness: fc.double({ min: 1e-4, max: 1, noNaN: true }), temperature: fc.double({ min: 250, max: 320, noNaN: true }), humidity: fc.double({ min: 0, max: 1, noNaN: true }),
});
const release = fc.record({
  substance: fc.constantFrom(...substanceIds), rateKgS: fc.double({ min: 1e-3, max: 300, noNaN: true }), sourceArea: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  liquidFraction: fc.double({ min: 0, max: 0.9, noNaN: true }), isJet: fc.boolean(),
});
const grid = { x0: -300, y0: -300, cell: 10, nx: 60, ny: 60 };
const centred = { x: 0, y: 0, z: 1 };
const many = { numRuns: 60 };

/** Volume of gas flowing through a plane across the wind at x m, by summing a fine section of the field. */
const through = (input: PlumeInput, x: number): number => {
  const field = unwrap(plumeField(input));
  let sum = 0;
  for (let y = -200; y <= 200; y += 1) for (let z = 0.25; z < 150; z += 0.5) sum += field.at(x, y, z) * 1e-6 * 0.5;
  return sum;
};

describe('any plume in range', () => {
  test('is finite, never negative and never more than pure gas', () => {
    fc.assert(fc.property(weather, release, (air, gas) => {
      const field = unwrap(plumeField({ ...gas, source: centred, weather: air, grid }));
      for (const ppm of field.ppm) if (!(ppm >= 0 && ppm <= 1e6 + 1)) return false;
      return field.contours.every((contour) => contour.rings.every((ring) => ring.every(Number.isFinite)));
    }), many);
  });

  test('turns with the wind and mirrors about it', () => {
    fc.assert(fc.property(weather, release, fc.double({ min: 5, max: 250, noNaN: true }), fc.double({ min: -60, max: 60, noNaN: true }), (air, gas, along, across) => {
      const field = (windFrom: number) => unwrap(plumeField({ ...gas, source: centred, weather: { ...air, windFrom }, grid }));
      const [west, turned] = [field(270), field(air.windFrom)];
      const angle = ((270 - air.windFrom) * Math.PI) / 180;
      const [x, y] = [along * Math.cos(angle) - across * Math.sin(angle), along * Math.sin(angle) + across * Math.cos(angle)];
      const expected = west.at(along, across, 1.5);
      return Math.abs(turned.at(x, y, 1.5) - expected) <= 1e-6 * expected + 1e-9 && Math.abs(west.at(along, -across, 1.5) - expected) <= 1e-9 * expected + 1e-9;
    }), many);
  });

  test('of a passive ground source thins out along its axis and grows with its rate', () => {
    fc.assert(fc.property(weather, fc.double({ min: 1e-3, max: 10, noNaN: true }), (air, rateKgS) => {
      const input: PlumeInput = { substance: 'carbon-monoxide', rateKgS, source: { x: 0, y: 0, z: 0 }, weather: { ...air, windFrom: 270 }, grid, model: 'gaussian-plume' };
      const field = unwrap(plumeField(input));
      const axis = [20, 40, 80, 160, 290].map((x) => field.at(x, 0, 0));
      const doubled = unwrap(plumeField({ ...input, rateKgS: 2 * rateKgS })).at(160, 0, 0);
      return axis.every((value, i) => i === 0 || value <= axis[i - 1]!) && doubled >= axis[3]!;
    }), many);
  });

  test('carries what was released through every plane across the wind', () => {
    const plume: PlumeInput = { substance: 'ammonia', rateKgS: 0.05, source: { x: 0, y: 0, z: 3 }, weather: { windSpeed: 4, windFrom: 270, stability: 'D' }, grid, model: 'gaussian-plume' };
    const volume = (0.05 * 8.314462618 * 293.15) / (101325 * 0.017031);
    const wind = 4 * 0.3 ** 0.15;
    for (const x of [60, 200]) expect((through(plume, x) * wind) / volume).toBeCloseTo(1, 2);
  }, 30_000);
});

describe('what is out of range', () => {
  test('is refused by the name of its field', () => {
    const valid: PlumeInput = { substance: 'ammonia', rateKgS: 1, source: centred, weather: { windSpeed: 3, windFrom: 0, stability: 'D' }, grid };
    const broken: readonly (readonly [string, PlumeInput])[] = [
      ['rateKgS', { ...valid, rateKgS: Number.POSITIVE_INFINITY }],
      ['weather.humidity', { ...valid, weather: { ...valid.weather, humidity: 1.2 } }],
      ['weather.stability', { ...valid, weather: { ...valid.weather, stability: 'G' as 'F' } }],
      ['source.z', { ...valid, source: { x: 0, y: 0, z: -1 } }],
      ['grid.cell', { ...valid, grid: { ...grid, cell: 0 } }],
      ['liquidFraction', { ...valid, liquidFraction: Number.NaN }],
      ['history[1].at', { ...valid, history: [{ at: 10, speed: 3, windFrom: 0, rate: 1 }, { at: 5, speed: 3, windFrom: 0, rate: 1 }] }],
    ];
    for (const [field, input] of broken) expect(plumeField(input)).toMatchObject({ ok: false, refusal: { code: 'OutOfRange', field } });
    expect(invertLeak({ substance: 'ammonia', weather: valid.weather, detectors: [{ x: 0, y: 0, z: 1, ppm: Number.NaN, detectionLimit: 1 }] })).toMatchObject({ refusal: { field: 'detectors[0].ppm' } });
  });

  test('of a leak too, and any leak in range is finite and adds up', () => {
    fc.assert(fc.property(fc.constantFrom(...substanceIds), fc.double({ min: 1e-3, max: 0.5, noNaN: true }), fc.double({ min: 1.02e5, max: 2e7, noNaN: true }), fc.double({ min: 120, max: 400, noNaN: true }), (substance, holeDiameter, pressure, temperature) => {
      const leak = unwrap(estimateRelease({ substance, holeDiameter, storage: { pressure, temperature, inventoryKg: 1000 } }));
      return [leak.rateKgS, leak.airborneKgS, leak.rainoutKgS, leak.temperature, leak.velocity, leak.area].every((value) => Number.isFinite(value) && value >= 0) && Math.abs(leak.airborneKgS + leak.rainoutKgS - leak.rateKgS) <= 1e-9 * leak.rateKgS;
    }), { numRuns: 300 });
    expect(estimateRelease({ substance: 'ammonia', holeDiameter: 0, storage: { pressure: 1e6, temperature: 298, inventoryKg: 1 } })).toMatchObject({ refusal: { field: 'holeDiameter' } });
  });
});

import { describe, expect, test } from 'vitest';
import { buildPlant } from '../../../testing/buildPlant.ts';
import { createFieldEngine, type FieldOutput } from './fieldEngine.ts';
import { riskItems } from './items.ts';
import { plumeKernel, roundKernel, stamp } from './kernels.ts';

const plant = buildPlant((change) => {
  change.site = { ...change.site, width: 400, depth: 400 };
  change.equipment[0]!.position = [200, 200, 0];
});
const items = riskItems(plant);
const ones = new Float64Array(items.length).fill(1);
const full = Float64Array.from(items, (item) => item.capacityKg);
const at = (field: FieldOutput, x: number, y: number): number => field.perYear[Math.floor(y / 5) * field.nx + Math.floor(x / 5)]!;
const people = { x: Float64Array.of(230, 170), y: Float64Array.of(200, 200) };
const compute = (windFrom: number, leak = ones, inventoryKg = full) => createFieldEngine(plant)({ weather: { windSpeed: 3, windFrom, stability: 'D' }, leak, ignition: ones, inventoryKg, people });

describe('risk field', () => {
  test('lies downwind, turns with the wind by quarters exactly, and is the same on both sides of it', () => {
    const east = compute(270);
    expect(at(east, 260, 200)).toBeGreaterThan(20 * at(east, 140, 200));
    const north = compute(180);
    for (const [along, across] of [[52.5, 2.5], [102.5, 22.5], [22.5, 42.5]] as const) {
      expect(at(north, 200 - across, 200 + along)).toBeCloseTo(at(east, 200 + along, 200 + across), 12);
      expect(at(east, 200 + along, 200 - across)).toBeCloseTo(at(east, 200 + along, 200 + across), 12);
    }
  });

  test('counts deaths where people are: as many as the individual risk at each person adds up to, and none where nobody is', () => {
    const crowd = (xs: number[], ys: number[]) => createFieldEngine(plant)({ weather: { windSpeed: 3, windFrom: 270, stability: 'D' }, leak: ones, ignition: ones, inventoryKg: full, people: { x: Float64Array.from(xs), y: Float64Array.from(ys) } });
    // PLL is the sum of the individual risks at the middles of the cells in which people stand.
    const places = [[252.5, 202.5], [302.5, 197.5], [222.5, 212.5], [102.5, 202.5]] as const;
    const field = crowd(places.map(([x]) => x), places.map(([, y]) => y));
    const expected = places.reduce((sum, [x, y]) => sum + at(field, x, y), 0);
    expect(field.societal.pll / expected).toBeCloseTo(1, 5);
    expect(crowd([], []).societal).toEqual({ curve: [], pll: 0 });
    const many = crowd(Array.from({ length: 40 }, () => 232.5), Array.from({ length: 40 }, () => 202.5)).societal;
    expect(many.curve.at(-1)!.deaths).toBeGreaterThan(10);
    expect(many.curve[0]!.perYear).toBeGreaterThan(many.curve.at(-1)!.perYear);
  });

  test('is proportional to the likelihood of leaks and grows with the contents', () => {
    const plain = compute(270);
    const thrice = compute(270, ones.map(() => 3));
    plain.perYear.forEach((value, i) => expect(thrice.perYear[i]!).toBeCloseTo(3 * value, 9));
    const little = compute(270, ones, full.map((kg) => kg / 100));
    expect(at(little, 300, 200)).toBeLessThan(at(plain, 300, 200));
    expect(Math.max(...compute(270, ones, full.map(() => 0)).perYear)).toBe(0);
  });

  test('changing an item and changing it back gives the field of a fresh engine', () => {
    const engine = createFieldEngine(plant);
    const input = { weather: { windSpeed: 3, windFrom: 270, stability: 'D' as const }, ignition: ones, people, inventoryKg: full };
    const first = engine({ ...input, leak: ones });
    expect(first.changed).toBe(items.length);
    expect(engine({ ...input, leak: ones.map((one, i) => (i === 0 ? 5 : one)) }).changed).toBe(1);
    const back = engine({ ...input, leak: ones });
    expect(back.changed).toBe(1);
    back.perYear.forEach((value, i) => expect(value).toBeCloseTo(first.perYear[i]!, 12));
    expect(back.top.reduce((sum, each) => sum + each.share, 0)).toBeCloseTo(1, 6);
  });
});

describe('kernels', () => {
  const raster = { x0: 0, y0: 0, cell: 5, nx: 80, ny: 80 };
  test('smearing over the wind keeps what it smears: the sum over the ground is that of the sharp plume', () => {
    const wedge = (along: number, across: number): number => (along > 0 && along < 150 && across < 0.2 * along ? 1 : 0);
    const kernel = plumeKernel(wedge, 500)!;
    const target = new Float64Array(raster.nx * raster.ny);
    const sum = stamp(target, raster, { kernel, x: 200, y: 200, east: 1, north: 0, weight: 1 });
    // A wedge of half-slope 0.2 to 150 m: 0.2 · 150² m².
    expect((sum * 25) / (0.2 * 150 ** 2)).toBeGreaterThan(0.9);
    expect((sum * 25) / (0.2 * 150 ** 2)).toBeLessThan(1.1);
    expect(Math.max(...target)).toBeLessThanOrEqual(1);
  });
  test('a round one covers its circle', () => {
    const kernel = roundKernel((distance) => (distance < 60 ? 1 : 0), 500)!;
    const sum = stamp(new Float64Array(raster.nx * raster.ny), raster, { kernel, x: 200, y: 200, east: 0.6, north: 0.8, weight: 2 });
    expect((sum * 25) / (2 * Math.PI * 60 ** 2)).toBeCloseTo(1, 1);
    expect(roundKernel(() => 0, 500)).toBeNull();
  });
});

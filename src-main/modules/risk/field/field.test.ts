import { describe, expect, test } from 'vitest';
import { buildPlant } from '../../../testing/buildPlant.ts';
import { createFieldEngine, type Crowd, type FieldOutput } from './fieldEngine.ts';
import { heatEscalation, plumeField, substanceOf } from '../../consequence/index.ts';
import { escalationChances, vesselOf } from './escalation.ts';
import { escalationOf } from './escalationOf.ts';
import { flammableMass } from './harms.ts';
import { riskItems, type RiskItem } from './items.ts';
import { protectedChance, protectionStates, UNPROTECTED } from './protections.ts';
import { plumeKernel, roundKernel, stamp } from './kernels.ts';
import { consequenceOf, scenarioOf } from './scenario.ts';

const plant = buildPlant((change) => {
  change.site = { ...change.site, width: 400, depth: 400 };
  change.equipment[0]!.position = [200, 200, 0];
});
const items = riskItems(plant);
const ones = new Float64Array(items.length).fill(1);
const full = Float64Array.from(items, (item) => item.capacityKg);
const at = (field: FieldOutput, x: number, y: number): number => field.perYear[Math.floor(y / 5) * field.nx + Math.floor(x / 5)]!;
const bare = (of: readonly RiskItem[]) => of.map(() => UNPROTECTED);
const crowd = (xs: readonly number[], ys: readonly number[], indoors = 0): Crowd => ({ x: Float64Array.from(xs), y: Float64Array.from(ys), count: new Float64Array(xs.length).fill(1), indoors: new Float64Array(xs.length).fill(indoors) });
const people = crowd([230, 170], [200, 200]);
const outside = crowd([], []);
const compute = (windFrom: number, leak = ones, inventoryKg = full) => createFieldEngine(plant)({ protections: bare(items), weather: { windSpeed: 3, windFrom, stability: 'D' }, leak, ignition: ones, inventoryKg, people, outside });

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
    const among = (xs: number[], ys: number[]) => createFieldEngine(plant)({ protections: bare(items), weather: { windSpeed: 3, windFrom: 270, stability: 'D' }, leak: ones, ignition: ones, inventoryKg: full, people: crowd(xs, ys), outside });
    // PLL is the sum of the individual risks at the middles of the cells in which people stand.
    const places = [[252.5, 202.5], [302.5, 197.5], [222.5, 212.5], [102.5, 202.5]] as const;
    const field = among(places.map(([x]) => x), places.map(([, y]) => y));
    const expected = places.reduce((sum, [x, y]) => sum + at(field, x, y), 0);
    expect(field.societal.pll / expected).toBeCloseTo(1, 5);
    expect(among([], []).societal).toEqual({ curve: [], pll: 0 });
    const many = among(Array.from({ length: 40 }, () => 232.5), Array.from({ length: 40 }, () => 202.5)).societal;
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
    const input = { protections: bare(items), weather: { windSpeed: 3, windFrom: 270, stability: 'D' as const }, ignition: ones, people, outside, inventoryKg: full };
    const first = engine({ ...input, leak: ones });
    expect(first.changed).toBe(items.length);
    expect(engine({ ...input, leak: ones.map((one, i) => (i === 0 ? 5 : one)) }).changed).toBe(1);
    const back = engine({ ...input, leak: ones });
    expect(back.changed).toBe(1);
    back.perYear.forEach((value, i) => expect(value).toBeCloseTo(first.perYear[i]!, 12));
    expect(back.top.reduce((sum, each) => sum + each.share, 0)).toBeCloseTo(1, 6);
  });
});

test('the standing risk is what an engine without anything against the plant gives, whatever is known now, and returns to the live one', () => {
  const usual = compute(270);
  const engine = createFieldEngine(plant);
  const run = (leak: Float64Array, ignition: Float64Array) => engine({ protections: bare(items), weather: { windSpeed: 3, windFrom: 270, stability: 'D' }, leak, ignition, inventoryKg: full, people, outside });
  const worse = run(ones.map(() => 5), ones.map(() => 3));
  for (const k of usual.perYear.keys()) {
    expect(worse.standing[k]! / 1e-6).toBeCloseTo(usual.perYear[k]! / 1e-6, 4);
    expect(worse.perYear[k]!).toBeGreaterThanOrEqual(worse.standing[k]!);
  }
  expect(Math.max(...worse.outer.perYear)).toBeGreaterThan(4 * Math.max(...worse.outer.standing));
  const back = run(ones, ones);
  expect(back.standing).toEqual(back.perYear);
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

describe('what a leak comes to', () => {
  /** Two spheres of liquefied gas, a benzene tank, and pumps and exchangers of their unit that stand close. */
  const works = buildPlant((change) => {
    change.site = { ...change.site, width: 400, depth: 400 };
    const item = (id: string, kind: 'sphere' | 'pump' | 'heat-exchanger' | 'storage-tank', at: [number, number], substance: 'propane' | 'benzene') => ({
      id, name: { zh: id, en: id }, unit: 'U1', zone: 'Z1', kind, position: [...at, 0] as [number, number, number], size: (kind === 'sphere' ? [10, 10, 12] : kind === 'storage-tank' ? [12, 12, 10] : [4, 2, 3]) as [number, number, number], substance,
      ...(kind === 'sphere' ? { inventory: { capacityKg: 200_000, pressurePa: 1_200_000, temperatureK: 295 } } : kind === 'storage-tank' ? { inventory: { capacityKg: 500_000, pressurePa: 105_000, temperatureK: 298 } } : {}),
    });
    change.equipment = [...change.equipment, item('S-1', 'sphere', [200, 200], 'propane'), item('S-2', 'sphere', [220, 200], 'propane'), item('T-1', 'storage-tank', [200, 260], 'benzene'), item('P-1', 'pump', [205, 215], 'propane'), item('P-2', 'pump', [215, 215], 'propane'), item('E-1', 'heat-exchanger', [210, 225], 'propane')];
  });
  const parts = riskItems(works);
  const every = new Float64Array(parts.length).fill(1);
  const filled = Float64Array.from(parts, ({ capacityKg }) => capacityKg);
  const input = { protections: bare(parts), weather: { windSpeed: 3, windFrom: 270, stability: 'D' as const }, leak: every, ignition: every, inventoryKg: filled, outside: crowd([1_000], [200], 0.5) };
  const engine = createFieldEngine(works);
  const run = (more: Partial<Parameters<typeof engine>[0]> = {}) => engine({ ...input, people: crowd([260], [200]), ...more });

  test('explosion, fireball, flash, fire and the vessels they break all have a share, and the shares add up', () => {
    const { causes } = run();
    expect(causes.map(({ cause }) => cause).toSorted()).toEqual(['domino', 'explosion', 'fire', 'fireball', 'flash', 'toxic']);
    expect(causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('every contour closes in the wider grid, which agrees with the fine one', () => {
    const { outer, ...inner } = run();
    for (let i = 0; i < outer.nx; i += 1) for (const j of [0, outer.ny - 1]) expect(outer.perYear[j * outer.nx + i]!).toBeLessThan(1e-8);
    for (let j = 0; j < outer.ny; j += 1) for (const i of [0, outer.nx - 1]) expect(outer.perYear[j * outer.nx + i]!).toBeLessThan(1e-8);
    // A middle of a coarse cell is a middle of a fine one: 25 m and 5 m from the same corner.
    const [x, y] = [312.5, 187.5];
    const coarse = outer.perYear[Math.floor((y - outer.y0) / 25) * outer.nx + Math.floor((x - outer.x0) / 25)]!;
    expect(coarse / inner.perYear[Math.floor(y / 5) * inner.nx + Math.floor(x / 5)]!).toBeCloseTo(1, 4);
  });

  test('walls shelter: fewer die in buildings than in the open; whoever is outside the fence is counted apart', () => {
    const open = run().societal.pll;
    const sheltered = run({ people: crowd([260], [200], 1) }).societal.pll;
    expect(sheltered).toBeLessThan(open);
    expect(sheltered).toBeGreaterThan(0);
    expect(run({ outside: crowd([450], [200]) }).societalOutside.pll).toBeGreaterThan(0);
    expect(run({ outside: crowd([], []) }).societalOutside).toEqual({ curve: [], pll: 0 });
  });

  test('a vessel as full as only a liquid can make it holds liquid, whatever pressure a mixture is stored under', () => {
    const cold = riskItems({ ...works, equipment: works.equipment.map((each) => (each.id === 'S-1' ? { ...each, inventory: { ...each.inventory!, pressurePa: 700_000 } } : each)) });
    const scenario = scenarioOf(cold.find(({ id }) => id === 'S-1')!, { hole: null, perYear: 1 }, 200_000)!;
    expect(scenario.liquidFraction).toBeGreaterThan(0);
    expect(scenario.burstKg).toBeGreaterThan(100_000);
  });

  test('a vessel that is emptied no longer escalates', () => {
    const share = (kg: Float64Array): number => {
      const { causes, perYear } = run({ inventoryKg: kg });
      return (causes.find(({ cause }) => cause === 'domino')?.share ?? 0) * perYear.reduce((a, b) => a + b, 0);
    };
    const without = filled.map((kg, i) => (parts[i]!.id === 'S-2' || parts[i]!.id === 'T-1' ? 0 : kg));
    expect(share(without)).toBeLessThan(share(filled));
  });

  test('names the vessels in reach with heat, time, chance and what cools them; farther means later', () => {
    const found = escalationOf(works, { equipment: 'S-1', weather: input.weather, inventoryKg: 200_000, at: 0, protections: parts.map(() => []) })!;
    expect(found.fire).toMatchObject({ kind: 'jet' });
    const near = found.targets.find(({ equipment }) => equipment === 'S-2')!;
    expect(near.struck).toBe(true);
    expect(near.failsAfterS).toBeGreaterThan(60);
    expect(near.heatChance).toBeGreaterThan(0);
    for (const { reachM } of found.explosion!.rings) expect(reachM[0]).toBeLessThanOrEqual(reachM[1]);
    expect(found.explosion!.rings.map(({ reachM }) => reachM[1])).toEqual(found.explosion!.rings.map(({ reachM }) => reachM[1]).toSorted((a, b) => a - b));
    // The release that is going on instead of a hole: twice the fire, no less heat anywhere.
    const going = escalationOf(works, { equipment: 'S-1', weather: input.weather, inventoryKg: 200_000, at: 0, protections: parts.map(() => []), rateKgS: 2 * found.fire.rateKgS })!;
    expect(going.holeM).toBeNull();
    for (const { equipment, heat } of found.targets) expect(going.targets.find((each) => each.equipment === equipment)?.heat ?? Infinity).toBeGreaterThanOrEqual(heat);
    expect(escalationOf(works, { equipment: 'TK-101', weather: input.weather, inventoryKg: 0, at: 0, protections: parts.map(() => []) })).toBeNull();
    expect(escalationOf(works, { equipment: 'K-201', weather: input.weather, inventoryKg: 1, at: 0, protections: parts.map(() => []) })).toBeNull();
  });

  test('a pool below its boiling point burns and, when it is warm, its vapour flashes and poisons (Mackay & Matsugu)', () => {
    const tank = parts.find(({ id }) => id === 'T-1')!;
    const scenario = scenarioOf(tank, { hole: 0.1, perYear: 1 }, tank.capacityKg)!;
    expect(scenario.isLiquid).toBe(true);
    const of = (temperatureK: number) => consequenceOf({ ...scenario, temperatureK }, { windSpeed: 1.5, stability: 'F' });
    // At 10 °C benzene's vapour is 6 % over the pool and thinner at a man's height; at 60 °C more than half.
    expect(of(283).flash).toBeNull();
    expect(of(283).fire).not.toBeNull();
    expect(of(333).flash!.outdoors!.reach).toBeGreaterThan(20);
    expect(of(333).toxic!.outdoors!.reach).toBeGreaterThan(20);
  });

  test('a root valve that closes in time ends the fire of what it feeds, and a stuck one does not; a jet strikes what covers more of its horizon', () => {
    const vessel = vesselOf(parts.find(({ id }) => id === 'S-2')!);
    const pump = parts.find(({ id }) => id === 'P-1')!;
    const scenario = scenarioOf(pump, { hole: 0.025, perYear: 1 }, 200_000)!;
    const found = consequenceOf(scenario, { windSpeed: 3, stability: 'D' });
    const chance = (distance: number, afterS: number, fails: number): number => escalationChances(scenario, found, { index: 0, distance, vessel, fails: UNPROTECTED, lastsS: 1e5, isolation: { afterS, fails } }).heat;
    const open = chance(8, Infinity, 1);
    expect(open).toBeGreaterThan(0);
    expect(chance(8, 30, 0)).toBe(0);
    expect(chance(8, 30, 0.01)).toBeCloseTo(0.01 * open, 12);
    expect(chance(8, 30, 1)).toBeCloseTo(open, 12);
    expect(chance(2, Infinity, 1)).toBeGreaterThan(open);
  });

  test('the mass of a cloud above its limit is less than what was released while it lay there, and grows with the rate', () => {
    const mass = (rateKgS: number): number => {
      const field = plumeField({ substance: 'propane', rateKgS, source: { x: 0, y: 0, z: 1 }, weather: { windSpeed: 2, windFrom: 270, stability: 'F' }, grid: { x0: 1_500, y0: 0, cell: 1, nx: 1, ny: 1 }, levels: [] });
      return field.ok ? flammableMass(field.value, substanceOf('propane'), substanceOf('propane').fire!.lower) : 0;
    };
    expect(mass(10)).toBeGreaterThan(2 * mass(2));
    expect(mass(10)).toBeLessThan(10 * 1_500);
    expect(mass(2)).toBeGreaterThan(1);
  });
});

describe('protections', () => {
  const has = { deluge: { rateLMinM2: 9, supply: [{ anyOf: ['LT-A', 'LT-B'], atLeast: 60 }, { anyOf: ['RUN'], atMost: 1 }] }, fireproofing: { minutes: 90 }, relief: { supply: [] } };
  const states = (readings: Readonly<Record<string, number | 'unusable'>>, overdueDays = 0, rateLMinM2 = 9) =>
    protectionStates({ ...has, deluge: { ...has.deluge, rateLMinM2 } }, { heat: 'pressurised', read: (tag) => readings[tag], overdueDays });
  const good = { 'LT-A': 90, 'LT-B': 40, RUN: 0 };

  test('a deluge is credited while one tank of two has water and the pump has not tripped, and not with too little water', () => {
    const deluge = (...of: Parameters<typeof states>) => states(...of)[0]!;
    expect(deluge(good)).toMatchObject({ kind: 'deluge', failsOnDemand: 4.33e-2, why: null });
    expect(deluge({})).toMatchObject({ why: null });
    expect(deluge({ ...good, 'LT-A': 59 })).toMatchObject({ failsOnDemand: 1, why: 'supply', tags: ['LT-A', 'LT-B'] });
    expect(deluge({ ...good, 'LT-A': 'unusable' })).toMatchObject({ failsOnDemand: 1, why: 'supply' });
    expect(deluge({ ...good, RUN: 2 })).toMatchObject({ failsOnDemand: 1, why: 'supply', tags: ['RUN'] });
    expect(deluge(good, 0, 5)).toMatchObject({ failsOnDemand: 1, why: 'rate' });
  });

  test('a late inspection raises every chance to fail, the more the later, to 1 at most', () => {
    const designed = states(good);
    states(good, 1).forEach(({ failsOnDemand, why }, i) => {
      expect(why).toBe('inspection');
      expect(failsOnDemand).toBeGreaterThan(2 * designed[i]!.failsOnDemand);
      expect(failsOnDemand).toBeLessThan(2.01 * designed[i]!.failsOnDemand);
    });
    expect(states(good, 365)[0]!.failsOnDemand).toBeCloseTo(4 * 4.33e-2, 9);
    expect(states(good, 1e6).every(({ failsOnDemand }) => failsOnDemand === 1)).toBe(true);
  });

  const exposed = { heat: 'pressurised' as const, volumeM3: 500, flux: 85_000, isStruck: false, lastsS: 7_200 };
  const bare = protectedChance({ ...exposed, has: {}, fails: UNPROTECTED });
  test('without any the chance is that of the formula; water keeps radiated heat off, not a jet that strikes', () => {
    expect(bare).toBeCloseTo(heatEscalation('pressurised', exposed.flux, exposed.volumeM3), 12);
    const deluge = { ...exposed, has: { deluge: has.deluge }, fails: { ...UNPROTECTED, deluge: 4.33e-2 } };
    // Half of 85 kW/m² is below the threshold of 45: what is left is the deluge that does not work.
    expect(protectedChance(deluge)).toBeCloseTo(4.33e-2 * bare, 12);
    expect(protectedChance({ ...deluge, isStruck: true })).toBeCloseTo(bare, 12);
    expect(protectedChance({ ...deluge, fails: UNPROTECTED })).toBeCloseTo(bare, 12);
  });
  test('fireproofing adds its rating to the time, depressurising empties in time, and a relief valve that sticks loses the vessel', () => {
    const one = (kind: 'fireproofing' | 'depressurising', protection: object) => protectedChance({ ...exposed, has: { [kind]: protection }, fails: { ...UNPROTECTED, [kind]: 0 } });
    expect(one('fireproofing', { minutes: 90 })).toBeLessThan(0.01 * bare);
    expect(one('fireproofing', { minutes: 1 })).toBeGreaterThan(one('fireproofing', { minutes: 5 }));
    expect(one('depressurising', { minutes: 2, supply: [] })).toBe(0);
    expect(one('depressurising', { minutes: 120, supply: [] })).toBeCloseTo(bare, 12);
    expect(protectedChance({ ...exposed, has: { relief: has.relief }, fails: { ...UNPROTECTED, relief: 1e-2 } })).toBeCloseTo(0.99 * bare + 0.01, 12);
    expect(protectedChance({ ...exposed, lastsS: 60, has: {}, fails: UNPROTECTED })).toBe(0);
  });
});

test('what is fed breaks off at the bore of its line and not with the whole vessel; a vessel itself loses all within ten minutes', () => {
  const [vessel, fed] = [items[0]!, { ...items[0]!, isVessel: false, boreM: 0.1 }];
  const rate = (item: RiskItem): number => scenarioOf(item, { hole: null, perYear: 1 }, 1_000_000)!.rateKgS;
  // Of the vessel what stays in the air of 1,667 kg/s.
  expect(rate(vessel)).toBeGreaterThan(500);
  expect(rate(fed)).toBeLessThan(rate(vessel) / 3);
  expect(rate({ ...fed, boreM: 0.2 }) / rate(fed)).toBeGreaterThan(2.5);
});

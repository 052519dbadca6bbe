import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../../src-shared/kernel/index.ts';
import { ringArea } from './contours.ts';
import { fireballDoseDistance, fireField, type FireFieldInput } from './fireField.ts';
import { fireball, fireballAt, fireballExposure, fireballLife, sphereView } from './fireball.ts';
import { jetFire, jetFireFlux } from './jetFire.ts';
import { poolFire, poolFirePatches, poolRadiativeFraction, shokriBeylerFlux, type PoolFire } from './poolFire.ts';
import { irradiance, pointSourceFlux, simpleTransmissivity, transmissivity, type Patch } from './radiation.ts';
import { substanceOf } from './substances.ts';

const air = { temperature: 293.15, humidity: 0.5, pressure: 101325, windSpeed: 4 };

describe('radiation', () => {
  test('of a distant patch is that of a small plate', () => {
    const patch: Patch = { x: 0, y: 0, z: 0, nx: 1, ny: 0, nz: 0, area: 0.01, power: 1e5 };
    expect(irradiance([patch], { x: 10, y: 0, z: 0 }, null).most).toBeCloseTo((1e5 * 0.01) / (Math.PI * 100), 6);
    expect(irradiance([patch], { x: -10, y: 0, z: 0 }, null).most).toBe(0);
  });

  test('is weakened more by longer, wetter and warmer paths', () => {
    const paths = [10, 30, 100, 300].map((path) => transmissivity(path, air));
    expect(paths).toEqual(paths.toSorted((a, b) => b - a));
    expect(transmissivity(100, { temperature: 303, humidity: 0.9 })).toBeLessThan(transmissivity(100, { temperature: 273, humidity: 0.3 }));
    expect(Math.abs(transmissivity(100, air) - simpleTransmissivity(100, air))).toBeLessThan(0.06);
  });
});

describe('a pool fire', () => {
  const gasoline = poolFire(substanceOf('gasoline'), { area: 100 }, air)!;

  test('leans downwind and heats most what lies there', () => {
    const patches = poolFirePatches(gasoline);
    expect(gasoline.shape.tilt).toBeGreaterThan(20);
    const at = (x: number, y: number): number => irradiance(patches, { x, y, z: 1.5 }, air).most;
    expect(at(40, 0)).toBeGreaterThan(at(0, 40));
    expect(at(0, 40)).toBeGreaterThan(at(-40, 0));
    expect(at(0, 40)).toBeCloseTo(at(0, -40), 3);
  });

  test('agrees with the point source and with Shokri and Beyler within a factor of three far away', () => {
    const still = poolFire(substanceOf('gasoline'), { area: 100 }, { ...air, windSpeed: 0.5 })!;
    const far = 4 * still.diameter;
    const solid = irradiance(poolFirePatches(still), { x: 0, y: far, z: 1 }, air).vertical;
    const point = pointSourceFlux({ power: still.heatRelease, radiativeFraction: poolRadiativeFraction(still.diameter), transmissivity: transmissivity(far, air) }, far);
    for (const other of [point, shokriBeylerFlux(4)]) {
      expect(solid / other).toBeGreaterThan(1 / 3);
      expect(solid / other).toBeLessThan(3);
    }
  });

  test('of a substance that does not burn as a pool is none', () => {
    expect(poolFire(substanceOf('chlorine'), { area: 100 }, air)).toBeNull();
    expect(poolFire(substanceOf('hydrogen'), { area: 100 }, air)).toBeNull();
  });
});

describe('a jet fire', () => {
  test('grows with its rate and radiates less of it the smaller it is', () => {
    const [small, large] = [1, 20].map((rate) => jetFire(substanceOf('methane'), rate, air)!);
    expect(large!.length / small!.length).toBeCloseTo(20 ** 0.3728, 3);
    expect(large!.radiativeFraction).toBeGreaterThan(small!.radiativeFraction);
    expect(jetFire(substanceOf('chlorine'), 1, air)).toBeNull();
  });

  test('far away is a point source of its radiated heat', () => {
    const fire = jetFire(substanceOf('propane'), 5, air)!;
    const flux = jetFireFlux(fire, { from: [0, 0, 2], axis: [1, 0, 0], receiver: [0, 400, 2] }, air);
    expect(flux / pointSourceFlux({ power: fire.heatRelease, radiativeFraction: fire.radiativeFraction, transmissivity: transmissivity(400, air) }, 400)).toBeCloseTo(1, 1);
  });
});

describe('a fireball', () => {
  const ball = fireball(20000, 46.35e6, 1.7e6);

  test('has the published size and life', () => {
    expect(ball.diameter).toBeCloseTo(5.8 * 20000 ** (1 / 3), 6);
    expect(fireball(30000, 46e6, 1e6).duration / fireball(29999, 46e6, 1e6).duration).toBeCloseTo(1, 1);
    expect(sphereView(100, 50)).toBe(1);
  });

  test('grows, rises and dies, and its dose falls with distance', () => {
    const life = fireballLife(ball);
    expect(fireballAt(ball, life / 3).diameter / ball.diameter).toBeCloseTo(1, 1);
    expect(fireballAt(ball, life * 0.9).height).toBeGreaterThan(fireballAt(ball, life * 0.4).height);
    expect(fireballAt(ball, life * 1.01).emissivePower).toBe(0);
    const doses = [100, 200, 400, 800].map((distance) => fireballExposure(ball, distance, air).dose);
    expect(doses).toEqual(doses.toSorted((a, b) => b - a));
  });
});

describe('a field of heat', () => {
  const input: FireFieldInput = { substance: 'gasoline', fire: { kind: 'pool', area: 200 }, source: { x: 0, y: 0 }, weather: { windSpeed: 5, windFrom: 270, stability: 'D' }, grid: { x0: -150, y0: -150, cell: 3, nx: 100, ny: 100 } };

  test('reaches farther downwind, mirrors about the wind and has nested contours', () => {
    const field = unwrap(fireField(input));
    expect(field.at(60, 0)).toBeGreaterThan(field.at(-60, 0));
    expect(field.at(20, 40)).toBeCloseTo(field.at(20, -40), 6);
    const areas = field.contours.map((contour) => contour.rings.reduce((sum, ring) => sum + ringArea(ring), 0));
    expect(areas).toEqual(areas.toSorted((a, b) => a - b));
    expect(areas.at(-1)).toBeGreaterThan(1000);
  });

  test('of a jet lies where the jet points', () => {
    const field = unwrap(fireField({ ...input, substance: 'hydrogen', fire: { kind: 'jet', rateKgS: 1, towards: 0 } }));
    expect(field.at(0, 30)).toBeGreaterThan(field.at(0, -30));
    expect(field.at(0, 30)).toBeGreaterThan(field.at(30, 0));
  });

  test('reads the same from its table as from the flame', () => {
    const field = unwrap(fireField(input));
    const air9 = { ...air, windSpeed: 5 };
    const fire = field.fire as PoolFire;
    for (const [x, y] of [[40, 10], [-30, 25], [0, 80]] as const) {
      expect(field.at(x, y) / irradiance(poolFirePatches(fire, 24, 14), { x, y, z: 1.5 }, { ...air9, humidity: 0.6 }).most).toBeCloseTo(1, 1);
    }
  });

  test('is refused for what does not burn and for fields out of range', () => {
    expect(fireField({ ...input, substance: 'chlorine' })).toMatchObject({ refusal: { code: 'NotFlammable' } });
    expect(fireField({ ...input, fire: { kind: 'pool', area: -1 } })).toMatchObject({ refusal: { field: 'fire.area' } });
  });

  test('the dose of a fireball ends at a distance', () => {
    const ball = fireball(20000, 46.35e6, 1.7e6);
    const distance = fireballDoseDistance(ball, 1e7, air);
    expect(fireballExposure(ball, distance, air).dose / 1e7).toBeCloseTo(1, 2);
    expect(fireballDoseDistance(fireball(1, 46e6, 1e6), 1e9, air)).toBe(0);
  });
});

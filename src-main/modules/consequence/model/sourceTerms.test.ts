import { describe, expect, test } from 'vitest';
import { gasThroughHole, gasVesselEmptying, holeArea } from './sourceTermGas.ts';
import { airborneFraction, flashFraction, flashingThroughHole, liquidThroughHole } from './sourceTermLiquid.ts';
import { evaporatingPool, grounds, spreadingPool } from './sourceTermPool.ts';
import { drainingTank } from './sourceTermTank.ts';
import { substanceOf, vapourPressure } from './substances.ts';

const propaneGas = { pressure: 1e6, temperature: 298, molarMass: 0.0441, gamma: 1.15 };
const hole = { area: holeArea(0.02), dischargeCoefficient: 1, ambientPressure: 101300 };

describe('gas through a hole', () => {
  test('gives the worked example of Casal (2.3)', () => {
    expect(gasThroughHole(propaneGas, hole).rate).toBeCloseTo(0.847, 2);
    expect(gasThroughHole(propaneGas, hole).isChoked).toBe(true);
  });

  test('is continuous where it stops being choked, and ends at equal pressures', () => {
    const critical = 101300 / (2 / 2.15) ** (1.15 / 0.15);
    const [below, above] = [0.9999, 1.0001].map((factor) => gasThroughHole({ ...propaneGas, pressure: critical * factor }, hole));
    expect(below!.isChoked).toBe(false);
    expect(above!.isChoked).toBe(true);
    expect(above!.rate / below!.rate).toBeCloseTo(1, 3);
    expect(gasThroughHole({ ...propaneGas, pressure: 101300 }, hole).rate).toBe(0);
  });

  test('empties a vessel: pressure falls, time passes, mass adds up', () => {
    const history = gasVesselEmptying(propaneGas, hole, { volume: 10 });
    const mass = (10 * 1e6 * 0.0441) / (8.314462618 * 298);
    expect(history.at(-1)!.released).toBeLessThan(mass);
    for (const [i, step] of history.entries()) {
      if (i === 0) continue;
      expect(step.at).toBeGreaterThan(history[i - 1]!.at);
      expect(step.pressure).toBeLessThan(history[i - 1]!.pressure);
    }
    // The first second goes at the starting rate.
    const early = history.find((step) => step.at > 1)!;
    expect(early.released / early.at / history[0]!.rate).toBeCloseTo(1, 1);
  });
});

describe('liquid', () => {
  test('drains a tank as the closed form of a falling head says', () => {
    const tank = { shape: { kind: 'vertical-cylinder', diameter: 5 }, liquidHeight: 8.5, holeHeight: 1, density: 867, overpressure: 0 } as const;
    const [step] = drainingTank(tank, { area: holeArea(0.05), dischargeCoefficient: 0.62 }, [1800]);
    const k = ((0.62 * 0.05 ** 2) / 5 ** 2) * Math.sqrt(9.80665 / 2);
    const head = (Math.sqrt(7.5) - k * 1800) ** 2;
    expect(step!.height - 1).toBeCloseTo(head, 4);
    expect(step!.released).toBeCloseTo(867 * (Math.PI / 4) * 25 * (7.5 - head), 0);
  });

  test('empties spheres and lying cylinders without passing the hole', () => {
    for (const shape of [{ kind: 'sphere', diameter: 12 }, { kind: 'horizontal-cylinder', diameter: 3, length: 10 }] as const) {
      const history = drainingTank({ shape, liquidHeight: 2.5, holeHeight: 0.2, density: 580, overpressure: 5e5 }, { area: holeArea(0.1), dischargeCoefficient: 0.62 }, [60, 600, 6000, 60000]);
      expect(history.at(-1)).toMatchObject({ rate: 0, height: 0.2 });
      expect(history.map((step) => step.released)).toEqual(history.map((step) => step.released).toSorted((a, b) => a - b));
    }
  });

  test('flashes more the warmer it is, and falls between vapour choking and plain liquid', () => {
    const ammonia = substanceOf('ammonia');
    expect(flashFraction(ammonia, 239)).toBe(0);
    expect(flashFraction(ammonia, 298.15)).toBeCloseTo(0.174, 2);
    const storage = { pressure: vapourPressure(ammonia, 298.15), temperature: 298.15 };
    const flashing = flashingThroughHole(ammonia, storage, { ...hole, dischargeCoefficient: 0.62, nozzleLength: 0.2 });
    const frozen = flashingThroughHole(ammonia, storage, { ...hole, dischargeCoefficient: 0.62, nozzleLength: 0 });
    const liquid = liquidThroughHole({ density: 605, overpressure: storage.pressure - 101300, head: 0 }, { area: hole.area, dischargeCoefficient: 0.62 });
    expect(flashing).toBeLessThan(frozen);
    expect(frozen / liquid).toBeCloseTo(1, 1);
    expect([0, 0.05, 0.1, 0.2, 0.36, 0.5].map(airborneFraction)).toEqual([0, 0.1, expect.closeTo(0.2, 2), expect.closeTo(0.508, 2), 1, 1]);
  });
});

describe('pools', () => {
  const air = { windSpeed: 3, temperature: 293.15, pressure: 101325 };

  test('of benzene evaporate some grams per square metre and second, more in more wind', () => {
    const rate = (windSpeed: number): number => evaporatingPool(substanceOf('benzene'), { area: 100, temperature: 293.15 }, { ...air, windSpeed }) / 100;
    expect(rate(3)).toBeGreaterThan(5e-4);
    expect(rate(3)).toBeLessThan(5e-3);
    expect(rate(6) / rate(3)).toBeCloseTo(2 ** 0.78, 2);
  });

  test('conserve mass, keep to the bund and cool while they evaporate', () => {
    for (const id of ['benzene', 'ammonia', 'methanol', 'methane'] as const) {
      const history = spreadingPool(substanceOf(id), { rate: 10, duration: 120, bundArea: 200, ground: grounds.concrete }, { air, until: 3600, step: 2 });
      const evaporated = history.reduce((sum, step) => sum + 2 * step.rate, 0);
      const last = history.at(-1)!;
      expect((evaporated + Math.max(0, last.mass - 2 * last.rate)) / 1200).toBeCloseTo(1, 6);
      expect(Math.max(...history.map((step) => step.area))).toBeLessThanOrEqual(200.001);
      expect(Math.max(...history.map((step) => step.temperature))).toBeLessThanOrEqual(293.15);
      expect(history.every((step) => Number.isFinite(step.rate) && step.rate >= 0)).toBe(true);
    }
  });
});

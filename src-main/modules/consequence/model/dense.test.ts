import { describe, expect, test } from 'vitest';
import type { Atmosphere } from './atmosphere.ts';
import { britterMcQuaidBeta, britterMcQuaidDistance, britterMcQuaidFraction, britterMcQuaidScale } from './britterMcQuaid.ts';
import { cloudOf, sourceRichardson } from './cloudChoice.ts';
import { acrossProfile, upProfile, volumeFractionAt, type Cloud } from './cloud.ts';
import { slabCloud } from './slab.ts';
import { gasDensity, substanceOf } from './substances.ts';

const air: Atmosphere = { windSpeed: 5, windHeight: 10, windFrom: 270, stability: 'D', roughness: 0.01, temperature: 293.15, pressure: 101325, humidity: 0.5 };
const lngPool = { substance: substanceOf('methane'), rate: 50, temperature: 111.66, liquidFraction: 0, area: 400, velocity: 0, height: 0 };

describe('Britter and McQuaid', () => {
  const burro = { amount: (0.23 * 425.6) / 1.76, density: 1.76, temperature: 111.15 };

  test('gives the worked example of CCPS 1999 p. 122', () => {
    const day = { windSpeed: 10.9, temperature: 298, pressure: 101325 };
    expect(britterMcQuaidDistance('continuous', burro, day, 0.05)).toBeCloseTo(367, -1);
    expect(britterMcQuaidScale('continuous', burro, { ...day, temperature: 288.15 }).alpha).toBeCloseTo(-0.4357, 3);
  });

  test('distance and concentration are inverses, and β grows as the ratio falls', () => {
    const day = { windSpeed: 6, temperature: 290, pressure: 101325 };
    for (const kind of ['continuous', 'instantaneous'] as const) {
      for (const fraction of [0.3, 0.1, 0.02, 1e-4]) {
        const x = britterMcQuaidDistance(kind, burro, day, fraction);
        expect(britterMcQuaidFraction(kind, burro, day, x) / fraction).toBeCloseTo(1, 2);
      }
      const betas = [0.5, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 1e-4].map((ratio) => britterMcQuaidBeta(kind, -0.3, ratio));
      expect(betas).toEqual(betas.toSorted((a, b) => a - b));
    }
  });
});

describe('the slab', () => {
  /** Volume of released gas that passes a section per second, by summing the section. */
  const passing = (cloud: Cloud, i: number): number => {
    let across = 0;
    const width = cloud.halfWidth[i]! + 6 * cloud.spreadY[i]!;
    for (let k = 0; k < 400; k += 1) across += (acrossProfile(-width + (k + 0.5) * (width / 200), cloud.halfWidth[i]!, cloud.spreadY[i]!) * width) / 200;
    let up = 0;
    const top = cloud.centreHeight[i]! + 6 * cloud.spreadZ[i]!;
    for (let k = 0; k < 400; k += 1) up += (upProfile((k + 0.5) * (top / 400), cloud.centreHeight[i]!, cloud.spreadZ[i]!) * top) / 400;
    return cloud.flux[i]! * across * up * cloud.speed[i]!;
  };

  test('carries all that was released through every section beyond the pool', () => {
    const cloud = slabCloud(lngPool, air, { reach: 1000, averagingTime: 60 });
    const expected = 50 / gasDensity(0.016043, air.temperature, air.pressure);
    for (let i = 0; i < cloud.x.length; i += 10) if (cloud.x[i]! > 25) expect(passing(cloud, i) / expected).toBeCloseTo(1, 2);
  });

  test('falls with distance, is wider than deep while dense, and comes back to the air', () => {
    const cloud = slabCloud(lngPool, air, { reach: 3000, averagingTime: 60 });
    const axis = [30, 60, 120, 240, 480, 960].map((x) => volumeFractionAt(cloud, x, 0, 0));
    expect(axis).toEqual(axis.toSorted((a, b) => b - a));
    const at100 = cloud.x.findIndex((x) => x > 100);
    expect(cloud.width[at100]! / cloud.height[at100]!).toBeGreaterThan(3);
    expect(cloud.temperature.at(-1)).toBeCloseTo(293.15, 0);
  });

  test('of a two-phase ammonia jet is colder than its boiling point and heavier than air', () => {
    const cloud = slabCloud({ substance: substanceOf('ammonia'), rate: 100, temperature: 239.8, liquidFraction: 0.82, area: 0.9, velocity: 25, height: 1 }, air, { reach: 1000, averagingTime: 10 });
    expect(Math.min(...cloud.temperature)).toBeLessThan(230);
    const at100 = cloud.x.findIndex((x) => x > 100);
    expect(cloud.width[at100]! / cloud.height[at100]!).toBeGreaterThan(3);
  });

  test('stays finite in every weather', () => {
    for (const stability of ['A', 'B', 'C', 'D', 'E', 'F'] as const) {
      for (const windSpeed of [0.5, 1, 3, 10, 25]) {
        for (const rate of [0.01, 1, 100]) {
          for (const roughness of [0.0002, 0.3, 1]) {
            const cloud = slabCloud({ ...lngPool, rate }, { ...air, stability, windSpeed, roughness }, { reach: 1500, averagingTime: 60 });
            expect(volumeFractionAt(cloud, 300, 0, 1)).toBeGreaterThanOrEqual(0);
            expect(cloud.x.at(-1)).toBeGreaterThanOrEqual(1500);
          }
        }
      }
    }
  });
});

test('the Richardson number tells dense from passive', () => {
  expect(sourceRichardson({ substance: 'chlorine', rateKgS: 5 }, air)).toBeGreaterThan(0.15);
  expect(sourceRichardson({ substance: 'hydrogen', rateKgS: 1 }, air)).toBeLessThan(0);
  const conditions = { air, height: 1, reach: 500, averagingTime: 600 };
  expect(cloudOf({ substance: 'chlorine', rateKgS: 5 }, conditions).cloud.model).toBe('slab');
  expect(cloudOf({ substance: 'ammonia', rateKgS: 0.01 }, conditions).cloud.model).toBe('gaussian-plume');
});

test('slab and workbook agree within a factor of three on smooth ground, where the workbook has its data from', () => {
  const conditions = { air: { ...air, roughness: 0.0002 }, height: 0, reach: 1500, averagingTime: 20 };
  const release = { substance: 'propane', rateKgS: 20, releaseTemperature: 231, sourceArea: 100 } as const;
  const [slab, workbook] = (['slab', 'britter-mcquaid'] as const).map((model) => cloudOf(release, { ...conditions, model }).cloud);
  for (const x of [150, 300, 600]) {
    const ratio = volumeFractionAt(slab!, x, 0, 0) / volumeFractionAt(workbook!, x, 0, 0);
    expect(ratio).toBeGreaterThan(1 / 3);
    expect(ratio).toBeLessThan(3);
  }
});

import { describe, expect, test } from 'vitest';
import { aegl } from './endpoints.ts';
import { blastLethality, doseAtProbit, heatLethality, indoorExposure, overpressureProbits, probitOf, probitShare, thermalDose, thermalProbits, toxicLethality } from './harm.ts';
import { trialStatistics } from './performance.ts';

test('a probit of five is half of the people', () => {
  expect(probitShare(5)).toBeCloseTo(0.5, 7);
  expect(probitShare(3.72)).toBeCloseTo(0.1, 2);
  expect(probitShare(-Infinity)).toBe(0);
});

test('heat and blast probits give their published points', () => {
  expect(probitOf(thermalProbits['eisenberg-death'], 1e7)).toBeCloseTo(2.782, 3);
  expect(doseAtProbit(overpressureProbits['eisenberg-lung'], 5)).toBeCloseTo(144543, -1);
  expect(thermalDose(4000, 30) / 1e4).toBeCloseTo(190.5, 1);
  expect(heatLethality(36000, 1)).toBe(1);
  expect(heatLethality(4000, 20)).toBeLessThan(0.01);
  expect([blastLethality(31000, false), blastLethality(15000, true), blastLethality(15000, false)]).toEqual([1, 0.025, 0]);
});

describe('toxic lethality', () => {
  test('adds up over an exposure and grows with both its factors', () => {
    const half = toxicLethality('chlorine', [{ seconds: 300, ppm: 400 }, { seconds: 300, ppm: 400 }])!;
    expect(half).toBeCloseTo(toxicLethality('chlorine', [{ seconds: 600, ppm: 400 }])!, 9);
    expect(half).toBeGreaterThan(toxicLethality('chlorine', [{ seconds: 600, ppm: 200 }])!);
    expect(toxicLethality('propane', [{ seconds: 600, ppm: 1e5 }])).toBeNull();
  });

  test('is less indoors, and the room comes to the air outside in the end', () => {
    const outdoor = Array.from({ length: 100 }, () => ({ seconds: 300, ppm: 100 }));
    const indoor = indoorExposure(outdoor, 1);
    expect(indoor[0]!.ppm).toBeLessThan(5);
    expect(indoor.at(-1)!.ppm).toBeCloseTo(100, 0);
    expect(indoorExposure([{ seconds: 600, ppm: 100 }], 0)[0]!.ppm).toBe(0);
  });
});

test('AEGL lie between their tabulated durations', () => {
  expect(aegl('ammonia', 2, 60)).toBe(160);
  expect(aegl('ammonia', 3, 45)).toBeLessThan(1600);
  expect(aegl('ammonia', 3, 45)).toBeGreaterThan(1100);
  expect(aegl('ethylene-oxide', 1, 60)).toBeNull();
  expect(aegl('water', 1, 60)).toBeNull();
});

test('trial statistics have the sign convention of Chang and Hanna', () => {
  const half = trialStatistics([1, 5, 50].map((observed) => ({ observed, predicted: observed / 2 })));
  expect(half.mg).toBeCloseTo(2, 9);
  expect(half.fb).toBeCloseTo(2 / 3, 9);
  expect(half.vg).toBeCloseTo(Math.exp(Math.log(2) ** 2), 9);
  expect(half.fac2).toBe(1);
});

import { expect, test } from 'vitest';
import { closesInS, dangerAhead, dangerLevel, dangerOnWays } from './edges.ts';

/** Ways of 20 m in a line away from a source at 0; the danger falls from 10 by one each 20 m and comes at 2 m/s. */
const ways = { x: Float64Array.from({ length: 11 }, (_value, i) => 20 * i), y: new Float64Array(11), from: Uint32Array.from({ length: 10 }, (_value, i) => i), to: Uint32Array.from({ length: 10 }, (_value, i) => i + 1) };
const field = { x: 0, y: 0, reach: 160, at: (x: number) => 10 - x / 20, loadRateAt: (x: number) => (10 - x / 20) / 1_000, arrivalAt: (x: number) => x / 2 };

test('levels count the thresholds that a strength meets', () => {
  expect([0, 1, 2.5, 9].map((strength) => dangerLevel(strength, [1, 2, 3]))).toEqual([0, 1, 2, 3]);
});

test('the danger comes to each way in its time and stays; by then the whole steady danger is there', () => {
  const hazard = dangerAhead(ways, field, { thresholds: [3, 6], ageS: 0 });
  const steady = dangerOnWays(ways, field, [3, 6]);
  expect([...steady]).toEqual([2, 2, 2, 2, 2, 1, 1, 1, 0, 0]);
  expect([...hazard.level.subarray(-10)]).toEqual([...steady]);
  // Closed when the danger can be at its near end, or a little earlier (a slice begins).
  for (let e = 0; e < 8; e += 1) {
    expect(closesInS(hazard, e)).toBeLessThanOrEqual(10 * e);
    expect(closesInS(hazard, e)).toBeGreaterThanOrEqual(10 * e - 20);
  }
  expect([8, 9].map((e) => closesInS(hazard, e))).toEqual([Infinity, Infinity]);
  for (let at = 10; at < hazard.level.length; at += 1) expect(hazard.level[at]!).toBeGreaterThanOrEqual(hazard.level[at - 10]!);
});

test('what has been spreading for longer is everywhere sooner', () => {
  const [young, old] = [0, 45].map((ageS) => dangerAhead(ways, field, { thresholds: [3, 6], ageS })) as [ReturnType<typeof dangerAhead>, ReturnType<typeof dangerAhead>];
  for (let e = 0; e < 8; e += 1) expect(closesInS(old, e)).toBeLessThanOrEqual(closesInS(young, e));
  expect(closesInS(old, 4)).toBe(0);
  expect(dangerAhead(ways, field, { thresholds: [3, 6], ageS: Infinity }).at).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { fieldTrials, trialReport } from './fieldTrials.ts';

test('the field trials: LNG and ammonia together within what is wanted of them', () => {
  const { trials, statistics } = trialReport();
  expect(trials).toHaveLength(fieldTrials.length);
  for (const { arcs } of trials) for (const { predicted } of arcs) expect(predicted).toBeGreaterThan(0);
  const of = (name: string) => statistics.find((each) => each.name.en === name)!;
  const both = of('LNG and ammonia');
  expect(both.n).toBe(of('LNG').n + of('Ammonia').n);
  expect(both.fac2).toBeGreaterThanOrEqual(0.7);
  expect(Math.abs(both.fb)).toBeLessThan(0.3);
  expect(both.mg).toBeGreaterThan(0.7);
  expect(both.mg).toBeLessThan(1.3);
  expect(both.vg).toBeLessThan(1.6);
}, 60_000);

test('every trial has a name of its own, and it says its series', () => {
  expect(new Set(fieldTrials.map(({ id }) => id)).size).toBe(fieldTrials.length);
  for (const { id, series } of fieldTrials) expect(id.startsWith(series)).toBe(true);
});

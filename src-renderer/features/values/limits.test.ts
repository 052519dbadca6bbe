import { expect, it } from 'vitest';
import { barLimits, isOutside, shortName } from './limits.ts';

const setting = (kind: 'HI' | 'LO' | 'RATE', limit: number) => ({ kind, limit, deadband: 0, onDelayS: 0, offDelayS: 0, priority: 2 as const, latched: false });

it('takes limits of the value for the bar, not those of its rate', () => {
  const tag = { alarms: [setting('HI', 80), setting('LO', 20), setting('RATE', 1)] };
  expect(barLimits(tag).map(({ at, side }) => [at, side])).toEqual([[80, 'high'], [20, 'low']]);
  expect([10, 20, 50, 80, Number.NaN].map((value) => isOutside(tag, value))).toEqual([true, true, false, true, false]);
});

it('does not repeat the equipment above, but never leaves a tag nameless', () => {
  expect(shortName('高压贮氨器A液位', '高压贮氨器A')).toBe('液位');
  expect(shortName('Ammonia receiver A level', 'Ammonia receiver A')).toBe('level');
  expect(shortName('Mast', 'Mast')).toBe('Mast');
  expect(shortName('Pump speed', '')).toBe('Pump speed');
});

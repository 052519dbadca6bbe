import { array, assert, boolean, constantFrom, double, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPresent, quietBand, type Condition } from './condition.ts';
import { createFlood } from './flood.ts';
import { advance, NORMAL, stateOf, STIMULI, type Lifecycle, type Stimulus } from './lifecycle.ts';
import { createSlope } from './slope.ts';

const walk = (stimuli: readonly Stimulus[], latched = false) => {
  let life = NORMAL;
  const events: (string | null)[] = [];
  for (const stimulus of stimuli) {
    const transition = advance(life, stimulus, { latched });
    events.push(transition?.event ?? null);
    life = transition?.next ?? life;
  }
  return { state: stateOf(life), events };
};

describe('life cycle (ISA-18.2)', () => {
  const ROUTES: readonly (readonly [name: string, stimuli: readonly Stimulus[], latched: boolean, state: string, events: readonly (string | null)[]])[] = [
    ['raised and acknowledged', ['activate', 'acknowledge'], false, 'acknowledged', ['raised', 'acknowledged']],
    ['acknowledged, then gone', ['activate', 'acknowledge', 'return'], false, 'normal', ['raised', 'acknowledged', 'cleared']],
    ['gone before it was acknowledged', ['activate', 'return'], false, 'returned', ['raised', 'returned']],
    ['gone, then acknowledged', ['activate', 'return', 'acknowledge'], false, 'normal', ['raised', 'returned', 'acknowledged']],
    ['raised again while returned', ['activate', 'return', 'activate'], false, 'unacknowledged', ['raised', 'returned', 'raised']],
    ['latched until reset', ['activate', 'acknowledge', 'return', 'reset'], true, 'normal', ['raised', 'acknowledged', 'returned', 'cleared']],
    ['latched, gone first', ['activate', 'return', 'acknowledge'], true, 'latched', ['raised', 'returned', 'acknowledged']],
    ['no reset while present', ['activate', 'acknowledge', 'reset'], true, 'acknowledged', ['raised', 'acknowledged', null]],
    ['shelved while up, unshelved while up', ['activate', 'acknowledge', 'shelve', 'unshelve'], false, 'unacknowledged', ['raised', 'acknowledged', 'shelved', 'unshelved']],
    ['gone while shelved', ['activate', 'shelve', 'return', 'unshelve'], false, 'normal', ['raised', 'shelved', null, 'unshelved']],
    ['raised while shelved stays quiet', ['shelve', 'activate'], false, 'shelved', ['shelved', null]],
    ['suppressed by design', ['activate', 'suppress', 'unsuppress'], false, 'unacknowledged', ['raised', 'suppressed', 'restored']],
    ['out of service hides the rest', ['activate', 'shelve', 'take-out-of-service'], false, 'out-of-service', ['raised', 'shelved', 'out-of-service']],
    ['hidden by a more severe one', ['activate', 'supersede'], false, 'suppressed', ['raised', 'suppressed']],
    ['gone while hidden', ['activate', 'supersede', 'return', 'unsupersede'], false, 'normal', ['raised', 'suppressed', 'cleared', null]],
    ['out from behind, acknowledged meanwhile', ['supersede', 'activate', 'acknowledge', 'unsupersede'], false, 'acknowledged', [null, 'suppressed', 'acknowledged', 'restored']],
  ];
  it.each(ROUTES.map(([name, stimuli, latched, state, events]) => ({ name, stimuli, latched, expected: { state, events } })))('$name', ({ stimuli, latched, expected }) => {
    expect(walk(stimuli, latched)).toEqual(expected);
  });

  const anyLife = record<Lifecycle>({ active: boolean(), acknowledged: boolean(), held: boolean(), superseded: boolean(), shelved: boolean(), suppressed: boolean(), outOfService: boolean() });

  it('keeps its invariants from any reachable place under any stimuli', () => {
    assert(
      property(array(constantFrom(...STIMULI), { maxLength: 40 }), boolean(), (stimuli, latched) => {
        let life = NORMAL;
        for (const stimulus of stimuli) {
          const before = stateOf(life);
          const transition = advance(life, stimulus, { latched });
          if (transition === null) continue;
          life = transition.next;
          const after = stateOf(life);
          if (after === 'normal') expect(life).toMatchObject({ active: false, acknowledged: true, held: false });
          // What people see never changes unrecorded, and only a visible unacknowledged alarm sounds.
          if (before !== after) expect(transition.event).not.toBeNull();
          if (transition.rings) expect(after).toBe('unacknowledged');
          if (after === 'unacknowledged' && before !== 'unacknowledged' && stimulus !== 'unsupersede') expect(transition.rings).toBe(true);
          // Nothing but a person silences: an unacknowledged alarm never turns acknowledged by itself.
          if (after === 'acknowledged' && before === 'unacknowledged') expect(stimulus).toBe('acknowledge');
          if (!latched) expect(after).not.toBe('latched');
        }
      }),
    );
  });

  it('is total: every stimulus answers in every place, and the same stimulus twice moves once', () => {
    assert(
      property(anyLife, constantFrom(...STIMULI), boolean(), (life, stimulus, latched) => {
        const once = advance(life, stimulus, { latched });
        if (once !== null) expect(advance(once.next, stimulus, { latched })).toBeNull();
      }),
    );
  });
});

describe('conditions', () => {
  const condition = record<Condition>({ kind: constantFrom('HIHI', 'HI', 'LO', 'LOLO', 'RATE', 'DISCRETE'), limit: integer({ min: -50, max: 50 }), deadband: double({ min: 0, max: 10, noNaN: true }) });
  const value = double({ min: -100, max: 100, noNaN: true });

  it('never change inside the quiet band', () => {
    assert(
      property(condition, boolean(), value, value, (own, was, first, next) => {
        const is = isPresent(own, was, first);
        const [low, high] = quietBand(own, is, first);
        if (next > low && next < high) expect(isPresent(own, is, next)).toBe(is);
      }),
    );
  });

  it('start at the limit and end beyond the deadband', () => {
    const high: Condition = { kind: 'HI', limit: 10, deadband: 2 };
    expect([9.9, 10].map((one) => isPresent(high, false, one))).toEqual([false, true]);
    expect([8, 7.9].map((one) => isPresent(high, true, one))).toEqual([true, false]);
    const low: Condition = { kind: 'LO', limit: 10, deadband: 2 };
    expect([10, 12].map((one) => isPresent(low, one > 10, one))).toEqual([true, true]);
    expect(isPresent(low, true, 12.1)).toBe(false);
    expect([1, 2, 3].map((one) => isPresent({ kind: 'DISCRETE', limit: 2, deadband: 0 }, false, one))).toEqual([false, true, false]);
    expect([4.9, 5, -6].map((one) => isPresent({ kind: 'RATE', limit: 5, deadband: 0 }, false, one))).toEqual([false, true, false]);
    expect(isPresent({ kind: 'RATE', limit: -5, deadband: 0 }, false, -6)).toBe(true);
  });
});

describe('slope', () => {
  it('reads a ramp in units per minute, whatever the sampling', () => {
    for (const step of [250, 1_000, 7_000]) {
      const slope = createSlope();
      let read = 0;
      for (let at = 0; at <= 120_000; at += step) read = slope.next(at, (at / 60_000) * 12);
      expect(read).toBeCloseTo(12, 1);
    }
  });

  it('does not take noise, a repeated time or a gap for a rate', () => {
    const slope = createSlope();
    for (let second = 0; second < 120; second += 1) expect(Math.abs(slope.next(second * 1_000, 50 + (second % 2) * 0.1))).toBeLessThan(0.7);
    expect(Number.isFinite(slope.next(119_000, 99))).toBe(true);
    expect(slope.next(119_000 + 3_600_000, 0)).toBe(0);
  });
});

it('a flood begins with the eleventh alarm in ten minutes and ends below five', () => {
  const flood = createFlood();
  for (let index = 0; index < 10; index += 1) flood.raise(index * 1_000);
  expect(flood.at(10_000)).toEqual({ rate: 10, isFlood: false });
  flood.raise(11_000);
  expect(flood.at(11_000)).toEqual({ rate: 11, isFlood: true });
  expect(flood.at(606_000)).toEqual({ rate: 4, isFlood: false });
  expect(createFlood([1, 2, 3]).at(5)).toEqual({ rate: 3, isFlood: false });
});

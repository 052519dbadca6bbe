import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arranged, createArranger, nextUnacknowledged, valueAndLimit, worstOf } from './model.ts';
import { ALARM_SOUNDS, type AlarmRow } from '../../../src-shared/contract/index.ts';

const alarm = (id: string, priority: AlarmRow['priority'], state: AlarmRow['state'], raisedAt: number) => ({ id, priority, state, raisedAt, zone: id.startsWith('new') ? 'Z2' : 'Z1' }) as AlarmRow;
const rows = [
  alarm('acknowledged-urgent', 1, 'acknowledged', 5),
  alarm('old-high', 2, 'unacknowledged', 1),
  alarm('new-high', 2, 'unacknowledged', 9),
  alarm('returned-low', 4, 'returned', 7),
  alarm('shelved-urgent', 1, 'shelved', 8),
];
const everything = { zone: '', priority: '0', unacknowledgedOnly: false } as const;
const ids = (list: readonly AlarmRow[]) => list.map(({ id }) => id);

describe('the alarm list', () => {
  it('puts what needs a hand first, then by priority, then the newest', () => {
    expect(ids(arranged(rows, everything, 'priority'))).toEqual(['new-high', 'old-high', 'returned-low', 'acknowledged-urgent', 'shelved-urgent']);
  });

  it('sorts by time and by state, and filters by zone, priority and acknowledgement', () => {
    expect(ids(arranged(rows, everything, 'time'))).toEqual(['new-high', 'shelved-urgent', 'returned-low', 'acknowledged-urgent', 'old-high']);
    expect(ids(arranged(rows, everything, 'state'))).toEqual(['new-high', 'old-high', 'returned-low', 'acknowledged-urgent', 'shelved-urgent']);
    expect(ids(arranged(rows, { ...everything, zone: 'Z2' }, 'time'))).toEqual(['new-high']);
    expect(ids(arranged(rows, { ...everything, priority: '1' }, 'time'))).toEqual(['shelved-urgent', 'acknowledged-urgent']);
    expect(ids(arranged(rows, { ...everything, unacknowledgedOnly: true }, 'time'))).toEqual(['new-high', 'returned-low', 'old-high']);
  });

  it('comes to the same order when it changes little by little', () => {
    const row = fc.record({ id: fc.integer({ min: 0, max: 30 }).map(String), priority: fc.constantFrom(1, 2, 3, 4), state: fc.constantFrom('unacknowledged', 'returned', 'acknowledged', 'latched'), raisedAt: fc.integer({ min: 0, max: 3 }), zone: fc.constantFrom('Z1', 'Z2') });
    const view = fc.record({ filter: fc.constantFrom(everything, { ...everything, zone: 'Z2' }, { ...everything, unacknowledgedOnly: true }), sort: fc.constantFrom('priority', 'time', 'state') });
    fc.assert(
      fc.property(fc.array(fc.record({ put: fc.array(row), drop: fc.array(fc.integer({ min: 0, max: 30 }).map(String)), view: fc.option(view, { nil: undefined }) })), (changes) => {
        const arrange = createArranger();
        const table = new Map<string, AlarmRow>();
        let now: { readonly filter: Parameters<typeof arranged>[1]; readonly sort: Parameters<typeof arranged>[2] } = { filter: everything, sort: 'priority' };
        for (const { put, drop, view: next } of changes) {
          now = next ?? now;
          for (const id of drop) table.delete(id);
          for (const each of put) table.set(each.id, each as AlarmRow);
          expect(arrange([...table.values()], now.filter, now.sort)).toEqual(arranged([...table.values()], now.filter, now.sort));
        }
      }),
    );
  });

  it('names the worst unacknowledged one, never a shelved or acknowledged one', () => {
    expect(worstOf(rows)?.id).toBe('new-high');
    expect(worstOf(rows.filter(({ state }) => state === 'shelved' || state === 'acknowledged'))).toBeNull();
  });

  it('walks the unacknowledged ones round and round', () => {
    expect(nextUnacknowledged(rows, null)?.id).toBe('new-high');
    expect(nextUnacknowledged(rows, 'new-high')?.id).toBe('old-high');
    expect(nextUnacknowledged(rows, 'returned-low')?.id).toBe('new-high');
    expect(nextUnacknowledged([], null)).toBeNull();
  });
});

it('shows a value as its instrument does, a rate by its significant digits', () => {
  expect(valueAndLimit({ kind: 'HI', value: 1.5, limit: 1.4999 }, 3)).toBe('1.500 / 1.500');
  expect(valueAndLimit({ kind: 'RATE', value: 0.0312, limit: 0.0024 }, 3)).toBe('0.0312 / 0.00240');
});

describe('alarm sounds', () => {
  it('are higher and come more often the more urgent, and each round fits its interval', () => {
    for (const [more, less] of [[1, 2], [2, 3], [3, 4]] as const) {
      expect(ALARM_SOUNDS[more].hertz).toBeGreaterThan(ALARM_SOUNDS[less].hertz);
      expect(ALARM_SOUNDS[more].everyS).toBeLessThan(ALARM_SOUNDS[less].everyS);
    }
    for (const { pulses, pulseS, gapS, everyS } of Object.values(ALARM_SOUNDS)) expect(pulses * (pulseS + gapS)).toBeLessThan(everyS);
  });
});

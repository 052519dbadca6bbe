import { describe, expect, it } from 'vitest';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { compassSector, doseSaved, emergenciesInOrder, everybodySent, headcount, reachM, routesByMuster, usedAhead, wayOf } from './model.ts';

const route = (muster: string, people: string[], arrivalS: number, dose: number): Emergency['routes'][number] => ({ id: `${muster}-${people.join()}`, people, muster, path: new Float64Array(0), edges: [], escapeEdges: [], lengthM: 100, arrivalS, dose, replanned: 0, plannedAt: 1_000, each: people.map((_person, i) => ({ arrivalS: arrivalS - i, dose: dose / (i + 1) })), ahead: null });

describe('the emergency screen', () => {
  it('shows the confirmed before the suspected, the newest first', () => {
    const each = (id: string, state: Emergency['state'], since: number) => ({ id, state, since }) as Emergency;
    expect(emergenciesInOrder([each('old', 'stood-down', 9), each('s', 'suspected', 5), each('c1', 'confirmed', 1), each('c2', 'confirmed', 2)]).map(({ id }) => id)).toEqual(['c2', 'c1', 's', 'old']);
  });

  it('says on which side a place lies', () => {
    expect([0, 22, 23, 337, 338, -90, 450].map(compassSector)).toEqual(['n', 'n', 'ne', 'nw', 'n', 'w', 'e']);
  });

  it('measures how far a contour reaches from the source', () => {
    expect(reachM({ rings: [Float64Array.of(0, 0, 30, 40, 3, 4), Float64Array.of(60, 80)] }, [0, 0])).toBe(100);
    expect(reachM({ rings: [] }, [0, 0])).toBe(0);
  });

  it('adds the muster points up', () => {
    const muster = [
      { muster: 'M1', expected: 10, arrived: 7, missing: ['P1', 'P2', 'P3'], silent: ['P3'], oldestS: 10, usable: true },
      { muster: 'M2', expected: 5, arrived: 5, missing: [], silent: [], oldestS: 20, usable: false },
    ];
    expect(headcount(muster)).toEqual({ expected: 15, arrived: 12, missing: ['P1', 'P2', 'P3'], silent: ['P3'], oldestS: 20 });
  });

  it('says by what part the plan lowers the worst dose, and nothing when there is none', () => {
    const planned = (chosen: number, nearest: number) => ({ version: 1, at: 0, told: [], reason: { zh: '', en: '' }, computeMs: 1, nearestExit: { arrivalS: 1, dose: nearest, intoDanger: 0 }, chosen: { arrivalS: 1, dose: chosen, intoDanger: 0 } });
    expect(doseSaved(planned(0.1, 0.4))).toBeCloseTo(0.75);
    expect(doseSaved(planned(0, 0))).toBeNull();
    expect(doseSaved(null)).toBeNull();
  });

  it('joins routes to one muster point: all people, the last arrival, the worst dose', () => {
    expect(routesByMuster([route('M1', ['a'], 100, 0.1), route('M2', ['b', 'c'], 50, 0.3), route('M1', ['d'], 80, 0.2)]).map(({ muster, people, arrivalS, dose }) => [muster, people, arrivalS, dose])).toEqual([['M1', 2, 100, 0.2], ['M2', 2, 50, 0.3]]);
  });
});

it('each person has a way of their own: where to, when and with what load', () => {
  const routes = [route('M1', ['a', 'b'], 60, 0.4), { ...route('M2', ['c'], 90, 0), ahead: { edge: 'E', passedS: 40, closesS: 55 } }, { ...route('M2', ['d', 'e'], 80, 0), ahead: { edge: 'E', passedS: 50, closesS: 55 } }];
  expect(wayOf(routes, 'b')).toEqual({ muster: 'M1', arrivesAt: 1_000 + 59_000, arrivalS: 59, dose: 0.2, lengthM: 100 });
  expect(wayOf(routes, 'nobody')).toBeNull();
  expect(everybodySent(routes)).toEqual(['c', 'd', 'e', 'a', 'b']);
  expect(usedAhead(routes).map(({ people }) => people)).toEqual([2, 1]);
});

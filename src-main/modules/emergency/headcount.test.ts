import { expect, it } from 'vitest';
import type { EvacuationRoute } from '../../../src-shared/contract/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createHeadcount } from './headcount.ts';

const NOW = 1_000_000;
const routes = [{ people: ['P1', 'P2'], muster: 'MP1' }] as unknown as readonly EvacuationRoute[];
/** Both at the muster point of the tiny plant, by positions of these ages, s, and these radii, m. */
const rig = () => {
  const headcount = createHeadcount(buildPlant());
  const count = (ages: readonly number[], accuracy: readonly number[] = ages.map(() => Number.NaN), now = NOW) =>
    headcount.count({ routes, usable: Uint8Array.of(1), now, columns: { person: Float64Array.from(ages.keys()), x: Float64Array.from(ages, () => 95), y: Float64Array.from(ages, () => 5), at: Float64Array.from(ages, (age) => now - 1_000 * age), accuracy: Float64Array.from(accuracy) } })[0];
  return { headcount, count };
};

it('counts nobody as arrived by an old position, and says how old those are that count', () => {
  const { count } = rig();
  expect(count([3, 40])).toEqual({ muster: 'MP1', expected: 2, arrived: 1, missing: ['P2'], silent: ['P2'], oldestS: 5, usable: true });
  expect(count([12, 4])).toMatchObject({ arrived: 2, missing: [], silent: [], oldestS: 15 });
});

it('takes back who falls silent at the muster point, and counts them again when they speak', () => {
  const { headcount, count } = rig();
  expect(count([1, 1])).toMatchObject({ arrived: 2 });
  expect(count([1, 31])).toMatchObject({ arrived: 1, missing: ['P2'], silent: ['P2'], expected: 2 });
  expect(headcount.isAt('P2')).toBe(true);
  expect(count([1, 0])).toMatchObject({ arrived: 2, silent: [] });
});

it('does not take a position for an arrival that is too unsure', () => {
  const { count } = rig();
  expect(count([1, 1], [4, 60])).toMatchObject({ arrived: 1, missing: ['P2'], silent: [] });
  expect(count([1, 1], [4, 8])).toMatchObject({ arrived: 2 });
});

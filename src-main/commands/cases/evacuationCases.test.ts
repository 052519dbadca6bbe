import { describe, expect, test } from 'vitest';
import { ReferenceCase, type Evaluation } from './caseAdapter.ts';
import { evacuationAdapters } from './evacuation.ts';
import { majorHazardAdapters } from './majorHazard.ts';

const evaluate = async (kind: string, rest: { readonly inputs: unknown; readonly expected: unknown }): Promise<Evaluation> => {
  const reference = ReferenceCase.parse({ id: 'own', kind, tolerance: { kind: 'rel', value: 0.03 }, ...rest });
  return await [...evacuationAdapters, ...majorHazardAdapters].find((adapter) => adapter.kinds.includes(kind))!.evaluate(reference);
};
const got = async (kind: string, rest: { readonly inputs: unknown; readonly expected: unknown }): Promise<unknown> => {
  const evaluation = await evaluate(kind, rest);
  return evaluation.status === 'evaluated' ? evaluation.got : evaluation;
};

describe('cases of our own', () => {
  test('three exits clear at one moment: (150 + 10 + 2·20 + 50)/(1 + 2 + 1) s', async () => {
    const exits = [[10, 1], [20, 2], [50, 1]].map(([travel_time_s, capacity_p_per_s]) => ({ travel_time_s, capacity_p_per_s }));
    const { clearance_time, persons_per_exit } = (await got('quickest-flow', { inputs: { N: 150, exits }, expected: { clearance_time: 62.5 } })) as { clearance_time: number; persons_per_exit: number[] };
    expect(Math.abs(clearance_time - 62.5)).toBeLessThanOrEqual(1.5);
    expect(persons_per_exit.reduce((a, b) => a + b, 0)).toBe(150);
  });

  test('a route that closes while somebody is on it is not taken; started earlier it is', async () => {
    const inputs = { routes: { short: [{ from: 'P', to: 'M', s: 20 }, { from: 'M', to: 'X', s: 30 }], long: [{ from: 'P', to: 'Y', s: 90 }] }, hazard: 'edge M-X impassable from t=60 s' };
    expect(await got('routing', { inputs, expected: { start_0: {}, start_20: {}, static_map_at_20: {} } })).toEqual({ start_0: { route: 'short', arrival: 50 }, start_20: { route: 'long', arrival: 110 }, static_map_at_20: { route: 'short', would_be_caught: true } });
  });

  test('half the doors, twice the time; narrower doors let fewer through', async () => {
    const { 'ratio_time_1_over_2': ratio } = (await got('exit-count', { inputs: { room: '20 x 20 m', persons: 150, exits: '2 x 1 m, then 1 x 1 m' }, expected: { ratio_time_1_over_2: { value: 2 }, accepted: [1.6, 2.4] } })) as { ratio_time_1_over_2: number };
    expect(ratio).toBeCloseTo(2, 1);
    const time = async (width: number) => ((await got('door-flow', { inputs: { clear_width: width, boundary_layer: 0.15, persons: 50, Fs: 1.33 }, expected: { time: 1 } })) as { time: number }).time;
    expect(await time(0.8)).toBeGreaterThan(await time(0.9));
  });

  test('GB 18218: names in either language and by category; an unknown one is unsupported', async () => {
    const inventory = [{ substance: '液化石油气', q: { value: 100, unit: 't' } }, { substance: 'solvent X', category: 'W5.3', q: { value: 500, unit: 't' } }];
    expect(await got('major-hazard-arithmetic', { inputs: { inventory, population_500m: 60 }, expected: {} })).toMatchObject({ S: 2.5, alpha: 1.5, R: 1.5 * (1.5 * 2 + 0.5), is_major: true, grade: 4 });
    await expect(evaluate('major-hazard-arithmetic', { inputs: { inventory: [{ substance: 'unobtainium', q: { value: 1, unit: 't' } }], population_500m: 0 }, expected: {} })).rejects.toThrow('unobtainium');
    expect(await evaluate('lec', { inputs: { L: 4, E: 6, C: 15 }, expected: { D: 360 } })).toMatchObject({ status: 'unsupported' });
  });

  test('what a case does not state is named', async () => {
    await expect(evaluate('walking', { inputs: { length: 10 }, expected: { travel_time: 1 } })).rejects.toThrow(/free_speed/);
  });
});

import { expect, it } from 'vitest';
import { countByZone } from './model.ts';

it('counts people by zone and leaves out those outside or not seen', () => {
  expect(countByZone(Float64Array.of(0, 1, 1, -1, Number.NaN, 7), 6, 2)).toEqual([1, 2]);
});

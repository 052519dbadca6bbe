import { expect, it } from 'vitest';
import type { CameraEvent } from '../../../src-shared/contract/index.ts';
import { countByZone, mattersNow } from './model.ts';

it('counts people by zone and leaves out those outside or not seen', () => {
  expect(countByZone(Float64Array.of(0, 1, 1, -1, Number.NaN, 7), 6, 2)).toEqual([1, 2]);
});

it('shows fire before a missing helmet, and the newest of a kind', () => {
  const event = (id: string, kind: CameraEvent['kind'], lastAt: number) => ({ id, kind, lastAt }) as CameraEvent;
  expect(mattersNow([event('helmet', 'no-helmet', 99), event('fire-old', 'fire', 1), event('fire-new', 'fire', 2)])?.id).toBe('fire-new');
  expect(mattersNow([])).toBeNull();
});

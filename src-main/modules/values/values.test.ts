import { expect, it } from 'vitest';
import { createSampleBuffer, Quality } from '../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createValues } from './index.ts';

const rig = () => {
  const clock = createFakeClock();
  const values = createValues({ plant: buildPlant() });
  const apply = (...samples: readonly (readonly [tag: number, at: number, value: number, quality?: number])[]) => {
    const buffer = createSampleBuffer();
    for (const [tag, at, value, quality = Quality.good] of samples) buffer.push(tag, at, value, quality);
    return values.apply(buffer.take(clock.now()));
  };
  return { clock, values, apply };
};

it('gives back only what is news, in order', () => {
  const { values, apply } = rig();
  expect([...apply([0, 1_000, 1], [1, 1_000, 5], [0, 2_000, 2]).value]).toEqual([1, 5, 2]);
  expect([...apply([0, 1_500, 9], [0, 2_000, 2], [0, 3_000, 3], [999, 1, 1]).value]).toEqual([3]);
  expect(values.last(0)).toMatchObject({ at: 3_000, value: 3, quality: Quality.good });
  expect(values.last(2)).toBeUndefined();
});

it('takes a correction of the same moment, and a stale value confirmed, but not a stale word about a good one', () => {
  const { values, apply } = rig();
  apply([0, 1_000, 1]);
  expect(apply([0, 1_000, 1.5]).tag.length).toBe(1);
  expect(apply([0, 1_000, 1.5, Quality.stale]).tag.length).toBe(0);
  values.markStale([0, 1], 5_000);
  expect(values.last(0)).toMatchObject({ at: 1_000, value: 1.5, quality: Quality.stale });
  expect(apply([0, 1_000, 1.5]).quality[0]).toBe(Quality.good);
});

it('tells those who watch what became stale, once, with value and time kept', () => {
  const { values, apply } = rig();
  const seen: number[][] = [];
  apply([0, 1_000, 1], [1, 1_000, 2]);
  values.handlers.live.onDidAppend(({ tag, at, value, quality }) => seen.push([tag[0]!, at[0]!, value[0]!, quality[0]!]));
  expect([...values.markStale([1, 2], 9_000).tag]).toEqual([1]);
  expect(values.markStale([1], 9_500).tag.length).toBe(0);
  expect(seen).toEqual([[1, 1_000, 2, Quality.stale]]);
  expect(values.staleCount()).toBe(1);
  expect(values.handlers.live.snapshot()).toEqual({ tag: Float64Array.of(0, 1), at: Float64Array.of(1_000, 1_000), value: Float64Array.of(1, 2), quality: Float64Array.of(Quality.good, Quality.stale) });
});

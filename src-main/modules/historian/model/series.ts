import type { Columns } from './chunk.ts';
import { firstAfter } from './times.ts';

/** Samples of one tag in order of time that can grow; the same sample (moment and value) is held once. */
export type GrowingSeries = { at: Float64Array; value: Float64Array; quality: Uint8Array; length: number };

export const createSeries = (capacity = 32): GrowingSeries => ({ at: new Float64Array(capacity), value: new Float64Array(capacity), quality: new Uint8Array(capacity), length: 0 });

/** Puts a sample in its place; false when it is there already. Samples of one moment with different values stay in order of arrival. */
export const insertSample = (series: GrowingSeries, at: number, value: number, quality: number): boolean => {
  const { length } = series;
  if (length === series.at.length) grow(series);
  let place = length;
  if (length > 0 && at <= series.at[length - 1]!) {
    place = firstAfter(series.at, length, at);
    for (let index = place - 1; index >= 0 && series.at[index] === at; index -= 1) if (Object.is(series.value[index], value)) return false;
    series.at.copyWithin(place + 1, place, length);
    series.value.copyWithin(place + 1, place, length);
    series.quality.copyWithin(place + 1, place, length);
  }
  series.at[place] = at;
  series.value[place] = value;
  series.quality[place] = quality;
  series.length += 1;
  return true;
};

/** Adds rows `from` to `to` (exclusive) of columns that are themselves in order. */
export const insertRows = (series: GrowingSeries, columns: Columns, [from, to]: readonly [number, number]): void => {
  for (let row = from; row < to; row += 1) insertSample(series, columns.at[row]!, columns.value[row]!, columns.quality[row]!);
};

const grow = (series: GrowingSeries) => {
  const capacity = series.at.length * 4;
  const [at, value, quality] = [new Float64Array(capacity), new Float64Array(capacity), new Uint8Array(capacity)];
  at.set(series.at);
  value.set(series.value);
  quality.set(series.quality);
  Object.assign(series, { at, value, quality });
};

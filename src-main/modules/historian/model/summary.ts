import { Quality } from '../../../../src-shared/kernel/index.ts';
import type { Trend } from '../../../../src-shared/contract/index.ts';
import type { Columns } from './chunk.ts';
import { firstAfter, firstFrom } from './times.ts';

/**
 * What is known of several samples without looking at them. Bad samples and those without a number count for quality only
 * (IEC 62541-13: aggregates leave Bad data out); `low` and `high` are NaN when nothing is left.
 */
export type Summary = { readonly usable: number; readonly low: number; readonly high: number; readonly total: number; readonly quality: number };

/** Good first, bad last: the quality of several samples is that of the worst. */
const BADNESS: readonly number[] = [Quality.good, Quality.manual, Quality.simulated, Quality.uncertain, Quality.stale, Quality.bad];
const rank = Uint8Array.from({ length: 256 }, (_unused, quality) => Math.max(0, BADNESS.indexOf(quality)));

export const summarize = ({ value, quality }: Columns, [from, to]: readonly [number, number]): Summary => {
  let [usable, low, high, total, worst] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, quality[from]!];
  for (let row = from; row < to; row += 1) {
    const sample = value[row]!;
    if (rank[quality[row]!]! > rank[worst]!) worst = quality[row]!;
    if (Number.isNaN(sample) || quality[row] === Quality.bad) continue;
    usable += 1;
    total += sample;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return usable === 0 ? { usable, low: Number.NaN, high: Number.NaN, total, quality: worst } : { usable, low, high, total, quality: worst };
};

/** Equal spans of time between two moments, filled in any order. The last one includes `to`. */
export type Buckets = {
  /** Bucket of a moment; −1 outside. */
  of(at: number): number;
  addSummary(bucket: number, summary: Summary): void;
  addSamples(columns: Columns, count: number): void;
  finish(): Omit<Trend, 'tag'>;
};

export const createBuckets = ({ from, to, buckets }: { readonly from: number; readonly to: number; readonly buckets: number }): Buckets => {
  const width = Math.max(to - from, 1) / buckets;
  const low = new Float64Array(buckets).fill(Number.NaN);
  const high = new Float64Array(buckets).fill(Number.NaN);
  const total = new Float64Array(buckets);
  const usable = new Float64Array(buckets);
  const quality = new Uint8Array(buckets);
  const of = (at: number) => (at < from || at > to ? -1 : Math.min(buckets - 1, Math.floor((at - from) / width)));
  const addSummary = (bucket: number, summary: Summary) => {
    if (rank[summary.quality]! > rank[quality[bucket]!]!) quality[bucket] = summary.quality;
    if (summary.usable === 0) return;
    usable[bucket] = usable[bucket]! + summary.usable;
    total[bucket] = total[bucket]! + summary.total;
    if (!(low[bucket]! <= summary.low)) low[bucket] = summary.low;
    if (!(high[bucket]! >= summary.high)) high[bucket] = summary.high;
  };
  return {
    of,
    addSummary,
    addSamples(columns, count) {
      const { at } = columns;
      const end = firstAfter(at, count, to);
      for (let row = firstFrom(at, count, from); row < end; ) {
        const bucket = of(at[row]!);
        const limit = bucket === buckets - 1 ? Number.POSITIVE_INFINITY : from + (bucket + 1) * width;
        let next = row + 1;
        while (next < end && at[next]! < limit) next += 1;
        addSummary(bucket, summarize(columns, [row, next]));
        row = next;
      }
    },
    finish: () => ({
      at: Float64Array.from({ length: buckets }, (_unused, index) => from + index * width),
      min: low,
      max: high,
      mean: total.map((sum, index) => (usable[index]! > 0 ? sum / usable[index]! : Number.NaN)),
      quality,
    }),
  };
};

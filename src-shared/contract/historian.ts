import { z } from 'zod';
import { contract, Floats, Id, Nothing, query, UtcMs } from './define.ts';

/** One tag's history cut into buckets; NaN where a bucket is empty. `quality` is the worst of the bucket. Empty buckets at both ends are kept, so that all columns line up with time. */
export const Trend = z.object({ tag: Id, at: Floats, min: Floats, max: Floats, mean: Floats, quality: z.instanceof(Uint8Array) });
export type Trend = z.infer<typeof Trend>;

export const historian = contract('historian', {
  trend: query({ input: z.strictObject({ tags: z.array(Id).min(1).max(16), from: UtcMs, to: UtcMs, buckets: z.int().min(1).max(4_000) }), output: z.array(Trend) }),
  /** Raw samples, newest last, at most `limit`. */
  samples: query({ input: z.strictObject({ tag: Id, from: UtcMs, to: UtcMs, limit: z.int().min(1).max(100_000).default(10_000) }), output: z.object({ at: Floats, value: Floats, quality: z.instanceof(Uint8Array) }) }),
  /** What is on record: since when, size on disk (bytes), and how long samples and their summaries by the hour are kept (days). Up to `hourlyUntil` some tags are kept only by the hour. */
  extent: query({ input: Nothing, output: z.object({ since: UtcMs.nullable(), hourlyUntil: UtcMs.nullable(), bytes: z.number(), tooOld: z.number(), rawDays: z.number(), hourlyDays: z.number() }) }),
});

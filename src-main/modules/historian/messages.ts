import type { Fault, Trend } from '../../../src-shared/contract/index.ts';
import type { SampleBatch } from '../../../src-shared/kernel/index.ts';

/** What the station hands the worker at every start of it. `tags` are the plant model's tag ids, in its order. */
export type HistorianSetup = { readonly folder: string; readonly tags: readonly string[]; /** How long samples are kept, and after them their summaries by the hour, ms. */ readonly keep: { readonly rawMs: number; readonly hourlyMs: number } };
/** What is on record. `hourlyUntil`: up to here at least one tag is kept only by the hour; `tooOld`: samples refused since the start because their time is. */
export type ExtentOutput = { readonly since: number | null; readonly hourlyUntil: number | null; readonly bytes: number; readonly logBytes: number; readonly tooOld: number; readonly rawMs: number; readonly hourlyMs: number };

/** Station to worker. Batches carry a running number; the worker answers with the last one that its log holds. */
export type AppendMessage = { readonly kind: 'append'; readonly sequence: number; readonly batch: SampleBatch };

/** Worker to station. */
export type HistorianMessage =
  | { readonly kind: 'stored'; readonly sequence: number }
  | { readonly kind: 'fault'; readonly fault: HistoryFault }
  | { readonly kind: 'mended'; readonly code: string };
export type HistoryFault = Pick<Fault, 'code' | 'severity' | 'text' | 'detail'>;

/** Calls. Tags are indexes of the plant model. */
export type TrendInput = { readonly tags: readonly number[]; readonly from: number; readonly to: number; readonly buckets: number };
export type TrendOutput = readonly Omit<Trend, 'tag'>[];
/** All trends of one answer in two buffers: handing over thousands of small ones costs more than the query. */
export type PackedTrends = { readonly columns: Float64Array<ArrayBuffer>; readonly quality: Uint8Array<ArrayBuffer> };
export type SamplesInput = { readonly tag: number; readonly from: number; readonly to: number; readonly limit: number };
export type SamplesOutput = { at: Float64Array<ArrayBuffer>; value: Float64Array<ArrayBuffer>; quality: Uint8Array<ArrayBuffer> };

export const packTrends = (trends: TrendOutput, buckets: number): PackedTrends => {
  const packed = { columns: new Float64Array(trends.length * 4 * buckets), quality: new Uint8Array(trends.length * buckets) };
  for (const [place, { at, min, max, mean, quality }] of trends.entries()) {
    for (const [column, values] of [at, min, max, mean].entries()) packed.columns.set(values, (place * 4 + column) * buckets);
    packed.quality.set(quality, place * buckets);
  }
  return packed;
};

/** Each column gets a buffer of its own again, so that whoever takes one trend further copies no other. */
export const unpackTrends = ({ columns, quality }: PackedTrends, tags: readonly string[], buckets: number): Trend[] =>
  tags.map((tag, place) => {
    const column = (index: number) => columns.slice((place * 4 + index) * buckets, (place * 4 + index + 1) * buckets);
    return { tag, at: column(0), min: column(1), max: column(2), mean: column(3), quality: quality.slice(place * buckets, (place + 1) * buckets) };
  });

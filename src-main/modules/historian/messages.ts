import type { Fault, Trend } from '../../../src-shared/contract/index.ts';
import type { SampleBatch } from '../../../src-shared/kernel/index.ts';

/** What the station hands the worker at every start of it. `tags` are the plant model's tag ids, in its order. */
export type HistorianSetup = { readonly folder: string; readonly tags: readonly string[] };

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
export type SamplesInput = { readonly tag: number; readonly from: number; readonly to: number; readonly limit: number };
export type SamplesOutput = { at: Float64Array<ArrayBuffer>; value: Float64Array<ArrayBuffer>; quality: Uint8Array<ArrayBuffer> };

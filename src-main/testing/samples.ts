import { createSampleBuffer, Quality, type SampleBatch } from '../../src-shared/kernel/index.ts';

/** A batch of one sample for each `[tag index, value, at?, quality?]`; `at` defaults to `seenAt`. */
export const buildBatch = (seenAt: number, ...samples: readonly (readonly [tag: number, value: number, at?: number, quality?: number])[]): SampleBatch => {
  const buffer = createSampleBuffer(Math.max(1, samples.length));
  for (const [tag, value, at = seenAt, quality = Quality.good] of samples) buffer.push(tag, at, value, quality);
  return buffer.take(seenAt);
};

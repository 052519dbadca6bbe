/** Quality of one value, IEC 62541-8 severity first, then how it came to be. Stored as one byte. */
export const Quality = { good: 0, uncertain: 1, bad: 2, stale: 3, manual: 4, simulated: 5 } as const;
export type Quality = (typeof Quality)[keyof typeof Quality];
export const QUALITY_NAMES = ['good', 'uncertain', 'bad', 'stale', 'manual', 'simulated'] as const;
export type QualityName = (typeof QUALITY_NAMES)[number];

/** Whether alarms and engines may act on a value of this quality. */
export const isUsable = (quality: number): boolean => quality !== Quality.bad && quality !== Quality.stale;

/**
 * Samples on their way from a feed to the screen: four columns of equal length, never objects.
 * `tag` is the tag's index in the loaded plant model, `at` the source time (UTC ms), `value` SI or the tag's own unit
 * as the plant model states it (NaN where the source had no number), `quality` a `Quality` byte. `seenAt` is when the station received the batch.
 */
export type SampleBatch = {
  readonly tag: Uint32Array;
  readonly at: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint8Array;
  readonly seenAt: number;
};

/** Grows columns and cuts them into batches; reused by feeds and tests. */
export const createSampleBuffer = (initial = 1024): SampleBuffer => {
  let capacity = initial;
  let length = 0;
  let tag = new Uint32Array(capacity);
  let at = new Float64Array(capacity);
  let value = new Float64Array(capacity);
  let quality = new Uint8Array(capacity);
  const grow = () => {
    capacity *= 2;
    const larger = { tag: new Uint32Array(capacity), at: new Float64Array(capacity), value: new Float64Array(capacity), quality: new Uint8Array(capacity) };
    larger.tag.set(tag);
    larger.at.set(at);
    larger.value.set(value);
    larger.quality.set(quality);
    ({ tag, at, value, quality } = larger);
  };
  return {
    get length() {
      return length;
    },
    push(tagIndex, sourceAt, sampleValue, sampleQuality) {
      if (length === capacity) grow();
      tag[length] = tagIndex;
      at[length] = sourceAt;
      value[length] = sampleValue;
      quality[length] = sampleQuality;
      length += 1;
    },
    take(seenAt) {
      const batch = { tag: tag.slice(0, length), at: at.slice(0, length), value: value.slice(0, length), quality: quality.slice(0, length), seenAt };
      length = 0;
      return batch;
    },
  };
};

export type SampleBuffer = {
  readonly length: number;
  push(tagIndex: number, sourceAt: number, value: number, quality: number): void;
  /** Everything pushed so far as a batch of exact length; the buffer is empty afterwards. */
  take(seenAt: number): SampleBatch;
};

export const emptyBatch = (seenAt: number): SampleBatch => createSampleBuffer(1).take(seenAt);

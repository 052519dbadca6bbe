import { createRecorder, isUsable, type Clock, type Recorder, type SampleBatch } from '../src-shared/kernel/index.ts';

/** The rooms a sample passes through, as far as the pipeline knows them. */
type Rooms = {
  readonly values: { apply(batch: SampleBatch): SampleBatch; markStale(tags: Iterable<number>, at: number): SampleBatch };
  readonly historian: { append(batch: SampleBatch): void };
  readonly inference: { apply(batch: SampleBatch): void };
  readonly alarms: { evaluate(batch: SampleBatch): void };
  readonly emergency: { onSamples(batch: SampleBatch): void };
  readonly clock: Clock;
};

/**
 * The hot path, top to bottom: live values (which put the frame into each client's line) → historian → models → alarms → emergency. It runs on the main thread for every
 * batch and does nothing that waits; what is heavy has its own worker.
 */
export type Pipeline = {
  onSamples(batch: SampleBatch): void;
  /** Samples that are not live: kept, and nothing else. */
  onHistory(batch: SampleBatch): void;
  /** Nobody vouches for these tags any longer. */
  onLoss(loss: { readonly tags: Uint32Array; readonly at: number }): void;
  /** Source time to hand-over to the clients' lines, ms, of the newest samples. */
  readonly latency: Recorder;
  /** Samples since the last call. */
  takeCount(): number;
};

export const createPipeline = ({ values, historian, inference, alarms, emergency, clock }: Rooms): Pipeline => {
  const latency = createRecorder(16_384);
  // A value that stood still before the station came has an old source time and says nothing of the way here.
  const since = clock.now();
  let count = 0;
  const act = (batch: SampleBatch) => {
    inference.apply(batch);
    alarms.evaluate(batch);
    emergency.onSamples(batch);
  };
  return {
    latency,
    onSamples(batch) {
      const news = values.apply(batch);
      const now = clock.now();
      for (let row = 0; row < news.at.length; row += 1) if (news.at[row]! >= since && isUsable(news.quality[row]!)) latency.add(now - news.at[row]!);
      count += batch.tag.length;
      historian.append(batch);
      act(news);
    },
    onHistory: (batch) => historian.append(batch),
    onLoss: ({ tags, at }) => act(values.markStale(tags, at)),
    takeCount() {
      const taken = count;
      count = 0;
      return taken;
    },
  };
};

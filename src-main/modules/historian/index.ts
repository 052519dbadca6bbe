import { createScope, DAY, text, type Clock, type Disposable, type Log, type SampleBatch, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { Trend } from '../../../src-shared/contract/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Workers } from '../../platform/workers.ts';
import { createHistorianHandlers, type HistorianHandlers } from './handlers.ts';
import { unpackTrends, type AppendMessage, type ExtentOutput, type HistorianMessage, type HistorianSetup, type PackedTrends, type SamplesInput, type SamplesOutput, type TrendInput } from './messages.ts';

/** Every sample ever taken, by tag, on disk. All work is done in the worker `historian`. */
export type Historian = Disposable & {
  /** Stores a batch, in any order of time; the same sample twice is stored once. Survives a restart of the worker within a bound of memory. */
  append(batch: SampleBatch): void;
  /** One trend per tag id, in the order asked. A tag that has no history has empty buckets. */
  trend(input: { readonly tags: readonly string[]; readonly from: UtcMs; readonly to: UtcMs; readonly buckets: number }): Promise<Trend[]>;
  /** Raw samples of [from, to], newest last; when there are more than `limit`, the newest. */
  samples(input: { readonly tag: string; readonly from: UtcMs; readonly to: UtcMs; readonly limit: number }): Promise<SamplesOutput>;
  /** The last sample of every tag that has one, so that a station that starts can show it as stale. */
  last(): Promise<SampleBatch>;
  /** What is on record: since when, how much of the disk, and how long it is kept. */
  extent(): Promise<ExtentOutput>;
  /** Age of the oldest batch that is not in the log yet, ms. */
  lagMs(): number;
  /** Resolves when all that was appended before is safe against a power cut. */
  flush(): Promise<void>;
  /** Moves everything into its compact form now; disposing does it too. Without it the next start replays the log. */
  checkpoint(): Promise<void>;
  readonly handlers: HistorianHandlers;
};

/** How long history is kept, days: every sample, and after it one summary an hour. */
export type Retention = { readonly rawDays: number; readonly hourlyDays: number };

type Dependencies = { readonly workers: Workers; readonly folder: string; readonly plant: PlantModel; readonly keep: Retention; readonly clock: Clock; readonly log: Log; readonly faults: Faults };

/** Samples that may wait while the worker restarts or falls behind: 8 M are 168 MB. */
const WAITING_LIMIT = 8_000_000;

export const createHistorian = ({ workers, folder, plant, keep, clock, log, faults }: Dependencies): Historian => {
  const indexOf = new Map(plant.tags.map((tag, index) => [tag.id, index]));
  const scope = createScope();
  const waiting: { readonly message: AppendMessage; readonly since: number }[] = [];
  let [sequence, waitingSamples, lost] = [0, 0, 0];
  const worker = scope.add(workers.start('historian', { folder, tags: plant.tags.map((tag) => tag.id), keep: { rawMs: keep.rawDays * DAY, hourlyMs: keep.hourlyDays * DAY } } satisfies HistorianSetup));

  const forget = (): void => {
    const first = waiting.shift();
    waitingSamples -= first?.message.batch.tag.length ?? 0;
  };
  let starts = 0;
  scope.add(
    worker.onDidStart(() => {
      starts += 1;
      // What the last one had not confirmed; the first gets it from its queue.
      if (starts > 1) for (const { message } of waiting) worker.post(message);
    }),
  );
  scope.add(
    worker.onMessage((message) => {
      const told = message as HistorianMessage;
      if (told.kind === 'fault') return faults.report({ source: 'historian', ...told.fault });
      if (told.kind === 'mended') return faults.clear('historian', told.code);
      while ((waiting[0]?.message.sequence ?? Number.POSITIVE_INFINITY) <= told.sequence) forget();
      if (lost > 0 && waiting.length === 0) faults.clear('historian', 'behind');
    }),
  );
  const makeRoom = () => {
    while (waitingSamples > WAITING_LIMIT) {
      lost += waiting[0]?.message.batch.tag.length ?? 0;
      forget();
      faults.report({ source: 'historian', code: 'behind', severity: 'error', text: text('历史存储长时间跟不上,部分数据已丢失', 'History could not keep up for so long that samples were lost'), detail: `${lost} samples` });
      log.error('history lost samples', { lost });
    }
  };
  const call = <T>(method: 'trend' | 'samples' | 'last' | 'extent' | 'sync' | 'checkpoint', input: TrendInput | SamplesInput | null): Promise<T> => worker.call<T>(method, input);

  const historian: Omit<Historian, 'handlers'> = {
    append(batch) {
      if (batch.tag.length === 0) return;
      sequence += 1;
      const message: AppendMessage = { kind: 'append', sequence, batch };
      waiting.push({ message, since: clock.monotonic() });
      waitingSamples += batch.tag.length;
      makeRoom();
      worker.post(message);
    },
    async trend({ tags, from, to, buckets }) {
      const packed = await call<PackedTrends>('trend', { tags: tags.map((tag) => indexOf.get(tag) ?? -1), from, to, buckets });
      return unpackTrends(packed, tags, buckets);
    },
    samples: ({ tag, from, to, limit }) => call<SamplesOutput>('samples', { tag: indexOf.get(tag) ?? -1, from, to, limit }),
    async last() {
      return { ...(await call<Omit<SampleBatch, 'seenAt'>>('last', null)), seenAt: clock.now() };
    },
    extent: () => call<ExtentOutput>('extent', null),
    lagMs: () => (waiting[0] === undefined ? 0 : clock.monotonic() - waiting[0].since),
    flush: () => call<void>('sync', null),
    async checkpoint() {
      if (!(await call<boolean>('checkpoint', null))) throw new Error('the history disk takes nothing');
    },
    [Symbol.dispose]() {
      // The worker ends after its last answer: an orderly end leaves everything compact, and the next start has nothing to replay.
      historian.checkpoint().catch((error: unknown) => log.warn('history ends without a checkpoint', { error: String(error) }));
      scope[Symbol.dispose]();
    },
  };
  return { ...historian, handlers: createHistorianHandlers(historian) };
};

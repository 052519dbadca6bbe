import { createScope, DAY, text, type Clock, type Disposable, type Log, type SampleBatch, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { Trend } from '../../../src-shared/contract/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Workers } from '../../platform/workers.ts';
import { createHistorianHandlers, type HistorianHandlers } from './handlers.ts';
import { createSpill, NEVER, QUEUE_LIMIT, type Waiting } from './spill.ts';
import { unpackTrends, type ExtentOutput, type HistorianMessage, type HistorianSetup, type PackedTrends, type SamplesInput, type SamplesOutput, type TrendInput } from './messages.ts';

/** Every sample ever taken, by tag, on disk. All work is done in the worker `historian`. */
export type Historian = Disposable & {
  /** Stores a batch, in any order of time; the same sample twice is stored once. While the worker is down or behind it waits on disk, within a bound. */
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
  backlog(): Backlog;
  /** Resolves when all that was appended before is safe against a power cut. */
  flush(): Promise<void>;
  /** Moves everything into its compact form now; disposing does it too. Without it the next start replays the log. */
  checkpoint(): Promise<void>;
  readonly handlers: HistorianHandlers;
};

/** How long history is kept, days: every sample, and after it one summary an hour; and the room on disk for what cannot be written into it yet. */
export type Retention = { readonly rawDays: number; readonly hourlyDays: number; readonly spillBytes: number };
/** What has come and is not in the log yet: samples in memory and on disk, bytes of the latter, and samples given up since the start. */
export type Backlog = { readonly waiting: number; readonly spilledBytes: number; readonly lost: number };

type Dependencies = { readonly workers: Workers; readonly folder: string; readonly plant: PlantModel; readonly keep: Retention; readonly clock: Clock; readonly log: Log; readonly faults: Faults };

/** What waits for the worker beyond this goes to disk: a station that is killed loses nothing older than a second. */
const SPILL_SAMPLES = 200_000;
const SPILL_MS = 500;
const LOOK_MS = 250;
const RETRY_MS = 2_000;

export const createHistorian = ({ workers, folder, plant, keep, clock, log, faults }: Dependencies): Historian => {
  const indexOf = new Map(plant.tags.map((tag, index) => [tag.id, index]));
  const names = plant.tags.map((tag) => tag.id);
  const scope = createScope();
  /** Posted and not confirmed, in order. Empty while `isSpilling`: then everything goes to disk. */
  const waiting: Waiting[] = [];
  let [sequence, waitingSamples, lost, isSpilling, retryAt] = [0, 0, 0, false, 0];
  let draining: Promise<void> | null = null;
  /** Lives of the worker, and what the present one has confirmed. The first counts from when it is launched: it gets from its queue what was posted before it was up. */
  let [life, isUp, confirmed] = [1, false, 0];
  const worker = scope.add(workers.start('historian', { folder, tags: names, keep: { rawMs: keep.rawDays * DAY, hourlyMs: keep.hourlyDays * DAY } } satisfies HistorianSetup));

  const countLost = (samples: number) => {
    lost += samples;
    faults.report({ source: 'historian', code: 'behind', severity: 'error', text: text('历史存储长时间跟不上,部分数据已丢失', 'History could not keep up for so long that samples were lost'), detail: `${lost} samples` });
    log.error('history lost samples', { lost });
  };
  const spill = scope.add(
    createSpill({
      folder, names, limitBytes: keep.spillBytes, clock, onLost: countLost,
      onDisk(reason) {
        if (reason === null) return faults.clear('historian', 'spill');
        faults.report({ source: 'historian', code: 'spill', severity: 'error', text: text('等待入库的数据写盘失败,暂存内存', 'What waits for history cannot be written to disk: kept in memory'), detail: reason });
      },
    }),
  );
  const forget = (): void => {
    const first = waiting.shift();
    waitingSamples -= first?.message.batch.tag.length ?? 0;
  };
  /** Hands one batch to the worker, once in each of its lives. */
  const send = (batch: Waiting) => {
    if (batch.postedTo === life && batch.message.sequence <= confirmed) return;
    waiting.push({ ...batch, postedTo: life });
    waitingSamples += batch.message.batch.tag.length;
    if (batch.postedTo !== life) worker.post(batch.message);
  };
  const settle = () => {
    if (waiting.length > 0 || spill.since() !== null) return;
    faults.clear('historian', 'behind');
    faults.clear('historian', 'spill');
  };
  /** Beyond the bound all that waits goes to disk, in order, and what comes after it. While the disk refuses it stays in memory. */
  const look = () => {
    const first = waiting[0];
    if (first !== undefined && !spill.isRefused && (waitingSamples > SPILL_SAMPLES || clock.monotonic() - first.since > SPILL_MS)) {
      isSpilling = true;
      waitingSamples = 0;
      spill.put(waiting.splice(0));
    }
    for (let oldest = waiting[0]; waitingSamples > QUEUE_LIMIT && oldest !== undefined; oldest = waiting[0]) {
      forget();
      countLost(oldest.message.batch.tag.length);
    }
    if (isSpilling && spill.isRefused) endSpilling();
    if (spill.since() !== null && clock.monotonic() >= retryAt) void drain();
  };
  const endSpilling = () => {
    isSpilling = false;
    spill.takeRest().forEach(send);
    spill.resume();
  };
  /** Gives the worker one file after the other; with the last one everything goes the direct way again. Never rejects: what fails is tried again. */
  const drain = (): Promise<void> => (draining ??= drainAll().finally(() => (draining = null)));
  const drainAll = async (): Promise<void> => {
    try {
      while (spill.since() !== null) {
        const asked = sequence;
        // Answered only by a worker that is there, has on disk what it was sent before, and whose own disk takes something.
        await worker.call<void>('sync', null);
        if (spill.files.length < 2) await spill.close();
        const [file] = spill.files;
        const isKnown = file === undefined || (file.postedTo === life && file.last <= asked);
        const taken = isKnown ? null : worker.call<void>('takeIn', file.file);
        spill.inUse = file ?? null;
        // The worker takes in order what it is sent: what goes the direct way from here on comes after this file.
        if (spill.files.length < 2) endSpilling();
        else spill.resume();
        if (file === undefined) break;
        await taken;
        spill.remove(file);
      }
      retryAt = 0;
    } catch (error) {
      retryAt = clock.monotonic() + RETRY_MS;
      log.warn('history does not take what waits on disk', { error: String(error) });
    } finally {
      spill.inUse = null;
      spill.resume();
    }
    settle();
  };

  scope.add(
    worker.onDidStart(() => {
      retryAt = 0;
      if (isUp) {
        [life, confirmed] = [life + 1, 0];
        // What the last one had not confirmed.
        waitingSamples = 0;
        waiting.splice(0).forEach(send);
      }
      isUp = true;
    }),
  );
  scope.add(
    worker.onMessage((message) => {
      const told = message as HistorianMessage;
      if (told.kind === 'fault') return faults.report({ source: 'historian', ...told.fault });
      if (told.kind === 'mended') return faults.clear('historian', told.code);
      confirmed = told.sequence;
      while ((waiting[0]?.message.sequence ?? Number.POSITIVE_INFINITY) <= told.sequence) forget();
      settle();
    }),
  );
  scope.add(clock.every(LOOK_MS, look));
  const call = <T>(method: 'trend' | 'samples' | 'last' | 'extent' | 'sync' | 'checkpoint', input: TrendInput | SamplesInput | null): Promise<T> => worker.call<T>(method, input);

  /** What a station that was killed left on disk goes in before the first question for last values. */
  const leftover = drain();

  const historian: Omit<Historian, 'handlers'> = {
    append(batch) {
      if (batch.tag.length === 0) return;
      sequence += 1;
      const entry: Waiting = { message: { kind: 'append', sequence, batch }, since: clock.monotonic(), postedTo: NEVER };
      if (isSpilling) return spill.put([entry]);
      send(entry);
      look();
    },
    async trend({ tags, from, to, buckets }) {
      const packed = await call<PackedTrends>('trend', { tags: tags.map((tag) => indexOf.get(tag) ?? -1), from, to, buckets });
      return unpackTrends(packed, tags, buckets);
    },
    samples: ({ tag, from, to, limit }) => call<SamplesOutput>('samples', { tag: indexOf.get(tag) ?? -1, from, to, limit }),
    async last() {
      await leftover;
      return { ...(await call<Omit<SampleBatch, 'seenAt'>>('last', null)), seenAt: clock.now() };
    },
    extent: () => call<ExtentOutput>('extent', null),
    lagMs: () => {
      const since = spill.since() ?? waiting[0]?.since;
      return since === undefined ? 0 : clock.monotonic() - since;
    },
    backlog() {
      const { queued, samples, bytes } = spill.held();
      return { waiting: waitingSamples + queued + samples, spilledBytes: bytes, lost };
    },
    async flush() {
      do {
        await drain();
        if (retryAt > 0) throw new Error('the history disk takes nothing');
        await call<void>('sync', null);
        // A worker that took long to answer may have made all that waited go to disk meanwhile.
      } while (spill.since() !== null);
    },
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

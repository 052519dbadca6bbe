import { createScope, MINUTE, refuse, text, type Clock, type Disposable, type Log, type Refusal, type Result } from '../../../../src-shared/kernel/index.ts';
import type { Faults } from '../../../platform/faults.ts';
import type { Workers } from '../../../platform/workers.ts';
import { readVisionModel, type VisionCard } from '../card.ts';
import { createDriftWatch, stretchOf, tellDrift, type Drift } from '../driftWatch.ts';
import { createModels, type LoadedModel } from '../models.ts';
import type { Sight } from './session.ts';

/** One picture to look at: an encoded JPEG, PNG or WebP of a camera or a photograph. The bytes are handed over and cannot be used after. */
export type Frame = {
  /** Whose picture it is: of one source at most one waits. */
  readonly source: string;
  readonly picture: Uint8Array<ArrayBuffer>;
  /** Least score of a box, 0.1 unless said. */
  readonly floor?: number;
  /** A camera's own picture, one of many alike: counts in the drift. Not so a photograph that somebody hands in. */
  readonly isOfCamera?: boolean;
};
export type NoSight = Refusal<'Overtaken' | 'BadPicture' | 'NoModel'>;

/** The detector in service, off the main thread. */
export type Vision = Disposable & {
  /**
   * Persons, heads, vests, fire and smoke in a picture. One picture is looked at at a time, sources in turn; a newer picture takes the place of one of its source that still waits, which is `Overtaken`
   * (the oldest is dropped, never the newest). `BadPicture`: the bytes are no picture. `NoModel`: there is no sound model, or it failed.
   */
  detect(frame: Frame): Promise<Result<Sight, NoSight>>;
  /** The card by which pictures are looked at: thresholds per class, smallest head. Null without a sound model. */
  card(): VisionCard | null;
  models(): readonly (LoadedModel & { readonly drift: Drift | null })[];
  /** Looks at the models folder again; the old model serves until the new one is warm. */
  reload(): Promise<void>;
  /** The model before serves again; whether there was one. */
  rollBack(id: string): boolean;
  /** Pictures looked at, and pictures that were overtaken, since the start. */
  counts(): { readonly seen: number; readonly overtaken: number };
};

type Dependencies = { readonly workers: Pick<Workers, 'start'>; readonly modelsFolder: string; readonly clock: Pick<Clock, 'monotonic' | 'now'>; readonly faults: Faults; readonly log: Log };
type Waiting = { readonly frame: Frame; resolve(result: Result<Sight, NoSight>): void };

const MODEL = 'vision-ppe';
const LEAST_SCORE = 0.1;
/** Of a camera so often a picture is counted in the drift. */
const COUNT_EVERY = 5 * MINUTE;

/** Starts the vision worker and loads the detector into it. */
export const createVision = ({ workers, modelsFolder, clock, faults, log }: Dependencies): Vision => {
  const scope = createScope();
  const models = scope.add(createModels({ ids: [MODEL], folder: modelsFolder, read: readVisionModel, worker: scope.add(workers.start('vision')), clock, faults, log }));
  const waiting = new Map<string, Waiting>();
  const counts = { seen: 0, overtaken: 0 };
  const drift = createDriftWatch();
  const countedAt = new Map<string, number>();
  let isBusy = false;

  const look = async ({ source, picture, floor = LEAST_SCORE, isOfCamera = false }: Frame): Promise<Result<Sight, NoSight>> => {
    const serving = models.serving(MODEL);
    if (serving === null || !models.isReady(MODEL)) return refuse('NoModel', text('识别模型不可用', 'The detector is not available'));
    try {
      const result = await models.run<Result<Sight, Refusal<'BadPicture'>>>(serving, { picture, floor }, [picture.buffer]);
      faults.clear('model', `${MODEL}/run`);
      counts.seen += 1;
      const now = clock.now();
      if (isOfCamera && result.ok && now >= (countedAt.get(source) ?? Number.NEGATIVE_INFINITY) + COUNT_EVERY) {
        countedAt.set(source, now);
        drift.see(serving, { draw: stretchOf(now), inputs: result.value.measures, output: result.value.strongest });
        tellDrift(faults, MODEL, drift.measure(serving, now));
      }
      return result;
    } catch (error) {
      faults.report({ source: 'model', code: `${MODEL}/run`, severity: 'error', text: text('图像识别运行失败,下一帧将重试', 'The detector failed; the next picture tries again'), detail: String(error) });
      return refuse('NoModel', text('图像识别运行失败', 'The detector failed'));
    }
  };
  const workOff = async () => {
    if (isBusy) return;
    isBusy = true;
    for (const [source, { frame, resolve }] of waiting) {
      waiting.delete(source);
      resolve(await look(frame));
    }
    isBusy = false;
  };

  return {
    detect: (frame) =>
      new Promise((resolve) => {
        const older = waiting.get(frame.source);
        if (older !== undefined) {
          counts.overtaken += 1;
          older.resolve(refuse('Overtaken', text('已被更新的画面取代', 'A newer picture took its place')));
        }
        waiting.set(frame.source, { frame, resolve });
        void workOff();
      }),
    card: () => models.serving(MODEL)?.card ?? null,
    models() {
      const serving = models.serving(MODEL);
      return models.list().map((model) => ({ ...model, drift: serving === null ? null : drift.of(serving) }));
    },
    reload: () => models.reload(),
    rollBack: (id) => models.rollBack(id),
    counts: () => ({ ...counts }),
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};

import type { ModelCard } from '../../../src-shared/contract/index.ts';
import type { RulCard } from './card.ts';
import type { Serving } from './models.ts';
import { driftThreshold, stabilityIndex } from './model/drift.ts';

/** The newest steps of all machines that drift is measured over: a month of six compressors. */
const KEPT = 720;
/** Fewer steps say nothing. */
const FEWEST = 100;
/** What passed the threshold is back only below this share of it: no flicker. */
const BACK = 0.9;
/** The name under which the model's own answer stands among its inputs. */
export const OUTPUT = 'output';

export type Drift = NonNullable<ModelCard['drift']>;
export type DriftWatch = {
  /** One step of one machine: its window (the last row is the newest step) and its P50 as a share of the cap. */
  see(serving: Serving<RulCard>, step: { readonly machine: string; readonly window: Float32Array; readonly p50Share: number }): void;
  /** The steps that follow are those of all machines again, from history. */
  forget(): void;
  /** Measures again; to be called now and then. What is past the threshold keeps the `now` of the first time. */
  measure(serving: Serving<RulCard>, now: number): Drift | null;
  /** As last measured: null where the card has no reference, or there are too few steps or machines. */
  of(serving: Serving<RulCard>): Drift | null;
};

type Seen = { readonly steps: { readonly machine: string; readonly sensors: Float32Array; readonly p50: number }[]; last: Drift | null };

/** Whether what a model sees and says in service is still what it was trained on. */
export const createDriftWatch = (): DriftWatch => {
  const seen = new Map<string, Seen>();
  return {
    see({ key, card }, { machine, window, p50Share }) {
      const width = card.input.shape[2];
      const own = seen.get(key) ?? { steps: [], last: null };
      seen.set(key, own);
      own.steps.push({ machine, sensors: window.slice(window.length - width, window.length - width + card.features.sensors.length), p50: p50Share });
      if (own.steps.length > KEPT) own.steps.shift();
    },
    forget() {
      for (const own of seen.values()) own.steps.length = 0;
    },
    measure({ key, card: { reference, features } }, now) {
      const own = seen.get(key);
      if (own === undefined || reference === undefined || own.steps.length < FEWEST) return own?.last ?? null;
      const machines = new Set(own.steps.map(({ machine }) => machine)).size;
      const threshold = driftThreshold(machines);
      if (!Number.isFinite(threshold)) return (own.last = null);
      const before = new Map(own.last?.features.map(({ name, since }) => [name, since]));
      const judged = (name: string, index: number) => {
        const since = before.get(name) ?? null;
        return { name, index, since: index > threshold ? (since ?? now) : since !== null && index > BACK * threshold ? since : null };
      };
      const measured = [
        ...features.sensors.map((sensor, at) => judged(sensor, stabilityIndex(own.steps.map(({ sensors }) => sensors[at]!), reference.sensors[at] ?? []))),
        judged(OUTPUT, stabilityIndex(own.steps.map(({ p50 }) => p50), reference.p50)),
      ];
      own.last = { threshold, steps: own.steps.length, machines, features: measured.toSorted((a, b) => b.index - a.index) };
      return own.last;
    },
    of: ({ key }) => seen.get(key)?.last ?? null,
  };
};

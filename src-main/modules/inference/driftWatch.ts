import type { RulCard } from './card.ts';
import type { Serving } from './models.ts';
import { stabilityIndex } from './model/drift.ts';

/** The newest steps of all machines that drift is measured over: a month of six compressors. */
const KEPT = 720;
/** Fewer steps say nothing. */
const FEWEST = 100;

export type DriftWatch = {
  /** One step of one machine: its window (the last row is the newest step) and its P50 as a share of the cap. */
  see(serving: Serving<RulCard>, step: { readonly window: Float32Array; readonly p50Share: number }): void;
  /** The steps that follow are those of all machines again, from history. */
  forget(): void;
  /** Stability index of the sensor that moved most, and of the output, against the deciles of the card; 0 while there are too few steps. */
  of(serving: Serving<RulCard>): { readonly inputs: number; readonly sensor: string | null; readonly output: number };
};

/** Whether what a model sees and says in service is still what it was trained on. */
export const createDriftWatch = (): DriftWatch => {
  const seen = new Map<string, { readonly sensors: Float32Array[]; readonly p50: number[] }>();
  return {
    see({ key, card }, { window, p50Share }) {
      const width = card.input.shape[2];
      const own = seen.get(key) ?? { sensors: [], p50: [] };
      seen.set(key, own);
      own.sensors.push(window.slice(window.length - width, window.length - width + card.features.sensors.length));
      own.p50.push(p50Share);
      if (own.p50.length > KEPT) {
        own.sensors.shift();
        own.p50.shift();
      }
    },
    forget: () => seen.clear(),
    of({ key, card: { reference, features } }) {
      const own = seen.get(key);
      if (own === undefined || reference === undefined || own.p50.length < FEWEST) return { inputs: 0, sensor: null, output: 0 };
      const moved = features.sensors.map((sensor, index) => ({ sensor, index: stabilityIndex(own.sensors.map((row) => row[index]!), reference.sensors[index] ?? []) }));
      const most = moved.reduce((best, each) => (each.index > best.index ? each : best));
      return { inputs: most.index, sensor: most.sensor, output: stabilityIndex(own.p50, reference.p50) };
    },
  };
};

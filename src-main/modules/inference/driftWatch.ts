import type { ModelCard } from '../../../src-shared/contract/index.ts';
import { SECOND, text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { Faults } from '../../platform/faults.ts';
import { inputsOf, type Card } from './card.ts';
import { binOf, driftThreshold, indexOfBins } from './model/drift.ts';

/** The newest steps that drift is measured over: a month of six compressors, two weeks of a unit's minutes or of a dozen cameras. */
const KEPT = { rul: 720, anomaly: 20_160, vision: 48_000 } as const;
/** Fewer steps say nothing. */
const FEWEST = 100;
/** What passed the threshold is back only below this share of it: no flicker. */
const BACK = 0.9;
/** The name under which the model's own answer stands among its inputs. */
export const OUTPUT = 'output';
/** No bin: the value was not there. */
const NONE = 255;

export type Drift = NonNullable<ModelCard['drift']>;
/** A model as it serves. */
type Serving = { readonly key: string; readonly card: Card };
export type DriftWatch = {
  /** One step: what went in, in the order of the card, and what came out; `draw` names what resembles itself (a machine, a stretch of hours). */
  see(serving: Serving, step: { readonly draw: string; readonly inputs: ArrayLike<number>; readonly output: number }): void;
  /** The steps that follow are those of all machines again, from history. */
  forget(): void;
  /** Measures again; to be called now and then. What is past the threshold keeps the `now` of the first time. */
  measure(serving: Serving, now: UtcMs): Drift | null;
  /** As last measured: null where the card has no reference, or there are too few steps or draws. */
  of(serving: Serving): Drift | null;
};

/** Steps in their bins, in a ring of `KEPT`; one row has a bin for each input and one for the output. */
type Seen = { readonly names: readonly string[]; readonly ring: Uint8Array; readonly draws: string[]; readonly bins: readonly Float64Array[]; steps: number; last: Drift | null };

/** Whether what a model sees and says in service is still what it was trained on. */
export const createDriftWatch = (): DriftWatch => {
  const seen = new Map<string, Seen>();
  const seenBy = ({ key, card }: Serving): Seen => {
    const known = seen.get(key);
    if (known !== undefined) return known;
    const names = [...inputsOf(card), OUTPUT];
    const fresh: Seen = { names, ring: new Uint8Array(KEPT[card.kind] * names.length), draws: [], bins: names.map(() => new Float64Array(10)), steps: 0, last: null };
    seen.set(key, fresh);
    return fresh;
  };
  return {
    see(serving, { draw, inputs, output }) {
      const { reference, kind } = serving.card;
      if (reference === undefined) return;
      const own = seenBy(serving);
      const slot = own.steps % KEPT[kind];
      const row = own.ring.subarray(slot * own.names.length, (slot + 1) * own.names.length);
      if (own.steps >= KEPT[kind]) row.forEach((bin, at) => bin !== NONE && (own.bins[at]![bin]! -= 1));
      own.names.forEach((_name, at) => {
        const value = at < inputs.length ? inputs[at]! : output;
        row[at] = Number.isFinite(value) ? binOf(value, at < inputs.length ? (reference.inputs[at] ?? []) : reference.output) : NONE;
        if (row[at] !== NONE) own.bins[at]![row[at]!]! += 1;
      });
      own.draws[slot] = draw;
      own.steps += 1;
    },
    forget: () => seen.clear(),
    measure(serving, now) {
      const own = seen.get(serving.key);
      const { reference } = serving.card;
      if (own === undefined || reference === undefined || own.steps < FEWEST) return own?.last ?? null;
      const draws = new Set(own.draws).size;
      const threshold = driftThreshold(draws, reference.draws);
      if (!Number.isFinite(threshold)) return (own.last = null);
      const before = new Map(own.last?.features.map(({ name, since }) => [name, since]));
      const features = own.names.map((name, at) => {
        const index = indexOfBins(own.bins[at]!);
        const since = before.get(name) ?? null;
        return { name, index, since: index > threshold ? (since ?? now) : since !== null && index > BACK * threshold ? since : null };
      });
      own.last = { threshold, steps: own.draws.length, draws, features: features.toSorted((a, b) => b.index - a.index) };
      return own.last;
    },
    of: ({ key }) => seen.get(key)?.last ?? null,
  };
};

/** Minutes of a unit within so long are one draw, as long as the runs it is fitted on: weather and load move over hours. Pictures too: cameras of one site share its light. */
export const STRETCH_SECONDS = 3 * 3_600;
export const stretchOf = (at: UtcMs): string => String(Math.floor(at / (STRETCH_SECONDS * SECOND)));

/** What moved past its threshold is a fault until it is back. */
export const tellDrift = (faults: Pick<Faults, 'report' | 'clear'>, id: string, drift: Drift | null): void => {
  const moved = drift?.features.filter(({ since }) => since !== null) ?? [];
  if (moved.length === 0) return faults.clear('model', `${id}/drift`);
  const names = moved.map(({ name, index }) => `${name} ${index.toFixed(2)}`).join(', ');
  const isOutput = moved.every(({ name }) => name === OUTPUT);
  faults.report({ source: 'model', code: `${id}/drift`, severity: 'warning', text: text(`模型 ${id} 的${isOutput ? '输出' : '输入'}与训练时不同,预测可能不准`, `What model ${id} ${isOutput ? 'says' : 'sees'} is not what it was trained on; its predictions may be off`), detail: names });
};

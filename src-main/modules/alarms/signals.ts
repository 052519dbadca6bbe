import { isUsable, type SampleBatch, type UtcMs } from '../../../src-shared/kernel/index.ts';

/** The newest value of those tags that other tags' alarms depend on: set points, and what tells the state of the plant. */
export type Signals = {
  /** From now on this tag is one of them. */
  watch(tag: number): void;
  /** NaN while it is unknown: nothing has come yet, or nobody vouches for it. */
  value(tag: number): number;
  /** Source time of that value; -Infinity before the first. */
  at(tag: number): UtcMs;
  /** Takes in a batch before anybody judges it; those of them that changed. */
  note(batch: SampleBatch): readonly number[];
};

const NONE: readonly number[] = [];

export const createSignals = (tags: number): Signals => {
  const isWatched = new Uint8Array(tags);
  const value = new Float64Array(tags).fill(NaN);
  const at = new Float64Array(tags).fill(-Infinity);
  let isAny = false;
  return {
    watch(tag) {
      isWatched[tag] = 1;
      isAny = true;
    },
    value: (tag) => value[tag] ?? NaN,
    at: (tag) => at[tag] ?? -Infinity,
    note(batch) {
      if (!isAny) return NONE;
      let changed: number[] | null = null;
      for (let row = 0; row < batch.tag.length; row += 1) {
        const tag = batch.tag[row]!;
        if (isWatched[tag] !== 1) continue;
        const time = Math.min(batch.at[row]!, batch.seenAt);
        if (time < at[tag]!) continue;
        const next = isUsable(batch.quality[row]!) ? batch.value[row]! : NaN;
        at[tag] = time;
        if (Object.is(next, value[tag])) continue;
        value[tag] = next;
        (changed ??= []).push(tag);
      }
      return changed ?? NONE;
    },
  };
};

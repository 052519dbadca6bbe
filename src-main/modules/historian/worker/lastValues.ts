import type { Columns } from '../model/chunk.ts';
import type { LogBatch } from '../records.ts';

/** The last sample of every tag, by the plant model's index. */
export type LastValues = {
  /** Takes a sample unless a later one is known. */
  see(index: number, at: number, value: number, quality: number): void;
  /** Takes the last of `count` rows. */
  seeLastOf(index: number, columns: Columns, count: number): void;
  all(): LogBatch;
};

export const createLastValues = (size: number): LastValues => {
  const last = { at: new Float64Array(size).fill(Number.NaN), value: new Float64Array(size), quality: new Uint8Array(size) };
  const see = (index: number, at: number, value: number, quality: number) => {
    if (at < last.at[index]!) return;
    last.at[index] = at;
    last.value[index] = value;
    last.quality[index] = quality;
  };
  return {
    see,
    seeLastOf(index, columns, count) {
      if (count > 0) see(index, columns.at[count - 1]!, columns.value[count - 1]!, columns.quality[count - 1]!);
    },
    all() {
      const rows = new Uint32Array(size);
      let count = 0;
      for (let index = 0; index < size; index += 1) {
        if (Number.isNaN(last.at[index]!)) continue;
        rows[count] = index;
        count += 1;
      }
      const tag = rows.slice(0, count);
      const [at, value, quality] = [new Float64Array(count), new Float64Array(count), new Uint8Array(count)];
      for (let row = 0; row < count; row += 1) {
        at[row] = last.at[tag[row]!]!;
        value[row] = last.value[tag[row]!]!;
        quality[row] = last.quality[tag[row]!]!;
      }
      return { tag, at, value, quality };
    },
  };
};

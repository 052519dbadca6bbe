/**
 * Capacity of edges over time as a queue of entry slots: an edge that lets in c persons a second has one slot every 1/c seconds, and each
 * slot lets in one person. Finding the next free slot is a union-find with path halving, so a long queue costs next to nothing.
 */
export type Slots = {
  /** The first moment, not before t, at which one more person can enter. */
  entry(edge: number, t: number): number;
  /** Takes the slot that `entry` found for this moment. */
  take(edge: number, entry: number): void;
};

// Slots begin at multiples of the headway; this keeps a moment that rounding put just before its slot's begin in that slot.
const EPSILON = 1e-9;

export const createSlots = (capacity: Float64Array): Slots => {
  const next: (Int32Array | undefined)[] = Array.from({ length: capacity.length });
  const find = (table: Int32Array, slot: number): number => {
    let k = slot;
    while (k < table.length && table[k] !== k) {
      const up = table[k]!;
      if (up < table.length) table[k] = table[up]!;
      k = up;
    }
    return k;
  };
  return {
    entry(edge, t) {
      const table = next[edge];
      if (table === undefined) return t;
      const slot = Math.floor(t * capacity[edge]! + EPSILON);
      const free = find(table, slot);
      return free === slot ? t : free / capacity[edge]!;
    },
    take(edge, entry) {
      const slot = Math.floor(entry * capacity[edge]! + EPSILON);
      let table = next[edge];
      if (table === undefined || slot >= table.length) {
        const larger = new Int32Array(Math.max(64, 2 * slot + 2));
        for (let k = table?.length ?? 0; k < larger.length; k += 1) larger[k] = k;
        if (table !== undefined) larger.set(table);
        next[edge] = table = larger;
      }
      table[slot] = slot + 1;
    },
  };
};

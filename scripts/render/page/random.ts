/** Chance that is the same for the same seed: pictures can be drawn again exactly. */
export type Random = {
  /** In [from, to). */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Log-uniform: as many small as large ones. */
  scale(from: number, to: number): number;
};

export const createRandom = (seed: number): Random => {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x85ebca6b) >>> 0;
  // Mulberry32: one word of state, good enough for where a person stands.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    between: (from, to) => from + (to - from) * next(),
    chance: (probability) => next() < probability,
    pick: (values) => values[Math.floor(next() * values.length)]!,
    scale: (from, to) => Math.exp(Math.log(from) + (Math.log(to) - Math.log(from)) * next()),
  };
};

/** Says in one sentence what is wrong with the arguments and ends with status 2. */
export const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Numbers in [0, 1) with 53 random bits, the same for the same seed (xorshift128+ over 32-bit words). */
export const seeded = (seed: number): (() => number) => {
  let [a, b, c, d] = [seed | 1, seed ^ 0x9e3779b9, seed ^ 0x85ebca6b, seed ^ 0xc2b2ae35];
  const word = () => {
    const t = a ^ (a << 11);
    [a, b, c] = [b, c, d];
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
    return d >>> 0;
  };
  for (let turn = 0; turn < 20; turn += 1) word();
  return () => (word() * 2 ** 21 + (word() >>> 11)) / 2 ** 53;
};

/** A seeded stream of chance: the same seed tells the same story. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Normal with mean 0 and deviation 1. */
  normal(): number;
  pick<T>(items: readonly T[]): T;
  /** An independent stream, named so that adding one user of chance does not shift the others. */
  fork(name: string): Random;
};

/** sfc32 (Chris Doty-Humphrey, public domain) seeded by an FNV-1a hash of the text. */
export const createRandom = (seed: string | number): Random => {
  const text = String(seed);
  let [a, b, c, d] = [hash(`${text}a`), hash(`${text}b`), hash(`${text}c`), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 16; i += 1) next();
  let spare = Number.NaN;
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = Number.NaN;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    pick: (items) => items[Math.floor(next() * items.length)]!,
    fork: (name) => createRandom(`${text}/${name}`),
  };
};

const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
};

/** A value that wanders about zero (Ornstein–Uhlenbeck) with a time constant in seconds and a standing deviation. */
export const drift = (random: Random, tauS: number, deviation: number): ((dt: number) => number) => {
  let value = deviation * random.normal();
  return (dt) => {
    if (dt === 0) return value;
    const keep = Math.exp(-dt / tauS);
    value = value * keep + deviation * Math.sqrt(1 - keep * keep) * random.normal();
    return value;
  };
};

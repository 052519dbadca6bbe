import type { Stability, Terrain } from './atmosphere.ts';

/** Spread of a passive cloud at distance x in m: standard deviations across and up, m. */
export type Spread = { readonly y: number; readonly z: number };

type Curve = readonly [coefficient: number, slope: number, power: number];
/** σ = c x (1 + s x)^p; Briggs 1973 as corrected by Griffiths 1994; 10-minute averages over 0.1–10 km. */
const briggs: Readonly<Record<Terrain, Readonly<Record<Stability, readonly [y: Curve, z: Curve]>>>> = {
  rural: {
    A: [[0.22, 1e-4, -0.5], [0.2, 0, 1]], B: [[0.16, 1e-4, -0.5], [0.12, 0, 1]], C: [[0.11, 1e-4, -0.5], [0.08, 2e-4, -0.5]],
    D: [[0.08, 1e-4, -0.5], [0.06, 1.5e-3, -0.5]], E: [[0.06, 1e-4, -0.5], [0.03, 3e-4, -1]], F: [[0.04, 1e-4, -0.5], [0.016, 3e-4, -1]],
  },
  urban: {
    A: [[0.32, 4e-4, -0.5], [0.24, 1e-3, 0.5]], B: [[0.32, 4e-4, -0.5], [0.24, 1e-3, 0.5]], C: [[0.22, 4e-4, -0.5], [0.2, 0, 1]],
    D: [[0.16, 4e-4, -0.5], [0.14, 3e-4, -0.5]], E: [[0.11, 4e-4, -0.5], [0.08, 1.5e-3, -0.5]], F: [[0.11, 4e-4, -0.5], [0.08, 1.5e-3, -0.5]],
  },
};

const along = ([coefficient, slope, power]: Curve, x: number): number => coefficient * x * (1 + slope * x) ** power;

/** Briggs' open-country or urban curves at x m. */
export const briggsSpread = (stability: Stability, x: number, terrain: Terrain = 'rural'): Spread => {
  const [y, z] = briggs[terrain][stability];
  return { y: along(y, x), z: along(z, x) };
};

/** TNO's power laws for roughness 0.1 m and 10 minutes, CPR 14E table 4.8. */
const tno: Readonly<Record<Stability, readonly [number, number, number, number]>> = {
  A: [0.527, 0.865, 0.28, 0.9], B: [0.371, 0.866, 0.23, 0.85], C: [0.209, 0.897, 0.22, 0.8],
  D: [0.128, 0.905, 0.2, 0.76], E: [0.098, 0.902, 0.15, 0.73], F: [0.065, 0.902, 0.12, 0.67],
};

export const tnoSpread = (stability: Stability, x: number): Spread => {
  const [a, b, c, d] = tno[stability];
  return { y: a * x ** b, z: c * x ** d };
};

/** Pasquill–Gifford: σy = a x^0.9 (Lees 1996); σz = exp(k0 + k1 ln x + k2 ln² x), x in km (Seinfeld 1986 table 14.2). */
const pasquillGifford: Readonly<Record<Stability, readonly [a: number, k0: number, k1: number, k2: number]>> = {
  A: [0.423, 6.035, 2.1097, 0.277], B: [0.313, 4.694, 1.0629, 0.0136], C: [0.21, 4.11, 0.9201, -0.002],
  D: [0.136, 3.414, 0.7371, -0.0316], E: [0.102, 3.057, 0.6794, -0.045], F: [0.0674, 2.621, 0.6564, -0.054],
};

export const pasquillGiffordSpread = (stability: Stability, x: number): Spread => {
  const [a, k0, k1, k2] = pasquillGifford[stability];
  const log = Math.log(x / 1000);
  return { y: a * x ** 0.9, z: Math.exp(k0 + k1 * log + k2 * log * log) };
};

/** Instantaneous puffs, Slade 1968 as CCPS 1999 table 2.13 gives them for unstable, neutral and very stable air; x in m. σx = σy. */
const puff: Readonly<Record<Stability, readonly [number, number, number, number]>> = {
  A: [0.18, 0.92, 0.6, 0.75], B: [0.14, 0.92, 0.53, 0.73], C: [0.1, 0.92, 0.34, 0.71],
  D: [0.06, 0.92, 0.15, 0.7], E: [0.04, 0.92, 0.1, 0.65], F: [0.02, 0.89, 0.05, 0.61],
};

export const puffSpread = (stability: Stability, x: number): Spread => {
  const [a, b, c, d] = puff[stability];
  return { y: a * x ** b, z: c * x ** d };
};

/** Width of a plume averaged over `seconds` against the 10-minute curve: (t/600)^0.2, not below 20 s (CPR 14E eq. 4.62). */
export const averagingFactor = (seconds: number): number => (Math.max(seconds, 20) / 600) ** 0.2;

/** Which model made a cloud. */
export type CloudModel = 'gaussian-plume' | 'britter-mcquaid' | 'slab';

/**
 * A steady cloud of any model, along its axis: what every drawing and every receptor reads, so that the models differ in physics only.
 * At station i, `x` metres downwind of the source, the volume fraction over the cross-section is
 *   C(y, z) = flux · C1(y) · C2(z),
 *   C1 = [erf((y + b)/(√2 β)) − erf((y − b)/(√2 β))] / 4b   (a Gaussian of width β where b = 0; Ermak 1990),
 *   C2 = [exp(−(z − c)²/2σ²) + exp(−(z + c)²/2σ²)] / (√(2π) σ)   (reflected at the ground),
 * and both integrate to one over the section (z ≥ 0), so `flux` is ∬ C dy dz in m².
 */
export type Cloud = {
  readonly model: CloudModel;
  readonly x: Float64Array;
  readonly flux: Float64Array;
  readonly halfWidth: Float64Array;
  readonly spreadY: Float64Array;
  readonly centreHeight: Float64Array;
  readonly spreadZ: Float64Array;
  /** Speed at which the cloud travels, m/s. */
  readonly speed: Float64Array;
  /** Seconds over which its concentrations are averages. */
  readonly averagingTime: number;
};

const p = 0.3275911;
const [a1, a2, a3, a4, a5] = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
/** Error function, Abramowitz & Stegun 7.1.26, |error| < 1.5e-7. */
export const erf = (x: number): number => {
  const t = 1 / (1 + p * Math.abs(x));
  const y = 1 - ((((a5 * t + a4) * t + a3) * t + a2) * t + a1) * t * Math.exp(-x * x);
  return x < 0 ? -y : y;
};

const rootTwo = Math.SQRT2;
const rootTwoPi = Math.sqrt(2 * Math.PI);

/** C1 of a cloud, 1/m. */
export const acrossProfile = (y: number, halfWidth: number, spread: number): number =>
  halfWidth < 0.05 * spread
    ? Math.exp((-y * y) / (2 * spread * spread)) / (rootTwoPi * spread)
    : (erf((y + halfWidth) / (rootTwo * spread)) - erf((y - halfWidth) / (rootTwo * spread))) / (4 * halfWidth);

/** C2 of a cloud, 1/m. */
export const upProfile = (z: number, centre: number, spread: number): number =>
  (Math.exp(-((z - centre) ** 2) / (2 * spread * spread)) + Math.exp(-((z + centre) ** 2) / (2 * spread * spread))) / (rootTwoPi * spread);

/** Index i and weight w of the station before x: values are v[i] (1 − w) + v[i + 1] w; null outside the cloud. */
export const stationAt = (cloud: Cloud, x: number): { readonly index: number; readonly weight: number } | null => {
  const stations = cloud.x;
  const last = stations.length - 1;
  if (x < stations[0]! || x > stations[last]!) return null;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (stations[middle]! <= x) low = middle;
    else high = middle;
  }
  return { index: low, weight: (x - stations[low]!) / (stations[high]! - stations[low]!) };
};

const between = (values: Float64Array, index: number, weight: number): number => values[index]! * (1 - weight) + values[index + 1]! * weight;

/** Volume fraction of a steady cloud at x along, y across and z up from the point below its source; 0 outside, never above 1. */
export const volumeFractionAt = (cloud: Cloud, x: number, y: number, z: number): number => {
  const station = stationAt(cloud, x);
  if (station === null) return 0;
  const { index, weight } = station;
  const across = acrossProfile(y, between(cloud.halfWidth, index, weight), between(cloud.spreadY, index, weight));
  const up = upProfile(z, between(cloud.centreHeight, index, weight), between(cloud.spreadZ, index, weight));
  return Math.min(1, between(cloud.flux, index, weight) * across * up);
};

/** Stations from `first` to `last` metres, denser near the source. */
export const stations = (first: number, last: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));

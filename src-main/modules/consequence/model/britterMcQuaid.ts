import { airDensity, reducedGravity, windAtTen, type Atmosphere } from './atmosphere.ts';
import { stations, type Cloud } from './cloud.ts';

/**
 * Correlations of Britter & McQuaid 1988 (HSE 17/1988), piecewise fits of CCPS 1999 p. 118 f. Each row: a ratio of concentration to that at the source,
 * and the pieces of β(α) as [up to α, slope, intercept]; flat outside.
 */
type Curve = { readonly ratio: number; readonly pieces: readonly (readonly [until: number, slope: number, intercept: number])[] };

const continuous: readonly Curve[] = [
  { ratio: 0.1, pieces: [[-0.55, 0, 1.75], [-0.14, 0.24, 1.88], [1, -0.5, 1.78]] },
  { ratio: 0.05, pieces: [[-0.68, 0, 1.92], [-0.29, 0.36, 2.16], [-0.18, 0, 2.06], [1, -0.56, 1.96]] },
  { ratio: 0.02, pieces: [[-0.69, 0, 2.08], [-0.31, 0.45, 2.39], [-0.16, 0, 2.25], [1, -0.54, 2.16]] },
  { ratio: 0.01, pieces: [[-0.7, 0, 2.25], [-0.29, 0.49, 2.59], [-0.2, 0, 2.45], [1, -0.52, 2.35]] },
  { ratio: 0.005, pieces: [[-0.67, 0, 2.4], [-0.28, 0.59, 2.8], [-0.15, 0, 2.63], [1, -0.49, 2.56]] },
  { ratio: 0.002, pieces: [[-0.69, 0, 2.6], [-0.25, 0.39, 2.87], [-0.13, 0, 2.77], [1, -0.5, 2.71]] },
];

const instantaneous: readonly Curve[] = [
  { ratio: 0.1, pieces: [[-0.44, 0, 0.7], [0.43, 0.26, 0.81], [1, 0, 0.93]] },
  { ratio: 0.05, pieces: [[-0.56, 0, 0.85], [0.31, 0.26, 1], [1, -0.12, 1.12]] },
  { ratio: 0.02, pieces: [[-0.66, 0, 0.95], [0.32, 0.36, 1.19], [1, -0.26, 1.38]] },
  { ratio: 0.01, pieces: [[-0.71, 0, 1.15], [0.37, 0.34, 1.39], [1, -0.38, 1.66]] },
  { ratio: 0.005, pieces: [[-0.52, 0, 1.48], [0.24, 0.26, 1.62], [1, -0.3, 1.75]] },
  { ratio: 0.002, pieces: [[0.27, 0, 1.83], [1, -0.32, 1.92]] },
  { ratio: 0.001, pieces: [[-0.1, 0, 2.075], [1, -0.27, 2.05]] },
];

const onCurve = (curve: Curve, alpha: number): number => {
  const inside = Math.min(alpha, 1);
  const [, slope, intercept] = curve.pieces.find(([until]) => inside <= until) ?? curve.pieces.at(-1)!;
  return slope * inside + intercept;
};

export type BritterMcQuaidKind = 'continuous' | 'instantaneous';
const curvesOf = (kind: BritterMcQuaidKind): readonly Curve[] => (kind === 'continuous' ? continuous : instantaneous);

/** β, the logarithm of scaled distance, at which the concentration has fallen to `ratio` of the source's; log–linear between curves. */
export const britterMcQuaidBeta = (kind: BritterMcQuaidKind, alpha: number, ratio: number): number => {
  const curves = curvesOf(kind);
  const below = curves.findIndex((curve) => curve.ratio <= ratio * (1 + 1e-9));
  if (below === -1) {
    // Beyond the last curve the cloud is passive: C ∝ x⁻² (continuous, flat terrain) or x⁻³ of a puff bounded to x⁻² by the workbook.
    const last = curves.at(-1)!;
    return onCurve(last, alpha) + 0.5 * Math.log10(last.ratio / ratio);
  }
  const lower = curves[below]!;
  if (below === 0 && ratio <= lower.ratio * (1 + 1e-9)) return onCurve(lower, alpha);
  if (below === 0) {
    // Nearer than the first curve the workbook gives C = 306 (x/D)⁻² / (1 + 306 (x/D)⁻²) for plumes; a puff is full there.
    const near = kind === 'continuous' ? 0.5 * Math.log10((306 * (1 - Math.min(ratio, 1 - 1e-9))) / ratio) : onCurve(lower, alpha) + Math.log10(lower.ratio / ratio) / 3;
    return Math.min(onCurve(lower, alpha), near);
  }
  const upper = curves[below - 1]!;
  const share = Math.log(ratio / lower.ratio) / Math.log(upper.ratio / lower.ratio);
  return onCurve(lower, alpha) * (1 - share) + onCurve(upper, alpha) * share;
};

/** Release for the workbook: volume rate at the release temperature m³/s (or volume m³), density there kg/m³, temperature K. */
export type BritterMcQuaidSource = { readonly amount: number; readonly density: number; readonly temperature: number };

/** Scaled source strength α and the length that scales distance, m. */
export const britterMcQuaidScale = (kind: BritterMcQuaidKind, source: BritterMcQuaidSource, air: { readonly windSpeed: number; readonly temperature: number; readonly pressure: number }): { readonly alpha: number; readonly length: number } => {
  const buoyancy = Math.max(reducedGravity(source.density, airDensity(air)), 1e-9);
  if (kind === 'continuous') {
    return { alpha: 0.2 * Math.log10((buoyancy ** 2 * source.amount) / air.windSpeed ** 5), length: Math.sqrt(source.amount / air.windSpeed) };
  }
  return { alpha: 0.5 * Math.log10((buoyancy * Math.cbrt(source.amount)) / air.windSpeed ** 2), length: Math.cbrt(source.amount) };
};

/**
 * The ratio that the curves mean for a volume fraction of a cold release: it is first warmed to the air's temperature,
 * C′ = C / (C + (1 − C) Ta/T0) (Britter & McQuaid 1988 §8; CCPS 1999 eq. 2.84).
 */
export const coldRatio = (fraction: number, temperature: number, air: number): number => fraction / (fraction + (1 - fraction) * (air / temperature));
/** The volume fraction that a ratio of the curves means once the release is as warm as the air: the inverse of coldRatio. */
export const warmFraction = (ratio: number, temperature: number, air: number): number => (ratio * air) / temperature / (1 - ratio + (ratio * air) / temperature);

/** Distance, m, to a volume fraction on the axis at the ground. */
export const britterMcQuaidDistance = (kind: BritterMcQuaidKind, source: BritterMcQuaidSource, air: { readonly windSpeed: number; readonly temperature: number; readonly pressure: number }, fraction: number): number => {
  const { alpha, length } = britterMcQuaidScale(kind, source, air);
  return length * 10 ** britterMcQuaidBeta(kind, alpha, coldRatio(fraction, source.temperature, air.temperature));
};

/** Volume fraction at a distance on the axis at the ground: the inverse of the distance, by bisection in ln(ratio). */
export const britterMcQuaidFraction = (kind: BritterMcQuaidKind, source: BritterMcQuaidSource, air: { readonly windSpeed: number; readonly temperature: number; readonly pressure: number }, x: number): number => {
  const { alpha, length } = britterMcQuaidScale(kind, source, air);
  const beta = Math.log10(Math.max(x / length, 1e-3));
  let [low, high] = [Math.log(1e-9), 0];
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (britterMcQuaidBeta(kind, alpha, Math.exp(middle)) > beta) low = middle;
    else high = middle;
  }
  return warmFraction(Math.exp((low + high) / 2), source.temperature, air.temperature);
};

/**
 * The workbook's plume as a cloud: axis concentration from the curves; half-width D/2 + 2 l_b at the source growing as 2.5 l_b^(1/3) x^(2/3),
 * l_b = g′q/u³ (§4.4); depth from the conservation of what is released.
 */
export const britterMcQuaidCloud = (source: BritterMcQuaidSource & { readonly diameter: number; /** m³/s of the released gas once it is as warm as the air. */ readonly vapourRate: number }, air: Atmosphere, options: { readonly reach: number }): Cloud => {
  const buoyancy = Math.max(reducedGravity(source.density, airDensity(air)), 1e-9);
  const wind = windAtTen(air);
  const buoyancyLength = (buoyancy * source.amount) / wind ** 3;
  const x = stations(Math.max(1, source.diameter / 2), options.reach, 120);
  const halfWidth = x.map((distance) => source.diameter / 2 + 2 * buoyancyLength + 2.5 * Math.cbrt(buoyancyLength * distance ** 2));
  const flux = source.vapourRate / wind;
  // On the axis at the ground C = flux/(2 b) · 2/(√(2π) σ).
  const spreadZ = x.map((distance, i) => flux / (halfWidth[i]! * Math.sqrt(2 * Math.PI) * britterMcQuaidFraction('continuous', source, { ...air, windSpeed: wind }, distance)));
  return {
    model: 'britter-mcquaid', averagingTime: 600, x, halfWidth, spreadZ,
    flux: x.map(() => flux), spreadY: halfWidth.map((width) => 0.1 * width), centreHeight: new Float64Array(x.length), speed: x.map(() => wind),
  };
};

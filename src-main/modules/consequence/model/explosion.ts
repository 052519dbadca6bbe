import { blastCurveTable, blastDistances } from './blastCurveTable.ts';
import { tntEnergy, tntOverpressure } from './kingeryBulmash.ts';

export type Congestion = 'low' | 'medium' | 'high';
export type Reactivity = 'low' | 'medium' | 'high';
/** Dimensions in which the burnt gas can expand: 3 open, 2.5 under light roofs or dense racks, 2 under platforms. */
export type Expansion = 3 | 2.5 | 2;

/** Flame Mach numbers of Baker–Strehlow–Tang (Pierorazio et al. 2005, CCPS 2010 table 6.4) by expansion, reactivity, congestion; 5.2 stands for a detonation. */
const flameSpeeds: Readonly<Record<Expansion, Readonly<Record<Reactivity, Readonly<Record<Congestion, number>>>>>> = {
  3: { high: { low: 0.36, medium: 5.2, high: 5.2 }, medium: { low: 0.11, medium: 0.44, high: 0.5 }, low: { low: 0.026, medium: 0.23, high: 0.34 } },
  2.5: { high: { low: 0.47, medium: 5.2, high: 5.2 }, medium: { low: 0.29, medium: 0.55, high: 1 }, low: { low: 0.053, medium: 0.35, high: 0.5 } },
  2: { high: { low: 0.59, medium: 5.2, high: 5.2 }, medium: { low: 0.47, medium: 0.66, high: 1.6 }, low: { low: 0.079, medium: 0.47, high: 0.66 } },
};

export const flameMach = (place: { readonly expansion: Expansion; readonly reactivity: Reactivity; readonly congestion: Congestion }): number => flameSpeeds[place.expansion][place.reactivity][place.congestion];

/** Overpressure inside a cloud over ambient pressure, 2.4 M²/(1 + M) (Tang & Baker 1999). */
const insidePressure = (mach: number): number => (2.4 * mach ** 2) / (1 + mach);

const firstMach = blastCurveTable[0]!.mach;

/** Value of one curve at a scaled distance, log–log: flat inside the first station; beyond the last as 1/R. */
const onCurve = (values: readonly number[], scaled: number): number => {
  const last = blastDistances.length - 1;
  if (scaled <= blastDistances[0]!) return values[0]!;
  if (scaled >= blastDistances[last]!) return (values[last]! * blastDistances[last]!) / scaled;
  const above = blastDistances.findIndex((distance) => distance >= scaled);
  const share = Math.log(scaled / blastDistances[above - 1]!) / Math.log(blastDistances[above]! / blastDistances[above - 1]!);
  return values[above - 1]! * (values[above]! / values[above - 1]!) ** share;
};

const atMach = (quantity: 'overpressure' | 'impulse', mach: number, scaled: number): number => {
  // Flames slower than the slowest curve: by the pressure inside the cloud.
  if (mach <= firstMach) return (onCurve(blastCurveTable[0]![quantity], scaled) * insidePressure(mach)) / insidePressure(firstMach);
  const above = blastCurveTable.findIndex((curve) => curve.mach >= mach);
  if (above === -1) return onCurve(blastCurveTable.at(-1)![quantity], scaled);
  const [low, high] = [blastCurveTable[above - 1]!, blastCurveTable[above]!];
  const share = Math.log(mach / low.mach) / Math.log(high.mach / low.mach);
  return onCurve(low[quantity], scaled) ** (1 - share) * onCurve(high[quantity], scaled) ** share;
};

/** Peak overpressure over ambient pressure at a scaled distance R (p0/E)^(1/3), E with the ground's reflection in it, for a flame Mach number. */
export const scaledOverpressure = (mach: number, scaledDistance: number): number => atMach('overpressure', mach, scaledDistance);
/** Scaled positive impulse i a0/(p0^(2/3) E^(1/3)). */
export const scaledImpulse = (mach: number, scaledDistance: number): number => atMach('impulse', mach, scaledDistance);

/** Pressure inside the cloud by class of the multi-energy method, over ambient pressure (van den Berg 1985, CPR 14E fig. 5.8A). */
export const multiEnergyStrength: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/**
 * Overpressure of the multi-energy method, over ambient pressure: the same constant-speed flame whose pressure inside the cloud is that of the class, 1 to 10;
 * distance scaled with the hemisphere's own energy E as CPR 14E does.
 */
export const multiEnergyOverpressure = (strengthClass: number, scaledDistance: number): number => {
  const strength = multiEnergyStrength[Math.min(Math.max(Math.round(strengthClass), 1), 10) - 1]!;
  const free = scaledDistance / Math.cbrt(2);
  // The pressure inside solved for M, held at the detonation.
  const mach = Math.min(5.2, (strength + Math.sqrt(strength ** 2 + 9.6 * strength)) / 4.8);
  return Math.min(strength, scaledOverpressure(mach, free));
};

export type CloudExplosion = {
  /** Heat of what burns inside the congested volume, J, without the ground's reflection. */
  readonly energy: number;
  readonly reactivity: Reactivity;
  readonly expansion: Expansion;
  /** What the congestion may be, at least and at most. */
  readonly congestion: readonly [Congestion, Congestion];
  readonly ambientPressure: number;
};

export type BlastBand = {
  /** Pa: by the lower and the upper bound of congestion, and the TNT of 3 % and 10 % yield beside them. */
  readonly low: number;
  readonly high: number;
  readonly tnt: readonly [number, number];
  /** Pa s, by the upper bound. */
  readonly impulse: number;
};

/** Side-on overpressure at a distance as a band between the bounds of congestion, never as one line; energy doubled for the ground. */
export const blastBand = (explosion: CloudExplosion, distance: number): BlastBand => {
  const { energy, reactivity, expansion, congestion, ambientPressure } = explosion;
  const length = Math.cbrt((2 * energy) / ambientPressure);
  const [low, high] = congestion.map((level) => flameMach({ expansion, reactivity, congestion: level })) as [number, number];
  const scaled = distance / length;
  const soundSpeed = 340;
  return {
    low: ambientPressure * scaledOverpressure(low, scaled),
    high: ambientPressure * scaledOverpressure(high, scaled),
    tnt: [0.03, 0.1].map((share) => tntOverpressure((share * energy) / tntEnergy, distance)) as [number, number],
    impulse: (scaledImpulse(high, scaled) * ambientPressure * length) / soundSpeed,
  };
};

/** Distance, m, at which the upper bound falls to an overpressure in Pa. */
export const blastDistance = (explosion: CloudExplosion, overpressure: number): number => {
  let [low, high] = [0.1, 1e5];
  for (let i = 0; i < 60; i += 1) {
    const middle = Math.sqrt(low * high);
    if (blastBand(explosion, middle).high > overpressure) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
};

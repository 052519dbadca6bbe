import { transmissivity, type RadiationAir } from './radiation.ts';
import { gasConstant, type Substance } from './substances.ts';

/** A jet of burning gas: kg/s and the substance. */
export type JetFire = {
  readonly heatRelease: number;
  /** Along the axis, m: from the hole to the tip, and the clear gap before the flame begins. */
  readonly length: number;
  readonly liftOff: number;
  readonly radiativeFraction: number;
};

/** Flame temperature K, absorption 1/m and molar mass of the products kg/mol for the radiant fraction (Molina 2007, Houf & Schefer 2007). */
const hydrogenFlame = { temperature: 2382, absorption: 0.23, products: 0.0245 };
const hydrocarbonFlame = { temperature: 2226, absorption: 0.5, products: 0.0276 };

/**
 * Length 2.8893 Q^0.3728 m, Q in MW (Lowesmith, Hankinson, Acton & Chamberlain 2007; covers gas and two-phase, 1 to 2000 MW); lift-off 14 % of
 * it in sonic gas jets (Hankinson & Lowesmith 2012). Radiated share by the flame's residence time: 9.45e-9 (t α T⁴)^0.47, t in ms (Molina, Schefer & Houf 2007).
 */
export const jetFire = (substance: Substance, rate: number, air: { readonly temperature: number; readonly pressure: number }): JetFire | null => {
  const { fire } = substance;
  if (fire === undefined || rate <= 0) return null;
  const heatRelease = rate * fire.heatOfCombustion;
  const length = 2.8893 * (heatRelease / 1e6) ** 0.3728;
  const flame = substance.id === 'hydrogen' ? hydrogenFlame : hydrocarbonFlame;
  const stoichiometricMass = (fire.stoichiometric * substance.molarMass) / (fire.stoichiometric * substance.molarMass + (1 - fire.stoichiometric) * 0.028964);
  const density = (air.pressure * flame.products) / (gasConstant * flame.temperature);
  const width = 0.17 * length;
  const residence = ((Math.PI / 12) * density * width ** 2 * length * stoichiometricMass) / rate;
  const radiativeFraction = Math.min(0.5, 9.45e-9 * (1000 * residence * flame.absorption * flame.temperature ** 4) ** 0.47);
  return { heatRelease, length, liftOff: 0.14 * length, radiativeFraction };
};

/**
 * Flux at a receiver, W/m² on the surface turned to receive most, by weighted sources along the flame (Hankinson & Lowesmith 2012): N points from the hole
 * to the tip whose weight grows linearly to three quarters of the length and falls to the first weight at the tip. `axis` is a unit vector.
 */
export const jetFireFlux = (
  fire: JetFire,
  geometry: { readonly from: readonly [number, number, number]; readonly axis: readonly [number, number, number]; readonly receiver: readonly [number, number, number] },
  air: RadiationAir & { readonly pressure: number },
  points = 20,
): number => {
  const peak = 0.75 * points;
  const weights = Array.from({ length: points }, (_, i) => (i + 1 <= peak ? i + 1 : Math.max(1, peak - ((peak - 1) / (points - peak)) * (i + 1 - peak))));
  const total = weights.reduce((a, b) => a + b, 0);
  const sum: [number, number, number] = [0, 0, 0];
  // Hot light gas bends up; over a plant's distances the straight axis is what the correlation was fitted with.
  for (const [i, weight] of weights.entries()) {
    const s = ((i + 0.5) / points) * fire.length;
    const delta = [0, 1, 2].map((k) => geometry.receiver[k]! - geometry.from[k]! - s * geometry.axis[k]!) as [number, number, number];
    const distance = Math.max(Math.hypot(...delta), 0.5);
    const share = ((weight / total) * fire.radiativeFraction * fire.heatRelease * transmissivity(distance, air)) / (4 * Math.PI * distance ** 2);
    for (const k of [0, 1, 2] as const) sum[k] += (share * delta[k]) / distance;
  }
  return Math.hypot(...sum);
};


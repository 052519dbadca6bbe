import { erf } from './cloud.ts';
import { toxicProbits } from './toxicProbits.ts';
import { gasDensity, isConsequenceSubstance, substanceOf } from './substances.ts';

/** Share of people that a probit value means, 0…1 (Finney 1971). */
export const probitShare = (probit: number): number => 0.5 * (1 + erf((probit - 5) / Math.SQRT2));

/** A probit of the form a + b ln(dose). */
export type Probit = { readonly a: number; readonly b: number; readonly source: string };

/** Heat: dose in (W/m²)^(4/3) s. Lees counts half the dose, the side of a body that faces the fire. */
export const thermalProbits = {
  'eisenberg-death': { a: -38.48, b: 2.56, source: 'Eisenberg, Lynch & Breeding 1975' },
  'tsao-perry-death': { a: -36.38, b: 2.56, source: 'Tsao & Perry 1979' },
  'tno-death': { a: -37.23, b: 2.56, source: 'TNO CPR 16E 1992, protected by clothing' },
  'lees-death': { a: -29.02 + 1.99 * Math.log(0.5), b: 1.99, source: 'Lees 1994' },
  'first-degree-burn': { a: -39.83, b: 3.0186, source: 'TNO CPR 16E 1992' },
  'second-degree-burn': { a: -43.14, b: 3.0186, source: 'TNO CPR 16E 1992' },
} as const satisfies Readonly<Record<string, Probit>>;

/** Blast by peak side-on overpressure in Pa. */
export const overpressureProbits = {
  'eisenberg-lung': { a: -77.1, b: 6.91, source: 'Eisenberg, Lynch & Breeding 1975' },
  'hse-death': { a: 5.13 - 1.37 * Math.log(1e5), b: 1.37, source: 'UK HSE 1991' },
  'eisenberg-eardrum': { a: -15.6, b: 1.93, source: 'Eisenberg, Lynch & Breeding 1975' },
  'tno-eardrum': { a: -12.6, b: 1.524, source: 'TNO CPR 16E 1992' },
  'eisenberg-structure': { a: -23.8, b: 2.92, source: 'Eisenberg, Lynch & Breeding 1975' },
  'eisenberg-glass': { a: -18.1, b: 2.79, source: 'Eisenberg, Lynch & Breeding 1975' },
} as const satisfies Readonly<Record<string, Probit>>;

/** Blast by overpressure Pa and impulse Pa s, TNO CPR 16E: collapse of buildings, and death by the head's impact. */
export const tnoCollapseProbit = (overpressure: number, impulse: number): number => 5 - 0.22 * Math.log((40000 / overpressure) ** 7.4 + (460 / impulse) ** 11.3);
export const tnoHeadImpactProbit = (overpressure: number, impulse: number): number => 5 - 8.49 * Math.log(2430 / overpressure + 4e8 / (overpressure * impulse));

export const probitOf = ({ a, b }: Probit, dose: number): number => (dose > 0 ? a + b * Math.log(dose) : -Infinity);
/** Dose at which a probit reaches a value (5: half of the people). */
export const doseAtProbit = ({ a, b }: Probit, probit: number): number => Math.exp((probit - a) / b);

/** Thermal dose t q^(4/3), (W/m²)^(4/3) s, of a constant flux. */
export const thermalDose = (flux: number, seconds: number): number => seconds * flux ** (4 / 3);

/** One stretch of an exposure. */
export type ExposureStep = { readonly seconds: number; readonly ppm: number };

/** Lethality 0…1 of breathing a substance through an exposure by the probit of CPR 18E; null where it has none. Air at T K and p Pa. */
export const toxicLethality = (substance: string, exposure: readonly ExposureStep[], air = { temperature: 293.15, pressure: 101325 }): number | null => {
  const probit = toxicProbits[substance];
  if (probit === undefined || !isConsequenceSubstance(substance)) return null;
  const milligrams = gasDensity(substanceOf(substance).molarMass, air.temperature, air.pressure);
  // 1 ppm is 1e-6 m³/m³, that is density · 1e-6 kg/m³ = density mg/m³.
  const load = exposure.reduce((sum, step) => sum + (step.ppm * milligrams) ** probit.n * (step.seconds / 60), 0);
  return load > 0 ? probitShare(probit.a + probit.b * Math.log(load)) : 0;
};

/**
 * Concentration indoors from that outdoors: one well-mixed room, dC/dt = λ (Cout − C), λ air changes per hour (0.5 closed, 5 open; CPR 18E §5.2).
 * Returns the mean concentration indoors over each stretch.
 */
export const indoorExposure = (outdoor: readonly ExposureStep[], airChangesPerHour: number): readonly ExposureStep[] => {
  const rate = airChangesPerHour / 3600;
  let inside = 0;
  return outdoor.map(({ seconds, ppm }) => {
    const decay = Math.exp(-rate * seconds);
    const mean = rate === 0 || seconds === 0 ? inside : ppm + ((inside - ppm) * (1 - decay)) / (rate * seconds);
    inside = ppm + (inside - ppm) * decay;
    return { seconds, ppm: mean };
  });
};

/**
 * The steady concentration outdoors that would do indoors what the rising one there does, as a share of that outdoors: (1/T ∫ (1 − e^(−λt))ⁿ dt)^(1/n) over the exposure T, n of the
 * substance's probit and λ the air changes per hour; 1 for what has no probit.
 */
export const indoorToxicShare = (substance: string, seconds: number, airChangesPerHour: number): number => {
  const probit = toxicProbits[substance];
  if (probit === undefined) return 1;
  const steps = 40;
  let sum = 0;
  for (let i = 0; i < steps; i += 1) sum += (1 - Math.exp((-airChangesPerHour * seconds * (i + 0.5)) / (3600 * steps))) ** probit.n;
  return (sum / steps) ** (1 / probit.n);
};

/** Lethality of heat for someone outdoors, who reaches cover after 20 s (CPR 18E §5.3); 1 within 35 kW/m². */
export const heatLethality = (flux: number, seconds: number): number => (flux >= 35000 ? 1 : probitShare(probitOf(thermalProbits['tsao-perry-death'], thermalDose(flux, Math.min(seconds, 20)))));

/** Lethality of blast, CPR 18E §5.4: all within 0.3 bar; indoors one in forty down to 0.1 bar. */
export const blastLethality = (overpressure: number, isIndoors: boolean): number => (overpressure >= 30000 ? 1 : isIndoors && overpressure >= 10000 ? 0.025 : 0);

/** Flux limits, W/m². */
export const radiationThresholds = {
  api521: { continuous: 1580, emergencyMinutes: 4730, escapeSeconds: 6310, urgentSheltered: 9460 },
  worldBank1988: { equipmentDamage: 37500, igniteWood: 25000, igniteWoodPiloted: 12500, pain8s: 9500, pain20s: 4000, noDiscomfort: 1600 },
} as const;

import type { Text } from '../../../../src-shared/kernel/index.ts';

export type ConsequenceSubstance =
  | 'ammonia' | 'chlorine' | 'hydrogen-sulphide' | 'methane' | 'propane' | 'butane' | 'lpg' | 'hydrogen' | 'benzene' | 'methanol'
  | 'gasoline' | 'sulphur-dioxide' | 'hydrogen-fluoride' | 'hydrogen-chloride' | 'ethylene' | 'ethylene-oxide' | 'carbon-monoxide';

/**
 * What the engines need to know of a substance; SI throughout.
 * `antoine`: log10(p/bar) = a − b/(T + c), T in kelvin. Heat capacities near the boiling point (liquid) and at 298 K (gas).
 * `liquidDensity` at the boiling point, or at 298 K for what boils above it.
 */
export type Substance = {
  readonly id: ConsequenceSubstance;
  readonly name: Text;
  readonly cas: string;
  readonly molarMass: number;
  readonly boilingPoint: number;
  readonly criticalTemperature: number;
  readonly antoine: readonly [a: number, b: number, c: number];
  readonly latentHeat: number;
  readonly liquidHeatCapacity: number;
  readonly gasHeatCapacity: number;
  readonly liquidDensity: number;
  readonly gamma: number;
  readonly fire?: Flammability;
  readonly association?: Association;
  readonly source: string;
};

/**
 * Vapour whose molecules join: n of them to one ring, in equilibrium p_ring = K p₁ⁿ with log10(K/Pa^(1−n)) = a/T + b; joining gives `heat` J/kg. The latent heat of
 * such a substance is to its vapour as it is at the boiling point.
 */
export type Association = { readonly order: number; readonly a: number; readonly b: number; readonly heat: number };

/** Limits as volume fractions; heat of combustion is the lower one, J/kg; burning rate of a large pool, kg/(m² s), and its kβ, 1/m. */
export type Flammability = {
  readonly lower: number;
  readonly upper: number;
  readonly heatOfCombustion: number;
  /** Volume fraction in air at stoichiometry. */
  readonly stoichiometric: number;
  /** Fuel reactivity of Baker–Strehlow–Tang: by laminar burning velocity below 0.45, to 0.75, above (m/s). */
  readonly reactivity: 'low' | 'medium' | 'high';
  readonly pool?: { readonly burningRate: number; readonly kBeta: number };
};

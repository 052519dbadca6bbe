import { text, type Text } from '../../../../src-shared/kernel/index.ts';
import type { Association, ConsequenceSubstance, Substance } from './substance.ts';
import { substanceTable } from './substanceTable.ts';

/** Universal gas constant, J/(mol K). */
export const gasConstant = 8.314462618;
/** Standard gravity, m/s². */
export const gravity = 9.80665;

export type { Association, ConsequenceSubstance, Flammability, Substance } from './substance.ts';

const byId = new Map<string, Substance>(substanceTable.map((substance) => [substance.id, substance]));

export const substanceIds: readonly ConsequenceSubstance[] = substanceTable.map((substance) => substance.id);

/** Whether the engines know the substance: plants also carry water, air and the like, which they do not disperse. */
export const isConsequenceSubstance = (id: string): id is ConsequenceSubstance => byId.has(id);

export const substanceOf = (id: ConsequenceSubstance): Substance => {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`unknown substance ${id}`);
  return found;
};

/** Saturation pressure by Antoine, Pa, at T in K. Above the critical temperature it has no meaning and is held at that temperature. */
export const vapourPressure = (substance: Substance, temperature: number): number => {
  const [a, b, c] = substance.antoine;
  // Antoine has a pole at −c, far below any temperature at which there is vapour to speak of.
  const above = Math.min(temperature, substance.criticalTemperature) + c;
  return above < 5 ? 0 : 1e5 * 10 ** (a - b / above);
};

/** Temperature at which the substance boils under a pressure in Pa, K. */
export const boilingTemperature = (substance: Substance, pressure: number): number => {
  const [a, b, c] = substance.antoine;
  return b / (a - Math.log10(pressure / 1e5)) - c;
};

/** Pressures of single molecules and of rings in vapour of a substance whose molecules join, Pa, under their sum. */
export const associated = ({ order, a, b }: Association, temperature: number, pressure: number): { readonly single: number; readonly rings: number } => {
  const constant = 10 ** (a / temperature + b);
  let [low, high] = [0, pressure];
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (middle + constant * middle ** order > pressure) high = middle;
    else low = middle;
  }
  return { single: low, rings: pressure - low };
};

/** Mass share of rings in pure vapour, and the vapour's mean molar mass, kg/mol; those of single molecules for what does not join. */
export const vapourOf = ({ association, molarMass }: Substance, temperature: number, pressure: number): { readonly ringShare: number; readonly molarMass: number } => {
  if (association === undefined) return { ringShare: 0, molarMass };
  const { single, rings } = associated(association, temperature, pressure);
  const units = single + association.order * rings;
  return { ringShare: (association.order * rings) / units, molarMass: (molarMass * units) / (single + rings) };
};

/** Density of the ideal gas, kg/m³. */
export const gasDensity = (molarMass: number, temperature: number, pressure: number): number => (pressure * molarMass) / (gasConstant * temperature);

/** Liquid density at T by Rackett's exponent 2/7 scaled from the tabulated point, kg/m³. */
export const liquidDensityAt = (substance: Substance, temperature: number): number => {
  const tabulatedAt = Math.min(substance.boilingPoint, 298.15);
  const critical = substance.criticalTemperature;
  const exponent = (t: number): number => (1 - Math.min(t, 0.99 * critical) / critical) ** (2 / 7);
  // ρ = ρ_ref · Z^(f(Tref) − f(T)) with Zc ≈ 0.27, the value of normal fluids.
  return substance.liquidDensity * 0.27 ** (exponent(tabulatedAt) - exponent(temperature));
};

/** Parts per million of volume from mass concentration in kg/m³ at the given state. */
export const ppmFromDensity = (substance: Substance, kgM3: number, air: { readonly temperature: number; readonly pressure: number }): number =>
  (1e6 * kgM3) / gasDensity(substance.molarMass, air.temperature, air.pressure);

/** Name for an unknown id in a refusal. */
export const knownSubstances: Text = text(`已知物质：${substanceTable.map((s) => s.name.zh).join('、')}`, `known: ${substanceTable.map((s) => s.id).join(', ')}`);

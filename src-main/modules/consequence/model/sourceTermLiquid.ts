import { vapourPressure, gasConstant, gravity, liquidDensityAt, type Substance } from './substances.ts';
import type { Hole } from './sourceTermGas.ts';

/** Torricelli with over-pressure (CPR 14E eq. 2.194): kg/s. `head` is the liquid above the hole, m; `overpressure` Pa. */
export const liquidThroughHole = (liquid: { readonly density: number; readonly overpressure: number; readonly head: number }, hole: Pick<Hole, 'area' | 'dischargeCoefficient'>): number => {
  const drive = 2 * (Math.max(0, liquid.overpressure) / liquid.density + gravity * Math.max(0, liquid.head));
  return hole.dischargeCoefficient * hole.area * liquid.density * Math.sqrt(drive);
};

/** Mass fraction that flashes when superheated liquid comes to the pressure at which it boils at `boiling`, K: 1 − exp(−c ΔT/L) (CCPS). */
export const flashFraction = (substance: Substance, temperature: number, boiling = substance.boilingPoint): number =>
  temperature <= boiling ? 0 : 1 - Math.exp((-substance.liquidHeatCapacity * (temperature - boiling)) / substance.latentHeat);

/**
 * Mass fraction of a flashing release that stays in the air as vapour and droplets (CPR 18E table 4.8): twice the flash below 0.1,
 * all of it from 0.36; the rest rains out into a pool.
 */
export const airborneFraction = (flash: number): number => {
  if (flash < 0.1) return 2 * flash;
  return flash >= 0.36 ? 1 : (0.8 * flash - 0.028) / 0.26;
};

/**
 * Flashing two-phase outflow, Fauske & Epstein 1988: the equilibrium rate model for saturated liquid, corrected by N for a nozzle shorter than
 * 0.1 m, joined with subcooled outflow. kg/s. `storage` pressure is absolute, Pa.
 */
export const flashingThroughHole = (substance: Substance, storage: { readonly pressure: number; readonly temperature: number }, hole: Hole & { readonly nozzleLength?: number }): number => {
  const { temperature } = storage;
  const saturation = Math.min(vapourPressure(substance, temperature), storage.pressure);
  const density = liquidDensityAt(substance, temperature);
  const specificVolumeJump = (gasConstant * temperature) / (saturation * substance.molarMass) - 1 / density;
  const equilibrium = (substance.latentHeat / specificVolumeJump) / Math.sqrt(temperature * substance.liquidHeatCapacity);
  const drop = Math.max(0, saturation - hole.ambientPressure);
  const c = hole.dischargeCoefficient;
  const length = Math.min((hole.nozzleLength ?? 0) / 0.1, 1);
  // N tends to the ratio of equilibrium to plain liquid flow as the nozzle vanishes, and to 1 at the relaxation length.
  const frozen = drop === 0 ? 1 : equilibrium ** 2 / (2 * drop * density * c ** 2);
  const nonEquilibrium = frozen * (1 - length) + length;
  const subcooled = 2 * c ** 2 * density * Math.max(0, storage.pressure - Math.max(saturation, hole.ambientPressure));
  const flashing = drop === 0 ? 0 : equilibrium ** 2 / nonEquilibrium;
  return hole.area * Math.sqrt(subcooled + flashing);
};

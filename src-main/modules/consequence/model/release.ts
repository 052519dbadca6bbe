import { ok, refuse, type Result } from '../../../../src-shared/kernel/index.ts';
import { outOfRange, type OutOfRange } from './ranges.ts';
import { gasThroughHole, holeArea, type Hole } from './sourceTermGas.ts';
import { airborneFraction, flashFraction, flashingThroughHole, liquidThroughHole } from './sourceTermLiquid.ts';
import { boilingTemperature, gasConstant, gasDensity, isConsequenceSubstance, knownSubstances, liquidDensityAt, substanceOf, vapourOf, vapourPressure, type ConsequenceSubstance } from './substances.ts';

/** A leak from a vessel or pipe. SI; pressures absolute. */
export type LeakInput = {
  readonly substance: ConsequenceSubstance;
  readonly holeDiameter: number;
  readonly storage: {
    readonly pressure: number;
    readonly temperature: number;
    readonly inventoryKg: number;
    /** Liquid above the hole, m; 0 when the hole is in the gas space. Left out: liquid without head where the substance is liquid. */
    readonly liquidHead?: number;
    /** The hole is in the gas space even though liquid is stored. */
    readonly isGasSpace?: boolean;
  };
  readonly ambient?: { readonly temperature?: number; readonly pressure?: number };
  /** 0.62 for a sharp-edged hole. */
  readonly dischargeCoefficient?: number;
};

export type Release = {
  readonly phase: 'gas' | 'liquid' | 'two-phase';
  /** kg/s out of the hole at the start, and of that what stays airborne and what falls into a pool. */
  readonly rateKgS: number;
  readonly airborneKgS: number;
  readonly rainoutKgS: number;
  /** K, after expansion to ambient pressure. */
  readonly temperature: number;
  /** Mass fraction of droplets in the airborne part. */
  readonly liquidFraction: number;
  /** m/s and m², after expansion. */
  readonly velocity: number;
  readonly area: number;
  /** Seconds until the inventory is gone at the initial rate. */
  readonly durationS: number;
  readonly isChoked: boolean;
};

/** Rate, state and duration of a leak by the source-term models; refused by name when a field is out of range. */
export const estimateRelease = (input: LeakInput): Result<Release, OutOfRange> => {
  const { storage, dischargeCoefficient = 0.62 } = input;
  if (!isConsequenceSubstance(input.substance)) return refuse('UnknownSubstance', knownSubstances, 'substance');
  const refused = outOfRange({
    holeDiameter: [input.holeDiameter, 1e-4, 2],
    'storage.pressure': [storage.pressure, 5e4, 1e8],
    'storage.temperature': [storage.temperature, 15, 800],
    'storage.inventoryKg': [storage.inventoryKg, 0, 1e9],
    'storage.liquidHead': [storage.liquidHead, 0, 100],
    'ambient.temperature': [input.ambient?.temperature, 220, 330],
    'ambient.pressure': [input.ambient?.pressure, 5e4, 1.1e5],
    dischargeCoefficient: [dischargeCoefficient, 0.1, 1],
  });
  if (refused !== null) return refused;
  const substance = substanceOf(input.substance);
  const ambientPressure = input.ambient?.pressure ?? 101325;
  const hole: Hole = { area: holeArea(input.holeDiameter), dischargeCoefficient, ambientPressure };
  const duration = (rate: number): number => (rate > 0 ? storage.inventoryKg / rate : Infinity);
  const boiling = boilingTemperature(substance, ambientPressure);
  const isGas = storage.isGasSpace === true || storage.temperature >= substance.criticalTemperature || storage.pressure < 0.999 * vapourPressure(substance, storage.temperature);

  if (isGas) {
    const state = { pressure: storage.pressure, temperature: storage.temperature, molarMass: substance.molarMass, gamma: substance.gamma };
    const flow = gasThroughHole(state, hole);
    // Expansion outside the hole conserves momentum (Birch 1987 with the gas back near its stagnation temperature).
    const temperature = Math.max(storage.temperature, boiling);
    const density = gasDensity(substance.molarMass, temperature, ambientPressure);
    const velocity = flow.rate === 0 ? 0 : flow.velocity + (flow.pressure - ambientPressure) * hole.area * dischargeCoefficient / flow.rate;
    return ok({
      phase: 'gas', rateKgS: flow.rate, airborneKgS: flow.rate, rainoutKgS: 0, temperature, liquidFraction: 0, velocity,
      area: velocity === 0 ? 0 : flow.rate / (density * velocity), durationS: duration(flow.rate), isChoked: flow.isChoked,
    });
  }

  const density = liquidDensityAt(substance, storage.temperature);
  const flash = flashFraction(substance, storage.temperature, boiling);
  if (flash === 0) {
    const rate = liquidThroughHole({ density, overpressure: storage.pressure - ambientPressure, head: storage.liquidHead ?? 0 }, hole);
    return ok({
      phase: 'liquid', rateKgS: rate, airborneKgS: 0, rainoutKgS: rate, temperature: storage.temperature, liquidFraction: 1,
      velocity: rate / (density * hole.area), area: hole.area, durationS: duration(rate), isChoked: false,
    });
  }
  const pressure = storage.pressure + density * 9.80665 * (storage.liquidHead ?? 0);
  const rate = flashingThroughHole(substance, { pressure, temperature: storage.temperature }, hole);
  const airborne = airborneFraction(flash);
  const liquidFraction = airborne === 0 ? 0 : Math.max(0, 1 - flash / airborne);
  const gasVolume = (gasConstant * boiling) / (ambientPressure * vapourOf(substance, boiling, ambientPressure).molarMass);
  const mixed = flash * gasVolume + (1 - flash) / density;
  const velocity = rate / (density * hole.area) + (Math.min(vapourPressure(substance, storage.temperature), pressure) - ambientPressure) * hole.area / Math.max(rate, 1e-9);
  return ok({
    phase: 'two-phase', rateKgS: rate, airborneKgS: rate * airborne, rainoutKgS: rate * (1 - airborne), temperature: boiling, liquidFraction,
    velocity, area: (rate * mixed) / velocity, durationS: duration(rate), isChoked: true,
  });
};

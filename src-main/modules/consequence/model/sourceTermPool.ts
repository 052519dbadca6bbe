import { airDensity, heatCapacityOfAir } from './atmosphere.ts';
import { gasConstant, gravity, liquidDensityAt, vapourPressure, boilingTemperature, type Substance } from './substances.ts';

/** Ground under a pool: conductivity W/(m K) and diffusivity m²/s (CPR 14E table 3.2). */
export type Ground = { readonly conductivity: number; readonly diffusivity: number };
export const grounds = {
  concrete: { conductivity: 0.92, diffusivity: 4.16e-7 },
  soil: { conductivity: 0.9, diffusivity: 4.3e-7 },
  gravel: { conductivity: 2.5, diffusivity: 11e-7 },
} as const satisfies Readonly<Record<string, Ground>>;

export type PoolAir = { readonly windSpeed: number; readonly temperature: number; readonly pressure: number };

/** Transfer from a pool's surface, m/s, Mackay & Matsugu 1973: 0.004786 u^0.78 D^−0.11 Sc^−0.67 (wind at 10 m; calm counts as 0.5 m/s). */
const surfaceTransfer = (windSpeed: number, area: number, schmidt: number): number => 0.004786 * Math.max(windSpeed, 0.5) ** 0.78 * ((4 * area) / Math.PI) ** -0.055 * schmidt ** -0.67;

/** Heat from warm air to a colder pool by the Chilton–Colburn analogy, Pr = 0.71, W/(m² K). */
const airToPool = (air: PoolAir, area: number): number => surfaceTransfer(air.windSpeed, area, 0.71) * airDensity(air) * heatCapacityOfAir;

/**
 * Evaporation of a pool below its boiling point, with the logarithmic correction for high vapour pressure. kg/s.
 * The Schmidt number scales as √(M/18.3) on water's 0.6 (CPR 14E eq. 3.25).
 */
export const evaporatingPool = (substance: Substance, pool: { readonly area: number; readonly temperature: number }, air: PoolAir): number => {
  const transfer = surfaceTransfer(air.windSpeed, pool.area, 0.6 * Math.sqrt(substance.molarMass / 0.0183));
  const pressure = Math.min(vapourPressure(substance, pool.temperature), 0.99 * air.pressure);
  const drive = air.pressure * Math.log(1 / (1 - pressure / air.pressure));
  return (pool.area * transfer * drive * substance.molarMass) / (gasConstant * pool.temperature);
};

/** Heat that ground gives to a colder pool it met `age` seconds ago: conduction into a half-space (CPR 14E eq. 3.54), W/m². */
export const groundHeat = (ground: Ground, difference: number, age: number): number =>
  (ground.conductivity * Math.max(0, difference)) / Math.sqrt(Math.PI * ground.diffusivity * Math.max(age, 1));

export type Spill = {
  /** kg/s of liquid reaching the ground over `duration` s. */
  readonly rate: number;
  readonly duration: number;
  /** Bund, m²; without one the pool spreads to `minimumDepth`. */
  readonly bundArea?: number;
  /** m; CPR 18E: 0.005 on smooth ground, 0.02 on rough. */
  readonly minimumDepth?: number;
  readonly ground: Ground;
};

export type PoolStep = { readonly at: number; readonly area: number; readonly mass: number; readonly temperature: number; readonly rate: number };

/**
 * A pool from spill to dryness: it spreads under gravity (dr/dt = √(2 g h), CPR 14E eq. 3.33) to the bund or the least depth, and boils on the ground's heat
 * or evaporates into the wind at a temperature that its own heat balance sets. kg/s of vapour at each step; mass is conserved.
 */
export const spreadingPool = (substance: Substance, spill: Spill, conditions: { readonly air: PoolAir; readonly until: number; readonly step?: number }): readonly PoolStep[] => {
  const { air, until, step = 2 } = conditions;
  const { minimumDepth = 0.005 } = spill;
  const boiling = boilingTemperature(substance, air.pressure);
  const isBoiling = boiling < air.temperature;
  const history: PoolStep[] = [];
  let [mass, radius, temperature] = [0, 0, Math.min(boiling, air.temperature)];
  for (let at = 0; at <= until; at += step) {
    const inflow = spill.rate * Math.max(0, Math.min(step, spill.duration - at));
    const density = liquidDensityAt(substance, temperature);
    const before = mass;
    mass += inflow;
    const volume = mass / density;
    const depth = volume / Math.max(Math.PI * radius * radius, 1e-6);
    const widest = Math.sqrt(Math.min(spill.bundArea ?? Infinity, volume / minimumDepth) / Math.PI);
    radius = Math.min(widest, radius === 0 ? Math.cbrt(volume / Math.PI) : radius + step * Math.sqrt(2 * gravity * depth));
    const area = Math.PI * radius * radius;
    // The ground under a pool that still spreads was on average met half the time ago.
    const difference = air.temperature - temperature;
    const heat = area * (groundHeat(spill.ground, difference, at / 2) + airToPool(air, area) * difference);
    const wanted = isBoiling ? heat / substance.latentHeat : evaporatingPool(substance, { area, temperature }, air);
    const rate = Math.min(wanted, mass / step);
    history.push({ at, area, mass, temperature, rate });
    if (!isBoiling) {
      const mixed = (before * temperature + inflow * air.temperature) / mass;
      temperature = Math.min(air.temperature, Math.max(mixed + (step * (heat - rate * substance.latentHeat)) / (mass * substance.liquidHeatCapacity), 0.5 * boiling));
    }
    mass -= rate * step;
    if (mass <= 1e-6 * spill.rate * spill.duration && at >= spill.duration) break;
  }
  return history;
};

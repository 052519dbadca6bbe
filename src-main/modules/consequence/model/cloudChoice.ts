import { text, type Text } from '../../../../src-shared/kernel/index.ts';
import { airDensity, reducedGravity, type Atmosphere, type Terrain } from './atmosphere.ts';
import type { Cloud, CloudModel } from './cloud.ts';
import { gaussianPlumeCloud, wakeSpread } from './gaussianPlume.ts';
import { gasDensity, liquidDensityAt, substanceOf, type ConsequenceSubstance } from './substances.ts';

/** A steady release into the air. */
export type GroundRelease = {
  readonly substance: ConsequenceSubstance;
  /** kg/s into the air (what rained out not counted). */
  readonly rateKgS: number;
  /** K, at ambient pressure; the air's temperature unless given. */
  readonly releaseTemperature?: number;
  /** Mass fraction of droplets. */
  readonly liquidFraction?: number;
  /** Area the gas comes from (a pool, the mouth of an expanded jet), m²; 0 for a point. */
  readonly sourceArea?: number;
  /** The release comes as a momentum jet along the wind, m/s. */
  readonly velocity?: number;
  /** Building whose wake takes the gas up. */
  readonly wake?: { readonly width: number; readonly height: number };
};

export type CloudConditions = {
  readonly air: Atmosphere;
  readonly height: number;
  readonly reach: number;
  readonly averagingTime: number;
  readonly terrain?: Terrain;
  readonly model?: CloudModel;
};

export type CloudChoice = { readonly cloud: Cloud; readonly richardson: number; readonly text: Text };

/** Density of a release at ambient pressure, droplets included, kg/m³. */
export const releaseDensity = (release: GroundRelease, air: Atmosphere): number => {
  const substance = substanceOf(release.substance);
  const temperature = release.releaseTemperature ?? air.temperature;
  const liquid = release.liquidFraction ?? 0;
  return 1 / ((1 - liquid) / gasDensity(substance.molarMass, temperature, air.pressure) + liquid / liquidDensityAt(substance, Math.min(temperature, substance.boilingPoint)));
};

/**
 * Source Richardson number of Britter & McQuaid 1988 for a continuous release, (g'₀ q₀/D)^(1/3)/u at 10 m with D = √(q₀/u) for a point:
 * 0.15 and more is dense. Negative for gas lighter than air.
 */
export const sourceRichardson = (release: GroundRelease, air: Atmosphere): number => {
  const density = releaseDensity(release, air);
  const buoyancy = reducedGravity(density, airDensity(air));
  const volumeRate = release.rateKgS / density;
  const diameter = Math.max(Math.sqrt(volumeRate / air.windSpeed), Math.sqrt((4 * (release.sourceArea ?? 0)) / Math.PI));
  return diameter === 0 ? 0 : Math.cbrt((buoyancy * volumeRate) / diameter) / air.windSpeed;
};

export const denseFrom = 0.15;

export const cloudOf = (release: GroundRelease, conditions: CloudConditions): CloudChoice => {
  const { air, height, reach, averagingTime, terrain } = conditions;
  const richardson = sourceRichardson(release, air);
  const substance = substanceOf(release.substance);
  const initial = release.wake === undefined ? null : wakeSpread(release.wake);
  const radius = Math.sqrt((release.sourceArea ?? 0) / Math.PI);
  const source = {
    volumeRate: release.rateKgS / gasDensity(substance.molarMass, air.temperature, air.pressure),
    height,
    // A pool of radius r spreads a plume as a standard deviation of r/2 across the wind would.
    initialSpread: { y: Math.hypot(initial?.y ?? 0, radius / 2), z: initial?.z ?? 0 },
  };
  const cloud = gaussianPlumeCloud(source, air, { reach, averagingTime, ...(terrain === undefined ? {} : { terrain }) });
  return { cloud, richardson, text: text(`源理查森数 ${richardson.toFixed(2)}`, `source Richardson number ${richardson.toFixed(2)}`) };
};

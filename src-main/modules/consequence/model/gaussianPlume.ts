import { powerLawWind, type Atmosphere, type Terrain } from './atmosphere.ts';
import { stations, type Cloud } from './cloud.ts';
import { averagingFactor, briggsSpread, type Spread } from './sigmas.ts';

/** A steady passive release: kg/s or, as here, m³/s of the pure gas at the air's temperature and pressure; source height in m. */
export type PassiveSource = {
  readonly volumeRate: number;
  readonly height: number;
  /** Initial standard deviations, m: of an area source or of the wake it starts in; 0 for a point. */
  readonly initialSpread?: Spread;
};

/** Wake of a building that a source stands in or close behind: initial spreads W/4.3 and H/2.15 (EPA ISC3 table 3-1). */
export const wakeSpread = (building: { readonly width: number; readonly height: number }): Spread => ({ y: building.width / 4.3, z: building.height / 2.15 });

/**
 * Concentration of the Gaussian plume with ground reflection: C = Q/(2π u σy σz) exp(−y²/2σy²) [exp(−(z−h)²/2σz²) + exp(−(z+h)²/2σz²)].
 * In the unit of Q per m³ (Q in kg/s: kg/m³).
 */
export const gaussianPlume = (release: { readonly rate: number; readonly height: number; readonly wind: number }, spread: Spread, at: { readonly y: number; readonly z: number }): number => {
  const { rate, height, wind } = release;
  const across = Math.exp(-(at.y ** 2) / (2 * spread.y ** 2));
  const up = Math.exp(-((at.z - height) ** 2) / (2 * spread.z ** 2)) + Math.exp(-((at.z + height) ** 2) / (2 * spread.z ** 2));
  return (rate / (2 * Math.PI * wind * spread.y * spread.z)) * across * up;
};

/**
 * The Gaussian plume as a cloud: Briggs' curves, width set to the averaging time, wind at the height of the source (at least 2 m) by Irwin's power law.
 * Below 100 m the curves are extrapolated towards the source.
 */
export const gaussianPlumeCloud = (source: PassiveSource, air: Atmosphere, options: { readonly reach: number; readonly averagingTime: number; readonly terrain?: Terrain }): Cloud => {
  const { terrain = 'rural' } = options;
  const wind = Math.max(powerLawWind(air, Math.max(source.height, 2), terrain), 0.5);
  const x = stations(1, options.reach, 160);
  const factor = averagingFactor(options.averagingTime);
  const initial = source.initialSpread ?? { y: 0, z: 0 };
  const spreads = Array.from(x, (distance) => briggsSpread(air.stability, distance, terrain));
  return {
    model: 'gaussian-plume',
    x,
    flux: x.map(() => source.volumeRate / wind),
    halfWidth: new Float64Array(x.length),
    spreadY: Float64Array.from(spreads, (spread) => Math.hypot(spread.y * factor, initial.y)),
    centreHeight: x.map(() => source.height),
    spreadZ: Float64Array.from(spreads, (spread) => Math.hypot(spread.z, initial.z)),
    speed: x.map(() => wind),
    averagingTime: options.averagingTime,
  };
};

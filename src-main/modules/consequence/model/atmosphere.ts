import { gasDensity, gravity } from './substances.ts';

export const stabilityClasses = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
/** Pasquill's class, A very unstable to F very stable. */
export type Stability = (typeof stabilityClasses)[number];

/**
 * The air over the plant. `windSpeed` in m/s at `windHeight` m; `windFrom`: degrees clockwise from north that the wind blows from;
 * roughness length in m; temperature in K; pressure in Pa; relative humidity 0…1. `inverseObukhov`, 1/m, when it was measured.
 */
export type Atmosphere = {
  readonly windSpeed: number;
  readonly windHeight: number;
  readonly windFrom: number;
  readonly stability: Stability;
  readonly roughness: number;
  readonly temperature: number;
  readonly pressure: number;
  readonly humidity: number;
  readonly inverseObukhov?: number;
};

/** Von Kármán's constant as in Businger 1971 with Högström's correction. */
export const karman = 0.4;
export const molarMassOfAir = 0.028964;
export const heatCapacityOfAir = 1006;

export const airDensity = (air: Pick<Atmosphere, 'temperature' | 'pressure'>): number => gasDensity(molarMassOfAir, air.temperature, air.pressure);

/**
 * Pasquill class from what a weather mast tells: the table of Turner 1964 with the solar-radiation bounds of EPA-454/R-99-005 table 6-7.
 * Wind at 10 m in m/s, global radiation in W/m² (10 or less: night), cloud cover as a fraction of the sky.
 */
export const stabilityClass = (weather: { readonly windSpeed: number; readonly solarRadiation: number; readonly cloudCover?: number }): Stability => {
  const { windSpeed, solarRadiation, cloudCover = 0.5 } = weather;
  if (solarRadiation <= 10) {
    if (cloudCover >= 0.5) return windSpeed < 3 ? 'E' : 'D';
    return windSpeed < 3 ? 'F' : windSpeed < 5 ? 'E' : 'D';
  }
  const row = [2, 3, 5, 6].findIndex((bound) => windSpeed < bound);
  const column = [925, 675, 175].findIndex((bound) => solarRadiation >= bound);
  const table: readonly (readonly Stability[])[] = [['A', 'A', 'B', 'D'], ['A', 'B', 'C', 'D'], ['B', 'B', 'C', 'D'], ['C', 'C', 'D', 'D'], ['C', 'D', 'D', 'D']];
  return table[row === -1 ? 4 : row]![column === -1 ? 3 : column]!;
};

/** Power-law exponents of Irwin 1979, as CCPS 1999 gives them. */
const irwin: Readonly<Record<'rural' | 'urban', Readonly<Record<Stability, number>>>> = {
  rural: { A: 0.07, B: 0.07, C: 0.1, D: 0.15, E: 0.35, F: 0.55 },
  urban: { A: 0.15, B: 0.15, C: 0.2, D: 0.25, E: 0.4, F: 0.6 },
};

export type Terrain = 'rural' | 'urban';

/** Wind at height z by the power law, m/s. */
export const powerLawWind = (air: Pick<Atmosphere, 'windSpeed' | 'windHeight' | 'stability'>, z: number, terrain: Terrain = 'rural'): number =>
  air.windSpeed * (z / air.windHeight) ** irwin[terrain][air.stability];

const golder: Readonly<Record<Stability, readonly [number, number]>> = {
  A: [-0.096, 0.029], B: [-0.037, 0.029], C: [-0.002, 0.018], D: [0, 0], E: [0.004, -0.018], F: [0.035, -0.036],
};

const golderInverse = (stability: Stability, roughness: number): number => {
  const [a, b] = golder[stability];
  return a + b * Math.log10(Math.min(Math.max(roughness, 1e-4), 0.5));
};

/** 1/L by Golder 1972 from class and roughness, 1/m (fit of Seinfeld & Pandis table 16.3), unless it was measured. */
export const inverseObukhov = (air: Pick<Atmosphere, 'stability' | 'roughness' | 'inverseObukhov'>): number => air.inverseObukhov ?? golderInverse(air.stability, air.roughness);

/** The class whose 1/L by Golder lies nearest to a measured one. */
export const stabilityFromObukhov = (measured: number, roughness: number): Stability =>
  stabilityClasses.reduce((best, each) => (Math.abs(golderInverse(each, roughness) - measured) < Math.abs(golderInverse(best, roughness) - measured) ? each : best));

/** Stability function of momentum, Paulson 1970 and Dyer 1974 (stable: −5 z/L, held beyond z/L = 1 as in strongly stable air). */
const psiMomentum = (zeta: number): number => {
  if (zeta >= 0) return -5 * Math.min(zeta, 1);
  const x = (1 - 16 * zeta) ** 0.25;
  return 2 * Math.log((1 + x) / 2) + Math.log((1 + x * x) / 2) - 2 * Math.atan(x) + Math.PI / 2;
};

/** Friction velocity, m/s, from the measured wind by Monin–Obukhov similarity. */
export const frictionVelocity = (air: Atmosphere): number => {
  const { windSpeed, windHeight, roughness } = air;
  return (karman * windSpeed) / (Math.log((windHeight + roughness) / roughness) - psiMomentum(windHeight * inverseObukhov(air)));
};

/** Wind at z by Monin–Obukhov similarity, m/s; zero at the ground. */
export const similarityWind = (air: Atmosphere, z: number): number =>
  Math.max(0, (frictionVelocity(air) / karman) * (Math.log((z + air.roughness) / air.roughness) - psiMomentum(z * inverseObukhov(air))));

/** Wind at 10 m, m/s. */
export const windAtTen = (air: Atmosphere): number => (air.windHeight === 10 ? air.windSpeed : similarityWind(air, 10));

/** Unit vector of the direction in which the wind carries, [east, north], from the direction it blows from. */
export const downwind = (windFrom: number): readonly [number, number] => {
  const radians = (windFrom * Math.PI) / 180;
  return [-Math.sin(radians), -Math.cos(radians)];
};

/** Saturation pressure of water, Pa, Buck 1981. */
export const waterVapourPressure = (temperature: number): number => {
  const celsius = temperature - 273.15;
  return 611.21 * Math.exp((17.502 * celsius) / (240.97 + celsius));
};

/** Reduced gravity g (ρ − ρa)/ρa, m/s². */
export const reducedGravity = (density: number, air: number): number => (gravity * (density - air)) / air;

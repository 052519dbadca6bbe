import { text, type Text } from '../../../../src-shared/kernel/index.ts';
import { airDensity, reducedGravity, windAtTen, type Atmosphere, type Terrain } from './atmosphere.ts';
import { britterMcQuaidBeta, britterMcQuaidCloud, britterMcQuaidScale, warmFraction } from './britterMcQuaid.ts';
import { volumeFractionAt, type Cloud, type CloudModel } from './cloud.ts';
import { gaussianPlumeCloud, wakeSpread } from './gaussianPlume.ts';
import { slabCloud, type SlabCloud } from './slab.ts';
import { gasDensity, liquidDensityAt, substanceOf, vapourOf, type ConsequenceSubstance } from './substances.ts';

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
  /** The gas leaves its area as a jet along the wind instead of rising from it. */
  readonly isJet?: boolean;
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

export type CloudChoice = {
  readonly cloud: Cloud | SlabCloud;
  readonly richardson: number;
  readonly text: Text;
  /** For a slab, within the workbook's data: what the workbook of Britter & McQuaid gives against it on the axis, geometric mean over the curves' range. */
  readonly workbookRatio?: number;
};

/** Density of a release at ambient pressure, droplets included, kg/m³. */
export const releaseDensity = (release: GroundRelease, air: Atmosphere): number => {
  const substance = substanceOf(release.substance);
  const temperature = release.releaseTemperature ?? air.temperature;
  const liquid = release.liquidFraction ?? 0;
  return 1 / ((1 - liquid) / gasDensity(vapourOf(substance, temperature, air.pressure).molarMass, temperature, air.pressure) + liquid / liquidDensityAt(substance, Math.min(temperature, substance.boilingPoint)));
};

/**
 * Source Richardson number of Britter & McQuaid 1988 for a continuous release, (g'₀ q₀/D)^(1/3)/u at 10 m with D = √(q₀/u) for a point:
 * 0.15 and more is dense. Negative for gas lighter than air.
 */
export const sourceRichardson = (release: GroundRelease, air: Atmosphere): number => {
  const density = releaseDensity(release, air);
  const buoyancy = reducedGravity(density, airDensity(air));
  const volumeRate = release.rateKgS / density;
  const wind = windAtTen(air);
  const diameter = Math.max(Math.sqrt(volumeRate / wind), Math.sqrt((4 * (release.sourceArea ?? 0)) / Math.PI));
  return diameter === 0 ? 0 : Math.cbrt((buoyancy * volumeRate) / diameter) / wind;
};

/** From this source Richardson number a continuous release is dense (Britter & McQuaid 1988 §3.3). */
export const denseFrom = 0.15;

/** The cloud of a release by the model that its Richardson number calls for, or by the one that is asked for. */
export const cloudOf = (release: GroundRelease, conditions: CloudConditions): CloudChoice => {
  const { air } = conditions;
  const richardson = sourceRichardson(release, air);
  const model = conditions.model ?? (richardson >= denseFrom ? 'slab' : 'gaussian-plume');
  const cloud = model === 'slab' ? slab(release, conditions) : model === 'britter-mcquaid' ? workbook(release, conditions) : plume(release, conditions);
  const number = richardson.toFixed(2);
  const why = conditions.model !== undefined
    ? text(`源理查森数 ${number}；模型由调用者指定`, `source Richardson number ${number}; the model was asked for`)
    : richardson >= denseFrom
      ? text(`源理查森数 ${number} ≥ ${denseFrom}：重气，用积分板块模型`, `source Richardson number ${number} ≥ ${denseFrom}: dense, so the integral slab model`)
      : text(`源理查森数 ${number} < ${denseFrom}：随风扩散，用高斯烟羽`, `source Richardson number ${number} < ${denseFrom}: passive, so the Gaussian plume`);
  if (model !== 'slab') return { cloud, richardson, text: why };
  const ratio = workbookRatio(release, conditions, cloud);
  return ratio === null ? { cloud, richardson, text: why } : { cloud, richardson, text: why, workbookRatio: ratio };
};

/**
 * Compared where the workbook has curves, 1 %, 0.5 % and 0.2 % of the source's concentration, and where it has data: neutral and stable air, and releases whose
 * length √(q/u) is hundreds of roughness lengths (2000 at Maplin Sands, 260 at Thorney Island), for it knows neither convection nor roughness.
 */
const workbookRatio = (release: GroundRelease, { air }: CloudConditions, cloud: Cloud): number | null => {
  const density = releaseDensity(release, air);
  const source = { amount: release.rateKgS / density, density, temperature: release.releaseTemperature ?? air.temperature };
  const { alpha, length } = britterMcQuaidScale('continuous', source, { windSpeed: windAtTen(air), temperature: air.temperature, pressure: air.pressure });
  if (air.stability === 'A' || air.stability === 'B' || length < 200 * air.roughness) return null;
  const logs = [0.01, 0.005, 0.002].map((ratio) => {
    const x = Math.min(length * 10 ** britterMcQuaidBeta('continuous', alpha, ratio), cloud.x.at(-1)!);
    return Math.log(warmFraction(ratio, source.temperature, air.temperature) / Math.max(volumeFractionAt(cloud, x, 0, 0), 1e-9));
  });
  return Math.exp(logs.reduce((sum, each) => sum + each, 0) / logs.length);
};

/** m³/s of the released substance as gas at the air's temperature. */
const vapourRate = (release: GroundRelease, air: Atmosphere): number => release.rateKgS / gasDensity(substanceOf(release.substance).molarMass, air.temperature, air.pressure);

const plume = (release: GroundRelease, { air, height, reach, averagingTime, terrain }: CloudConditions): Cloud => {
  const initial = release.wake === undefined ? { y: 0, z: 0 } : wakeSpread(release.wake);
  const radius = Math.sqrt((release.sourceArea ?? 0) / Math.PI);
  const source = {
    volumeRate: vapourRate(release, air),
    height,
    // A disc of radius r has the standard deviation r/2 across the wind.
    initialSpread: { y: Math.hypot(initial.y, radius / 2), z: initial.z },
  };
  return gaussianPlumeCloud(source, air, { reach, averagingTime, ...(terrain === undefined ? {} : { terrain }) });
};

const slab = (release: GroundRelease, { air, height, reach, averagingTime }: CloudConditions): SlabCloud => {
  const density = releaseDensity(release, air);
  // A point source is given the section that the wind itself would draw it through.
  const area = release.sourceArea ?? release.rateKgS / (density * air.windSpeed);
  const mouth = release.isJet === true ? release.rateKgS / (density * Math.max(area, 1e-6)) : 0;
  // What leaves slower than the wind blows is no jet.
  const velocity = mouth > air.windSpeed ? mouth : 0;
  return slabCloud({
    substance: substanceOf(release.substance), rate: release.rateKgS, temperature: release.releaseTemperature ?? air.temperature,
    liquidFraction: release.liquidFraction ?? 0, area: Math.max(area, 1e-6), velocity, height: velocity > 0 ? height : 0,
  }, air, { reach, averagingTime });
};

const workbook = (release: GroundRelease, { air, reach }: CloudConditions): Cloud => {
  const density = releaseDensity(release, air);
  const source = { amount: release.rateKgS / density, density, temperature: release.releaseTemperature ?? air.temperature, diameter: Math.sqrt((4 * (release.sourceArea ?? 0)) / Math.PI), vapourRate: vapourRate(release, air) };
  return britterMcQuaidCloud(source, air, { reach });
};

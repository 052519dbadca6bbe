import { ok, refuse, type Result, type Text } from '../../../../src-shared/kernel/index.ts';
import type { Terrain } from './atmosphere.ts';
import { downwind } from './atmosphere.ts';
import { stationAt, volumeFractionAt, type Cloud, type CloudModel } from './cloud.ts';
import { contourRings, type Ring } from './contours.ts';
import { cloudOf, type CloudChoice, type GroundRelease } from './cloudChoice.ts';
import { aegl } from './endpoints.ts';
import { drawCloud, drawPuffs, puffsAt, type Grid } from './field.ts';
import { puffsOf, type Puff, type WindStep } from './gaussianPuff.ts';
import { outOfRange, type OutOfRange } from './ranges.ts';
import { isConsequenceSubstance, knownSubstances, substanceOf } from './substances.ts';
import { atmosphereOf, refuseWeather, type Weather } from './weather.ts';

export type PlumeInput = GroundRelease & {
  /** Where the gas enters the air: plant metres, z above ground. */
  readonly source: { readonly x: number; readonly y: number; readonly z: number };
  readonly weather: Weather;
  readonly grid: Grid;
  /** Height of the noses that breathe it, m; 1.5 unless given. */
  readonly receptorHeight?: number;
  /** Seconds since the release began: the cloud has come no further than the wind took it. Left out: steady. */
  readonly elapsedS?: number;
  /** The wind as it turned and the release as it changed, up to `elapsedS`; `at` in seconds since the release began. */
  readonly history?: readonly WindStep[];
  readonly averagingTimeS?: number;
  /** Exposure for which the AEGL are taken, minutes; 60 unless given. */
  readonly exposureMinutes?: number;
  /** Contours beside or instead of the substance's own endpoints. */
  readonly levels?: readonly ContourLevel[];
  readonly terrain?: Terrain;
  /** Forces a model instead of the choice by Richardson number. */
  readonly model?: CloudModel;
};

export type ContourLevel = { readonly name: string; readonly ppm: number };
export type Contour = ContourLevel & { readonly rings: readonly Ring[] };

export type PlumeField = {
  readonly grid: Grid;
  /** ppm at cell centres, row by row from the south-west corner. */
  readonly ppm: Float32Array;
  /** Strongest level first. */
  readonly contours: readonly Contour[];
  readonly model: CloudModel;
  /** Why this model: the Richardson number of the source and a sentence. */
  readonly choice: { readonly richardson: number; readonly text: Text };
  /** Nature lies between ppm × lo and ppm × hi in most cases. */
  readonly uncertainty: { readonly lo: number; readonly hi: number };
  readonly averagingTimeS: number;
  /** ppm at any point of the plant, z above ground. */
  readonly at: (x: number, y: number, z: number) => number;
  /** The cloud's section at a distance downwind, where the model is the slab: means over the section, volume fraction, m, m, K. */
  readonly section?: (x: number) => CloudSection | null;
};

export type CloudSection = { readonly averageFraction: number; readonly height: number; readonly halfWidth: number; readonly temperature: number };

/** The levels a substance is judged by, ppm, strongest first: AEGL for the exposure, else the flammable limit and half of it. */
export const endpointLevels = (substance: string, minutes: number): readonly ContourLevel[] => {
  const toxic = ([3, 2, 1] as const).flatMap((tier) => {
    const ppm = aegl(substance, tier, minutes);
    return ppm === null ? [] : [{ name: `AEGL-${tier}`, ppm }];
  });
  const fire = isConsequenceSubstance(substance) ? substanceOf(substance).fire : undefined;
  const flammable = fire === undefined ? [] : [{ name: 'LFL', ppm: 1e6 * fire.lower }, { name: '½ LFL', ppm: 0.5e6 * fire.lower }];
  return [...flammable, ...toxic].toSorted((a, b) => b.ppm - a.ppm);
};

export const refusePlume = (input: Omit<PlumeInput, 'grid'>): ReturnType<typeof refuseWeather> => {
  if (!isConsequenceSubstance(input.substance)) return refuse('UnknownSubstance', knownSubstances, 'substance');
  return refuseWeather(input.weather) ?? outOfRange({
    rateKgS: [input.rateKgS, 0, 1e5],
    // Gas and droplets at ambient pressure are not much colder than the boiling point.
    releaseTemperature: [input.releaseTemperature, 0.7 * substanceOf(input.substance).boilingPoint, 2000],
    liquidFraction: [input.liquidFraction, 0, 1],
    sourceArea: [input.sourceArea, 0, 1e6],
    'source.x': [input.source.x, -1e6, 1e6],
    'source.y': [input.source.y, -1e6, 1e6],
    'source.z': [input.source.z, 0, 300],
    receptorHeight: [input.receptorHeight, 0, 100],
    elapsedS: [input.elapsedS, 0, 1e6],
    averagingTimeS: [input.averagingTimeS, 1, 86400],
    exposureMinutes: [input.exposureMinutes, 0, 1440],
    'wake.width': [input.wake?.width, 0, 500],
    'wake.height': [input.wake?.height, 0, 200],
  });
};

/** Concentrations of a release over the plant and their contours; refused by name when a field is out of range. */
export const plumeField = (input: PlumeInput): Result<PlumeField, OutOfRange> => {
  const { grid, receptorHeight = 1.5, averagingTimeS = 600, exposureMinutes = 60, history } = input;
  const refused = refusePlume(input) ?? outOfRange({
    'grid.x0': [grid.x0, -1e6, 1e6], 'grid.y0': [grid.y0, -1e6, 1e6], 'grid.cell': [grid.cell, 0.1, 1000],
    'grid.nx': [grid.nx, 1, 4000], 'grid.ny': [grid.ny, 1, 4000],
  }) ?? refuseHistory(history);
  if (refused !== null) return refused;
  const air = atmosphereOf(input.weather);
  const corners = [grid.x0, grid.x0 + grid.nx * grid.cell].flatMap((x) => [grid.y0, grid.y0 + grid.ny * grid.cell].map((y) => Math.hypot(x - input.source.x, y - input.source.y)));
  const chosen = cloudOf(input, { air, height: input.source.z, reach: Math.max(50, ...corners), averagingTime: averagingTimeS, ...(input.terrain === undefined ? {} : { terrain: input.terrain }), ...(input.model === undefined ? {} : { model: input.model }) });
  const drawn = draw(input, chosen.cloud, { grid, height: receptorHeight, windFrom: air.windFrom, windSpeed: air.windSpeed });
  const ppm = drawn.values;
  for (let k = 0; k < ppm.length; k += 1) ppm[k] = ppm[k]! * 1e6;
  const levels = input.levels ?? endpointLevels(input.substance, exposureMinutes);
  return ok({ ...describe(chosen, averagingTimeS, spreadOver(air.roughness)), grid, ppm, contours: levels.map((level) => ({ ...level, rings: contourRings(ppm, grid, level.ppm) })), at: drawn.at, ...sectionOf(chosen.cloud) });
};

/**
 * A factor of two holds half to nine tenths of what is measured over open ground (Chang & Hanna 2004), a factor of three as much among obstacles (Hanna & Chang 2012).
 * Where slab and workbook both apply and lie further apart, their distance is the uncertainty.
 */
const spreadOver = (roughness: number): number => (roughness < 0.1 ? 2 : 3);

const describe = (chosen: CloudChoice, averagingTimeS: number, spread: number): Pick<PlumeField, 'model' | 'choice' | 'uncertainty' | 'averagingTimeS'> => ({
  model: chosen.cloud.model,
  choice: { richardson: chosen.richardson, text: chosen.text },
  uncertainty: { lo: Math.min(1 / spread, chosen.workbookRatio ?? 1), hi: Math.max(spread, chosen.workbookRatio ?? 1) },
  averagingTimeS,
});

const refuseHistory = (history: readonly WindStep[] | undefined): ReturnType<typeof outOfRange> => {
  for (const [index, step] of (history ?? []).entries()) {
    const refused = outOfRange({
      [`history[${index}].at`]: [step.at, index === 0 ? -1e9 : history![index - 1]!.at, 1e9],
      [`history[${index}].speed`]: [step.speed, 0, 60],
      [`history[${index}].windFrom`]: [step.windFrom, -360, 720],
      [`history[${index}].rate`]: [step.rate, 0, 1e3],
    });
    if (refused !== null) return refused;
  }
  return null;
};

const sectionOf = (cloud: CloudChoice['cloud']): Pick<PlumeField, 'section'> => {
  if (!('averageFraction' in cloud)) return {};
  return {
    section: (x) => {
      const place = stationAt(cloud, x);
      if (place === null) return null;
      const value = (values: Float64Array): number => values[place.index]! * (1 - place.weight) + values[place.index + 1]! * place.weight;
      return { averageFraction: value(cloud.averageFraction), height: value(cloud.height), halfWidth: value(cloud.width), temperature: value(cloud.temperature) };
    },
  };
};

type Drawing = { readonly grid: Grid; readonly height: number; readonly windFrom: number; readonly windSpeed: number };

const draw = (input: PlumeInput, cloud: Cloud, drawing: Drawing): { readonly values: Float32Array; readonly at: PlumeField['at'] } => {
  const { history, elapsedS, source } = input;
  if (history !== undefined && history.length > 0) {
    const puffs: readonly Puff[] = puffsOf(cloud, source, { wind: history, now: elapsedS ?? history.at(-1)!.at, referenceSpeed: drawing.windSpeed });
    return { values: drawPuffs(puffs, drawing), at: (x, y, z) => 1e6 * puffsAt(puffs, x, y, z) };
  }
  const front = elapsedS === undefined ? Infinity : frontAt(cloud, elapsedS);
  const [east, north] = downwind(drawing.windFrom);
  return {
    values: drawCloud(cloud, source, { ...drawing, front }),
    at: (x, y, z) => {
      const [dx, dy] = [x - source.x, y - source.y];
      const along = dx * east + dy * north;
      return along > front ? 0 : 1e6 * volumeFractionAt(cloud, along, dy * east - dx * north, z);
    },
  };
};

/** How far the head of the cloud has come after `elapsed` seconds, m. */
const frontAt = (cloud: Cloud, elapsed: number): number => {
  let left = elapsed;
  for (let i = 1; i < cloud.x.length; i += 1) {
    const time = (cloud.x[i]! - cloud.x[i - 1]!) / cloud.speed[i]!;
    if (time >= left) return cloud.x[i - 1]! + left * cloud.speed[i]!;
    left -= time;
  }
  return cloud.x[cloud.x.length - 1]!;
};

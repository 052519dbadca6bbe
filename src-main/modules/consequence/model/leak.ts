import { ok, refuse, text, type Result } from '../../../../src-shared/kernel/index.ts';
import { cloudOf, type GroundRelease } from './cloudChoice.ts';
import { leakPosterior, type DetectorReading, type LeakCandidate, type LeakPosterior } from './leakInversion.ts';
import { outOfRange, type OutOfRange } from './ranges.ts';
import { isConsequenceSubstance, knownSubstances } from './substances.ts';
import { downwind, type Terrain } from './atmosphere.ts';
import { atmosphereOf, refuseWeather, type Weather } from './weather.ts';
import type { Refusal } from '../../../../src-shared/kernel/index.ts';

export type LeakInversionInput = Omit<GroundRelease, 'rateKgS'> & {
  readonly detectors: readonly DetectorReading[];
  readonly weather: Weather;
  /** Height of the source, m; 1 unless given. */
  readonly sourceHeight?: number;
  /** Equipment that holds the substance: [] or left out, and the leak may be anywhere upwind of the readings. */
  readonly candidates?: readonly LeakCandidate[];
  /** kg/s; 0.001 to 200 unless given. */
  readonly rateRange?: readonly [least: number, most: number];
  /** Leaks of rate r and more are as frequent as r^−rateSlope; 0 unless given. It matters where detectors stand at the end of their range. */
  readonly rateSlope?: number;
  /** Seconds over which a detector's reading is an average; 60 unless given. */
  readonly averagingTimeS?: number;
  readonly particles?: number;
  readonly seed?: number;
  readonly terrain?: Terrain;
};

export type LeakEstimate = LeakPosterior & {
  /** Most likely rate: the median, kg/s. */
  readonly rateKgS: number;
  readonly richardson: number;
};

export type NothingSeen = Refusal<'NothingSeen'>;

/**
 * Where gas leaks and how much, from detectors that read and those that do not. Refused when a field is out of range
 * or when no detector reads anything.
 */
export const invertLeak = (input: LeakInversionInput): Result<LeakEstimate, OutOfRange | NothingSeen> => {
  const { detectors, candidates = [], rateRange = [1e-3, 200], sourceHeight = 1, averagingTimeS = 60 } = input;
  if (!isConsequenceSubstance(input.substance)) return refuse('UnknownSubstance', knownSubstances, 'substance');
  const refused = refuseWeather(input.weather)
    ?? outOfRange({ sourceHeight: [sourceHeight, 0, 100], 'rateRange[0]': [rateRange[0], 1e-6, 1e4], 'rateRange[1]': [rateRange[1], rateRange[0], 1e4], particles: [input.particles, 50, 20000], rateSlope: [input.rateSlope, 0, 3] })
    ?? refuseDetectors(detectors);
  if (refused !== null) return refused;
  const reading = detectors.filter((detector) => detector.ppm > 0 && detector.ppm >= detector.detectionLimit);
  if (reading.length === 0) return refuse('NothingSeen', text('没有探测器有读数', 'no detector reads anything'), 'detectors');
  const air = atmosphereOf(input.weather);
  const [east, north] = downwind(air.windFrom);
  // Upwind of what reads: as far as the plant's detectors reach, at least 300 m.
  const extent = Math.max(300, ...detectors.flatMap((a) => reading.map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
  const xs = reading.flatMap((detector) => [detector.x, detector.x - east * extent]);
  const ys = reading.flatMap((detector) => [detector.y, detector.y - north * extent]);
  const margin = 0.2 * extent;
  const region = [Math.min(...xs) - margin, Math.min(...ys) - margin, Math.max(...xs) + margin, Math.max(...ys) + margin] as const;
  const reach = 3 * extent + Math.hypot(region[2] - region[0], region[3] - region[1]);
  const { detectors: _detectors, weather: _weather, ...release } = input;
  const chosenFor = (rateKgS: number): ReturnType<typeof cloudOf> => cloudOf({ ...release, rateKgS }, { air, height: sourceHeight, reach, averagingTime: averagingTimeS, ...(input.terrain === undefined ? {} : { terrain: input.terrain }) });
  const posterior = leakPosterior(detectors, { cloudFor: (rate) => chosenFor(rate).cloud, windFrom: air.windFrom }, {
    prior: { candidates, candidateScatter: 5, region, rate: rateRange, rateSlope: input.rateSlope ?? 0 },
    // A factor of two, ln 2, is what plume models reach in the field (Chang & Hanna 2004); single plumes fit better or worse by half.
    settings: { particles: input.particles ?? 1000, seed: input.seed ?? 1, modelError: [Math.LN2, 0.5], directionError: 8 },
  });
  return ok({ ...posterior, rateKgS: posterior.p50, richardson: chosenFor(posterior.p50).richardson });
};

const refuseDetectors = (detectors: readonly DetectorReading[]): ReturnType<typeof outOfRange> => {
  for (const [index, detector] of detectors.entries()) {
    const refused = outOfRange({
      [`detectors[${index}].x`]: [detector.x, -1e6, 1e6],
      [`detectors[${index}].y`]: [detector.y, -1e6, 1e6],
      [`detectors[${index}].z`]: [detector.z, 0, 200],
      [`detectors[${index}].ppm`]: [detector.ppm, 0, 1e6],
      [`detectors[${index}].detectionLimit`]: [detector.detectionLimit, 1e-6, 1e6],
    });
    if (refused !== null) return refused;
  }
  return null;
};

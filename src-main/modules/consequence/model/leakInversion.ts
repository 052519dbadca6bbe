import { downwind } from './atmosphere.ts';
import { erf, type Cloud } from './cloud.ts';
import { fractionIn, tabulate, type AxisTable } from './field.ts';
import { normal, uniformStream } from './random.ts';

/**
 * One gas detector: place in plant metres, reading in ppm (0 or below the limit: it sees nothing), detection limit in ppm. `saturatedAt`: the end of its
 * range; a reading there says "at least".
 */
export type DetectorReading = { readonly x: number; readonly y: number; readonly z: number; readonly ppm: number; readonly detectionLimit: number; readonly saturatedAt?: number };

/** Somewhere that can leak, with a weight relative to the others (1 when unknown). */
export type LeakCandidate = { readonly id: string; readonly x: number; readonly y: number; readonly weight?: number };

export type LeakPrior = {
  readonly candidates: readonly LeakCandidate[];
  /** Metres that a leak may lie from its candidate's centre (one standard deviation). */
  readonly candidateScatter: number;
  /** Where a leak may be when it is at no candidate: [west, south, east, north], m. */
  readonly region: readonly [number, number, number, number];
  readonly rate: readonly [least: number, most: number];
  /** Leaks of rate r and more are as frequent as r^−rateSlope; 0 when left out: every decade alike. */
  readonly rateSlope?: number;
};

export type InversionSettings = {
  readonly particles: number;
  readonly seed: number;
  /** Standard deviation of ln(reading/model) to begin with, and of its own logarithm: the readings themselves tell how well the model fits them. */
  readonly modelError: readonly [typical: number, spread: number];
  /** Standard deviation of the wind's direction over the cloud's travel, degrees. */
  readonly directionError: number;
};

export type LeakPosterior = {
  readonly x: number;
  readonly y: number;
  /** Root mean square distance of the ensemble from its centre, m. */
  readonly spreadM: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** Share of the ensemble that started at each candidate, best first. */
  readonly candidates: readonly { readonly id: string; readonly probability: number }[];
  /** Ensemble of sources, for drawing: x, y, kg/s, in columns. */
  readonly ensemble: { readonly x: Float64Array; readonly y: Float64Array; readonly rate: Float64Array };
};

/** A particle: place, ln(rate), turn of the wind in degrees, ln of the model's error, index of its candidate (−1: none). */
type Particle = { x: number; y: number; logRate: number; turn: number; logError: number; candidate: number };

const outlier = 0.01;
const standardNormal = (z: number): number => 0.5 * (1 + erf(z / Math.SQRT2));

/**
 * Where and how much, from detectors that see gas and those that do not: an ensemble carried from prior to posterior by tempering, with
 * resampling and Metropolis moves at each temperature (sequential Monte Carlo, Del Moral, Doucet & Jasra 2006). The forward model is the steady
 * cloud; `cloudFor(rate)` is asked again as the ensemble's rate moves, for a dense cloud's shape depends on its rate.
 * A reading weighs as lognormal about the model, with an error that the ensemble learns; a silent detector by the chance that the model stays below its limit,
 * one at the end of its range by the chance that the model lies above that.
 */
export const leakPosterior = (
  detectors: readonly DetectorReading[],
  forward: { readonly cloudFor: (rate: number) => Cloud; readonly windFrom: number },
  options: { readonly prior: LeakPrior; readonly settings: InversionSettings },
): LeakPosterior => {
  const { prior, settings } = options;
  const uniform = uniformStream(settings.seed);
  const seen = detectors.map((detector) => detector.ppm >= detector.detectionLimit && detector.ppm > 0);
  const full = detectors.map((detector) => detector.saturatedAt !== undefined && detector.ppm >= detector.saturatedAt);
  const [logLeast, logMost] = [Math.log(prior.rate[0]), Math.log(prior.rate[1])];
  const slope = prior.rateSlope ?? 0;
  const drawLogRate = (): number => (slope === 0 ? logLeast + (logMost - logLeast) * uniform() : logLeast - Math.log(1 - uniform() * (1 - Math.exp(-slope * (logMost - logLeast)))) / slope);
  let reference = Math.sqrt(prior.rate[0] * prior.rate[1]);
  let tables = tablesOf(forward.cloudFor(reference), detectors);

  const draw = (): Particle => {
    const candidate = drawCandidate(prior.candidates, uniform);
    const at = candidate === -1 ? null : prior.candidates[candidate]!;
    const [west, south, east, north] = prior.region;
    return {
      x: at === null ? west + (east - west) * uniform() : at.x + prior.candidateScatter * normal(uniform),
      y: at === null ? south + (north - south) * uniform() : at.y + prior.candidateScatter * normal(uniform),
      logRate: drawLogRate(),
      turn: settings.directionError * normal(uniform),
      logError: Math.log(settings.modelError[0]) + settings.modelError[1] * normal(uniform),
      candidate,
    };
  };
  const logPrior = (particle: Particle): number => {
    if (particle.logRate < logLeast || particle.logRate > logMost) return -Infinity;
    const error = (particle.logError - Math.log(settings.modelError[0])) / settings.modelError[1];
    const nuisance = -0.5 * (particle.turn / settings.directionError) ** 2 - 0.5 * error ** 2 - slope * particle.logRate;
    if (particle.candidate === -1) {
      const [west, south, east, north] = prior.region;
      return particle.x < west || particle.x > east || particle.y < south || particle.y > north ? -Infinity : nuisance;
    }
    const at = prior.candidates[particle.candidate]!;
    return nuisance - ((particle.x - at.x) ** 2 + (particle.y - at.y) ** 2) / (2 * prior.candidateScatter ** 2);
  };
  const logLikelihood = (particle: Particle): number => {
    const [east, north] = downwind(forward.windFrom + particle.turn);
    const scale = (1e6 * Math.exp(particle.logRate)) / reference;
    const error = Math.exp(particle.logError);
    let sum = 0;
    for (let i = 0; i < detectors.length; i += 1) {
      const detector = detectors[i]!;
      const [dx, dy] = [detector.x - particle.x, detector.y - particle.y];
      const ppm = scale * fractionIn(tables[i]!, dx * east + dy * north, dy * east - dx * north) + 1e-3 * detector.detectionLimit;
      // Densities are per unit of ln(ppm), so that both kinds of evidence weigh alike; an outlier may read anything over four decades.
      const z = Math.log((seen[i]! ? detector.ppm : detector.detectionLimit) / ppm) / error;
      const chance = full[i]! ? standardNormal(-z) : seen[i]! ? Math.exp(-0.5 * z * z) / (error * Math.sqrt(2 * Math.PI)) : standardNormal(z);
      sum += Math.log((1 - outlier) * chance + (seen[i]! && !full[i]! ? outlier / Math.log(1e4) : outlier));
    }
    return sum;
  };

  let particles = Array.from({ length: settings.particles }, draw);
  let likelihoods = particles.map(logLikelihood);
  for (let temperature = 0, round = 0; temperature < 1 && round < 40; round += 1) {
    const next = nextTemperature(likelihoods, temperature);
    const picks = resample(likelihoods.map((value) => (next - temperature) * value), uniform);
    particles = picks.map((pick) => ({ ...particles[pick]! }));
    temperature = next;
    const median = Math.exp(quantile(particles.map((particle) => particle.logRate), 0.5));
    if (median > 1.5 * reference || median < reference / 1.5) {
      reference = median;
      tables = tablesOf(forward.cloudFor(reference), detectors);
    }
    likelihoods = particles.map(logLikelihood);
    move({ particles, likelihoods, temperature, logPrior, logLikelihood, uniform });
  }
  return summary(particles, prior.candidates);
};

/** The cloud at each detector's height, in steps of a metre; detectors at one height share a table. */
const tablesOf = (cloud: Cloud, detectors: readonly DetectorReading[]): readonly AxisTable[] => {
  const byHeight = new Map<number, AxisTable>();
  return detectors.map(({ z }) => {
    const table = byHeight.get(z) ?? tabulate(cloud, { height: z, reach: cloud.x[cloud.x.length - 1]!, spacing: 1 });
    byHeight.set(z, table);
    return table;
  });
};

const drawCandidate = (candidates: readonly LeakCandidate[], uniform: () => number): number => {
  // One in five particles ignores the candidates: pipes and flanges leak between them.
  if (candidates.length === 0 || uniform() < 0.2) return -1;
  const total = candidates.reduce((sum, candidate) => sum + (candidate.weight ?? 1), 0);
  let left = uniform() * total;
  return Math.max(0, candidates.findIndex((candidate) => (left -= candidate.weight ?? 1) <= 0));
};

/** The next temperature at which half of the ensemble still counts, found by bisection. */
const nextTemperature = (likelihoods: readonly number[], from: number): number => {
  const effective = (step: number): number => {
    const best = Math.max(...likelihoods);
    const weights = likelihoods.map((value) => Math.exp(step * (value - best)));
    const sum = weights.reduce((a, b) => a + b, 0);
    return sum ** 2 / weights.reduce((a, b) => a + b * b, 0);
  };
  if (effective(1 - from) >= likelihoods.length / 2) return 1;
  let [low, high] = [0, 1 - from];
  for (let i = 0; i < 30; i += 1) {
    const middle = (low + high) / 2;
    if (effective(middle) >= likelihoods.length / 2) low = middle;
    else high = middle;
  }
  return Math.min(1, from + Math.max(low, 1e-3));
};

/** Systematic resampling: indices of the survivors. */
const resample = (logWeights: readonly number[], uniform: () => number): readonly number[] => {
  const best = Math.max(...logWeights);
  const weights = logWeights.map((value) => Math.exp(value - best));
  const step = weights.reduce((a, b) => a + b, 0) / weights.length;
  const picks: number[] = [];
  let [reached, index] = [weights[0]!, 0];
  for (let i = 0, mark = step * uniform(); i < weights.length; i += 1, mark += step) {
    while (mark > reached && index < weights.length - 1) reached += weights[(index += 1)]!;
    picks.push(index);
  }
  return picks;
};

type Moving = {
  readonly particles: Particle[];
  readonly likelihoods: number[];
  readonly temperature: number;
  readonly logPrior: (particle: Particle) => number;
  readonly logLikelihood: (particle: Particle) => number;
  readonly uniform: () => number;
};

/**
 * Metropolis steps along differences of two other particles (differential evolution, ter Braak 2006), so that the steps have the ensemble's own shape: place, rate
 * and the wind's turn trade off along a curved ridge. Half of the steps are short ones.
 */
const move = ({ particles, likelihoods, temperature, logPrior, logLikelihood, uniform }: Moving): void => {
  for (const scale of [0.75, 0.3, 0.75, 0.3]) {
    const others = particles.slice();
    const other = (): Particle => others[Math.floor(uniform() * others.length)]!;
    for (let i = 0; i < particles.length; i += 1) {
      const old = particles[i]!;
      const [a, b] = [other(), other()];
      const step = (key: Exclude<keyof Particle, 'candidate'>, jitter: number): number => old[key] + scale * (a[key] - b[key]) + jitter * normal(uniform);
      const proposal: Particle = { x: step('x', 0.5), y: step('y', 0.5), logRate: step('logRate', 0.02), turn: step('turn', 0.1), logError: step('logError', 0.02), candidate: old.candidate };
      const priorRatio = logPrior(proposal) - logPrior(old);
      if (priorRatio === -Infinity) continue;
      const likelihood = logLikelihood(proposal);
      if (Math.log(1 - uniform()) < priorRatio + temperature * (likelihood - likelihoods[i]!)) {
        particles[i] = proposal;
        likelihoods[i] = likelihood;
      }
    }
  }
};

const quantile = (values: readonly number[], share: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
};

const summary = (particles: readonly Particle[], candidates: readonly LeakCandidate[]): LeakPosterior => {
  const x = Float64Array.from(particles, (particle) => particle.x);
  const y = Float64Array.from(particles, (particle) => particle.y);
  const rate = Float64Array.from(particles, (particle) => Math.exp(particle.logRate));
  const centre = [quantile(Array.from(x), 0.5), quantile(Array.from(y), 0.5)] as const;
  const square = particles.reduce((sum, particle) => sum + (particle.x - centre[0]) ** 2 + (particle.y - centre[1]) ** 2, 0) / particles.length;
  const counts = new Map<number, number>();
  for (const particle of particles) counts.set(particle.candidate, (counts.get(particle.candidate) ?? 0) + 1);
  const ranked = candidates
    .map((candidate, index) => ({ id: candidate.id, probability: (counts.get(index) ?? 0) / particles.length }))
    .filter((candidate) => candidate.probability > 0)
    .toSorted((a, b) => b.probability - a.probability);
  const rates = Array.from(rate);
  return { x: centre[0], y: centre[1], spreadM: Math.sqrt(square), p10: quantile(rates, 0.1), p50: quantile(rates, 0.5), p90: quantile(rates, 0.9), candidates: ranked, ensemble: { x, y, rate } };
};

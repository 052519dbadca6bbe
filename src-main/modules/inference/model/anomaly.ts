/**
 * Multivariate process anomaly: the Mahalanobis distance of the last `lags` samples of all variables together, smoothed (EWMA). The lags let it see broken dynamics,
 * the correlations let it see a value that is normal alone and not beside the others. Causal.
 */
export type AnomalyModel = {
  readonly variables: readonly string[];
  readonly lags: number;
  /** Weight of the newest distance in the average. */
  readonly alpha: number;
  /** Mean and standard deviation of each variable in normal running. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Inverse of the ridged covariance of the lagged, standardised variables, row-major [variables·lags]²; lag l of variable v is at l·variables + v. */
  readonly precision: Float32Array;
  /** The averaged distance above which running is not normal. */
  readonly limit: number;
};

/** `ratio` is the averaged distance over the limit: above 1 is not normal. `drivers[v]` tells how far variable v is from what the others say, 1 in normal running (reconstruction-based contribution, Alcala & Qin 2009). */
export type AnomalyReading = { readonly ratio: number; readonly drivers: Float64Array };

export type AnomalyState = {
  /** Takes one sample of all variables; a NaN repeats the last value. Null until `lags` samples are there. */
  push(values: ArrayLike<number>): AnomalyReading | null;
};

export const createAnomalyState = (model: AnomalyModel): AnomalyState => {
  const count = model.variables.length;
  const size = count * model.lags;
  const x = new Float64Array(size);
  // Both begin at what they are on average in normal running.
  const drivers = new Float64Array(count).fill(1);
  let average = size;
  let seen = 0;
  return {
    push(values) {
      x.copyWithin(count, 0, size - count);
      for (let v = 0; v < count; v += 1) {
        const value = values[v] ?? Number.NaN;
        if (Number.isFinite(value)) x[v] = (value - model.mean[v]!) / model.deviation[v]!;
        else if (seen === 0) x[v] = 0;
      }
      seen += 1;
      if (seen < model.lags) return null;
      const now = new Float64Array(count);
      let distance = 0;
      for (let i = 0; i < size; i += 1) {
        let y = 0;
        for (let j = 0; j < size; j += 1) y += model.precision[i * size + j]! * x[j]!;
        distance += x[i]! * y;
        now[i % count]! += y ** 2 / model.precision[i * size + i]! / model.lags;
      }
      average += model.alpha * (distance - average);
      for (let v = 0; v < count; v += 1) drivers[v]! += model.alpha * (now[v]! - drivers[v]!);
      return { ratio: average / model.limit, drivers: Float64Array.from(drivers) };
    },
  };
};

export type AnomalyFit = {
  readonly variables: readonly string[];
  readonly lags: number;
  readonly alpha: number;
  /** Added to the diagonal of the covariance of standardised variables: what the data cannot tell from noise counts as noise. */
  readonly ridge: number;
  /** Contiguous blocks, each judged by a fit on the others, and the quantile of their averaged distances that becomes the limit. */
  readonly blocks: number;
  readonly quantile: number;
};

/** A model, and the averaged distances of the blocks that the fit behind them did not see, ascending. */
export type FittedAnomaly = { readonly model: AnomalyModel; readonly held: readonly number[] };

/** Fits on `runs` of normal running: [run][variable][sample], no gap within a run. The limit comes from blocks that the fit behind it did not see. */
export const fitAnomaly = (runs: readonly (readonly Float64Array[])[], { variables, lags, alpha, ridge, blocks, quantile }: AnomalyFit): FittedAnomaly => {
  const all = variables.map((_name, v) => runs.flatMap((run) => [...(run[v] ?? [])]));
  const mean = all.map((values) => values.reduce((sum, each) => sum + each, 0) / values.length);
  const deviation = all.map((values, v) => Math.sqrt(values.reduce((sum, each) => sum + (each - mean[v]!) ** 2, 0) / values.length) || 1);
  const inBlocks = runs.flatMap((run) => cut(run, Math.max(1, Math.round(blocks / runs.length))));
  const fit = (rest: readonly (readonly Float64Array[])[]): AnomalyModel => ({ variables, lags, alpha, mean, deviation, precision: precisionOf(rest, { lags, ridge, mean, deviation }), limit: 1 });
  const held = inBlocks.flatMap((block, index) => {
    const state = createAnomalyState(fit(inBlocks.filter((_each, other) => other !== index)));
    return Array.from({ length: block[0]?.length ?? 0 }, (_each, k) => state.push(block.map((column) => column[k]!))?.ratio ?? Number.NaN).filter(Number.isFinite);
  });
  const sorted = held.toSorted((a, b) => a - b);
  return { model: { ...fit(runs), limit: sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? 1 }, held: sorted };
};

const cut = (run: readonly Float64Array[], parts: number): Float64Array[][] => {
  const length = run[0]?.length ?? 0;
  return Array.from({ length: parts }, (_each, part) => run.map((column) => column.subarray(Math.round((part * length) / parts), Math.round(((part + 1) * length) / parts))));
};

type Standard = Pick<AnomalyFit, 'lags' | 'ridge'> & Pick<AnomalyModel, 'mean' | 'deviation'>;
const precisionOf = (runs: readonly (readonly Float64Array[])[], { lags, ridge, mean, deviation }: Standard): Float32Array => {
  const count = mean.length;
  const size = count * lags;
  const covariance = new Float64Array(size * size);
  const x = new Float64Array(size);
  let samples = 0;
  for (const run of runs) {
    for (let k = lags - 1; k < (run[0]?.length ?? 0); k += 1) {
      for (let i = 0; i < size; i += 1) x[i] = (run[i % count]![k - Math.floor(i / count)]! - mean[i % count]!) / deviation[i % count]!;
      for (let i = 0; i < size; i += 1) for (let j = 0; j <= i; j += 1) covariance[i * size + j]! += x[i]! * x[j]!;
      samples += 1;
    }
  }
  for (let i = 0; i < size; i += 1) for (let j = 0; j <= i; j += 1) covariance[i * size + j]! = covariance[i * size + j]! / samples + (i === j ? ridge : 0);
  return Float32Array.from(inverse(covariance, size));
};

/** Inverse of a symmetric positive definite matrix given by its lower triangle, by Cholesky. */
const inverse = (lower: Float64Array, size: number): Float64Array => {
  const factor = lower.slice();
  for (let j = 0; j < size; j += 1) {
    for (let i = j; i < size; i += 1) {
      let sum = factor[i * size + j]!;
      for (let k = 0; k < j; k += 1) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i === j && sum <= 0) throw new RangeError('the covariance is not positive definite');
      factor[i * size + j] = i === j ? Math.sqrt(sum) : sum / factor[j * size + j]!;
    }
  }
  const result = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let unit = 0; unit < size; unit += 1) {
    for (let i = 0; i < size; i += 1) {
      let sum = i === unit ? 1 : 0;
      for (let k = 0; k < i; k += 1) sum -= factor[i * size + k]! * column[k]!;
      column[i] = sum / factor[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i -= 1) {
      let sum = column[i]!;
      for (let k = i + 1; k < size; k += 1) sum -= factor[k * size + i]! * column[k]!;
      column[i] = sum / factor[i * size + i]!;
    }
    for (let i = 0; i < size; i += 1) result[i * size + unit] = column[i]!;
  }
  return result;
};

/** What a model was trained on: nine deciles of each input and of its answer, and how many independent draws (machines, stretches of running, sources of pictures) they come from. */
export type DriftReference = { readonly inputs: readonly (readonly number[])[]; readonly output: readonly number[]; readonly draws: number };

/** The nine deciles of a column; what is not finite is left out. */
export const decilesOf = (values: ArrayLike<number>): number[] => {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  return Array.from({ length: 9 }, (_each, index) => {
    const at = ((index + 1) / 10) * (sorted.length - 1);
    const low = sorted[Math.floor(at)] ?? 0;
    return Number((low + (at % 1) * ((sorted[Math.ceil(at)] ?? low) - low)).toPrecision(6));
  });
};

/** The bin of ten that a value lies in; one that equals a limit lies in the lower bin. */
export const binOf = (value: number, deciles: readonly number[]): number => {
  let bin = 0;
  while (bin < deciles.length && value > deciles[bin]!) bin += 1;
  return bin;
};

/**
 * Population stability index of values against the nine deciles of a reference: Σ (share − 0.1)·ln(share / 0.1) over the ten bins. Below 0.1 nothing moved, above 0.25
 * the population is another (the common reading). Empty bins count as half a value.
 */
export const stabilityIndex = (values: ArrayLike<number>, deciles: readonly number[]): number => {
  const bins = new Float64Array(deciles.length + 1);
  for (let index = 0; index < values.length; index += 1) if (Number.isFinite(values[index])) bins[binOf(values[index]!, deciles)]! += 1;
  return indexOfBins(bins);
};

/** As `stabilityIndex`, of values that are counted in their bins already. */
export const indexOfBins = (bins: Float64Array): number => {
  const count = bins.reduce((sum, each) => sum + each, 0);
  if (count === 0) return 0;
  const expected = 1 / bins.length;
  return bins.reduce((sum, inBin) => {
    const share = Math.max(inBin, 0.5) / count;
    return sum + (share - expected) * Math.log(share / expected);
  }, 0);
};

/** Quantile 0.999 of χ² with nine degrees of freedom. */
const CHI_SQUARE = 27.88;
/** Fewer draws are no population. */
export const FEWEST_DRAWS = 5;

/**
 * The index from which a population has moved, by the number of independent draws behind the steps and behind the reference. Steps of one machine, minutes of one stretch of running and pictures of one source
 * resemble each other, so m of them count as m draws, and the index of m draws against deciles of n is about χ²₉·(1/m + 1/n) where nothing moved (Yurdakul 2018). Drift is what chance exceeds once in a
 * thousand; for large numbers the common 0.25. Infinity below `FEWEST_DRAWS`.
 */
export const driftThreshold = (draws: number, referenceDraws: number): number => (draws < FEWEST_DRAWS ? Number.POSITIVE_INFINITY : Math.max(0.25, CHI_SQUARE * (1 / draws + 1 / referenceDraws)));

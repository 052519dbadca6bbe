/**
 * Population stability index of values against the nine deciles of a reference: Σ (share − 0.1)·ln(share / 0.1) over the ten bins. Below 0.1 nothing moved, above 0.25
 * the population is another (the common reading). Values at equal limits fall into the lower bin; empty bins count as half a value.
 */
export const stabilityIndex = (values: ArrayLike<number>, deciles: readonly number[]): number => {
  const bins = new Float64Array(deciles.length + 1);
  let count = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    let bin = 0;
    while (bin < deciles.length && value > deciles[bin]!) bin += 1;
    bins[bin]! += 1;
    count += 1;
  }
  if (count === 0) return 0;
  const expected = 1 / bins.length;
  return bins.reduce((sum, inBin) => {
    const share = Math.max(inBin, 0.5) / count;
    return sum + (share - expected) * Math.log(share / expected);
  }, 0);
};

/** Quantile 0.999 of χ² with nine degrees of freedom. */
const CHI_SQUARE = 27.88;
/** Fewer machines are no population. */
export const FEWEST_MACHINES = 5;

/**
 * The index from which a population has moved, by the number of machines behind the steps. Steps of one machine resemble each other, so a fleet of m counts as m draws, and the index of m draws from the
 * reference itself is about χ²₉ / m (Yurdakul 2018): 1.5 on average for six. Drift is what chance exceeds once in a thousand; for large fleets the common 0.25. Infinity below `FEWEST_MACHINES`.
 */
export const driftThreshold = (machines: number): number => (machines < FEWEST_MACHINES ? Number.POSITIVE_INFINITY : Math.max(0.25, CHI_SQUARE / machines));

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

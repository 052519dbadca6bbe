/** Cycles over which the lengths of test histories are smoothed. */
const SMOOTHING = 8;

/**
 * How likely a life of `cycles` is cut after each of its cycles, when histories are to be as long as those of a test file and a true remaining life lies within `rul` (the range the data set's README
 * states for the file's labels): sums to 1, or to 0 where no cut fits. With it an error out of fold is weighed as the test file would.
 */
export const cutWeights = (cycles: number, testLengths: readonly number[], rul: readonly [number, number]): Float32Array => {
  const shortest = Math.min(...testLengths);
  const weights = Float32Array.from({ length: cycles }, (_each, step) => {
    const left = cycles - 1 - step;
    if (left < rul[0] || left > rul[1] || step + 1 < shortest) return 0;
    return testLengths.reduce((sum, length) => sum + Math.exp(-0.5 * ((step + 1 - length) / SMOOTHING) ** 2), 0);
  });
  const sum = weights.reduce((total, each) => total + each, 0);
  return sum === 0 ? weights : weights.map((each) => each / sum);
};

/** A mean of so many steps that falls by more than `FALL` deviations from one stretch to the next but half is no noise: unworn engines stay below 0.55. */
const STRETCH = 10;
const APART = 15;
const FALL = 0.8;

/**
 * The step from which a history is one life: wear that is taken back is a repair nobody wrote down, and what came before it tells nothing of the failure at the end. `rising[k]` is the mean of standardised values
 * that rise with wear. 0 where wear only grows.
 */
export const lastRestart = (rising: ArrayLike<number>): number => {
  const meanFrom = (start: number) => {
    let sum = 0;
    for (let step = start; step < start + STRETCH; step += 1) sum += rising[step]!;
    return sum / STRETCH;
  };
  for (let start = rising.length - APART - STRETCH; start >= 0; start -= 1) if (meanFrom(start) - meanFrom(start + APART) > FALL) return start + APART;
  return 0;
};

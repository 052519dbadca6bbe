/** Index of the first sample later than `at` among the first `length`. */
export const firstAfter = (times: Float64Array, length: number, at: number): number => {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Index of the first sample at or after `at` among the first `length`. */
export const firstFrom = (times: Float64Array, length: number, at: number): number => {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Seconds of smoothing: a ramp is read to 95 % after a minute; a jump of x shows as 3x a minute and fades. */
const SMOOTHING_S = 20;

/**
 * Rate of change in units per minute: the slope between samples, smoothed exponentially over time, so that noise does not pass
 * for a rate and irregular sampling does not matter. Starts afresh after a gap, when the old slope says nothing of now.
 */
export const createSlope = (): { next(at: number, value: number): number } => {
  let slope = 0;
  let lastAt = NaN;
  let lastValue = NaN;
  return {
    next(at, value) {
      const elapsed = (at - lastAt) / 1_000;
      if (elapsed > 0 && elapsed < SMOOTHING_S * 10) slope += ((value - lastValue) / elapsed - slope) * (1 - Math.exp(-elapsed / SMOOTHING_S));
      else if (elapsed !== 0) slope = 0;
      lastAt = at;
      lastValue = value;
      return slope * 60;
    },
  };
};

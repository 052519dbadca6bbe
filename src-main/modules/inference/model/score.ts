/** Measures of remaining-useful-life predictions; `predicted` and `truth` of equal length, in steps. */
export const rmse = (predicted: ArrayLike<number>, truth: ArrayLike<number>): number => Math.sqrt(meanOf(predicted, truth, (error) => error * error));
export const mae = (predicted: ArrayLike<number>, truth: ArrayLike<number>): number => meanOf(predicted, truth, Math.abs);

/** The PHM'08 score: with d = predicted − true, Σ exp(−d/13) − 1 for d < 0 and Σ exp(d/10) − 1 otherwise; late costs more. Saxena et al. 2008. */
export const phmScore = (predicted: ArrayLike<number>, truth: ArrayLike<number>): number => meanOf(predicted, truth, (d) => (d < 0 ? Math.exp(-d / 13) : Math.exp(d / 10)) - 1) * truth.length;

/** Bounds of the middle 95 % of the RMSE over 2,000 resamplings of the engines, by a fixed generator: the same data give the same bounds. */
export const bootstrapInterval = (predicted: ArrayLike<number>, truth: ArrayLike<number>): readonly [number, number] => {
  let state = 20_081;
  const pick = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % truth.length;
  };
  const all = Array.from({ length: 2_000 }, () => {
    let squares = 0;
    for (let draw = 0; draw < truth.length; draw += 1) {
      const at = pick();
      squares += (predicted[at]! - truth[at]!) ** 2;
    }
    return Math.sqrt(squares / truth.length);
  }).toSorted((a, b) => a - b);
  return [all[50]!, all[1_949]!];
};

/** Share of truths within [low, high]. */
export const coverage = (low: ArrayLike<number>, high: ArrayLike<number>, truth: ArrayLike<number>): number => {
  let inside = 0;
  for (let index = 0; index < truth.length; index += 1) if (low[index]! <= truth[index]! + 1e-4 && truth[index]! <= high[index]! + 1e-4) inside += 1;
  return inside / truth.length;
};

const meanOf = (predicted: ArrayLike<number>, truth: ArrayLike<number>, of: (error: number) => number): number => {
  let sum = 0;
  for (let index = 0; index < truth.length; index += 1) sum += of(predicted[index]! - truth[index]!);
  return sum / truth.length;
};

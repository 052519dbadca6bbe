/** An observed and a predicted value of the same quantity, both positive. */
export type TrialPair = { readonly observed: number; readonly predicted: number };

export type TrialStatistics = { readonly n: number; readonly fac2: number; readonly fb: number; readonly mg: number; readonly vg: number; readonly nmse: number };

/** Measures of Hanna, Chang & Strimaitis 1993: FB and MG above 0 and 1 mean that the model predicts too little. */
export const trialStatistics = (pairs: readonly TrialPair[]): TrialStatistics => {
  const n = pairs.length;
  const mean = (of: (pair: TrialPair) => number): number => pairs.reduce((sum, pair) => sum + of(pair), 0) / n;
  const [observed, predicted] = [mean((pair) => pair.observed), mean((pair) => pair.predicted)];
  const log = (pair: TrialPair): number => Math.log(pair.observed / pair.predicted);
  return {
    n,
    fac2: mean((pair) => (pair.predicted >= 0.5 * pair.observed && pair.predicted <= 2 * pair.observed ? 1 : 0)),
    fb: (2 * (observed - predicted)) / (observed + predicted),
    mg: Math.exp(mean(log)),
    vg: Math.exp(mean((pair) => log(pair) ** 2)),
    nmse: mean((pair) => (pair.observed - pair.predicted) ** 2) / (observed * predicted),
  };
};

/** What a good model reaches on arc maxima over open ground (Chang & Hanna 2004, Meteorol. Atmos. Phys. 87:167). */
export const acceptance = { leastFac2: 0.5, mostFb: 0.3, mg: [0.7, 1.3], mostNmse: 4, mostVg: 1.6 } as const;

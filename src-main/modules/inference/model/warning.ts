/** A remaining life in days: P10 ≤ P50 ≤ P90. */
export type LifeQuantiles = { readonly p10: number; readonly p50: number; readonly p90: number };

/** Probability that the life ends within `days`: a two-piece normal through the three quantiles. */
export const failureWithin = ({ p10, p50, p90 }: LifeQuantiles, days: number): number => {
  const deviation = Math.max((days < p50 ? p50 - p10 : p90 - p50) / 1.2816, 0.05);
  return normalCdf((days - p50) / deviation);
};

/** Abramowitz & Stegun 26.2.17, error below 7.5e-8. */
const normalCdf = (x: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x > 0 ? 1 - tail : tail;
};

/** When a warning starts and ends. It starts after `hold` predictions in a row below `enterDays` and ends after as many above `leaveDays`: no flicker. */
export type WarningRule = { readonly enterDays: number; readonly leaveDays: number; readonly hold: number };
export const WARNING_RULE: WarningRule = { enterDays: 13, leaveDays: 18, hold: 2 };

export type WarningState = { readonly active: boolean; readonly streak: number };
export const NO_WARNING: WarningState = { active: false, streak: 0 };

export const nextWarning = (state: WarningState, p50Days: number, rule: WarningRule = WARNING_RULE): WarningState => {
  const crosses = state.active ? p50Days > rule.leaveDays : p50Days < rule.enterDays;
  if (!crosses) return state.streak === 0 ? state : { ...state, streak: 0 };
  return state.streak + 1 >= rule.hold ? { active: !state.active, streak: 0 } : { ...state, streak: state.streak + 1 };
};

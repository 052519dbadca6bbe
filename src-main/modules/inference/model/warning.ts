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
/** For a model whose card has no rule of its own. */
export const WARNING_RULE: WarningRule = { enterDays: 13, leaveDays: 18, hold: 2 };

export type WarningState = { readonly active: boolean; readonly streak: number };
export const NO_WARNING: WarningState = { active: false, streak: 0 };

export const nextWarning = (state: WarningState, p50Days: number, rule: WarningRule = WARNING_RULE): WarningState => {
  const crosses = state.active ? p50Days > rule.leaveDays : p50Days < rule.enterDays;
  if (!crosses) return state.streak === 0 ? state : { ...state, streak: 0 };
  return state.streak + 1 >= rule.hold ? { active: !state.active, streak: 0 } : { ...state, streak: state.streak + 1 };
};

/** The step at which a machine is first warned, or -1; `p50Days` one prediction per step. */
export const firstWarning = (p50Days: ArrayLike<number>, rule: WarningRule): number => {
  let state = NO_WARNING;
  for (let step = 0; step < p50Days.length; step += 1) {
    state = nextWarning(state, p50Days[step]!, rule);
    if (state.active) return step;
  }
  return -1;
};

const IN_TIME_DAYS = { from: 15, to: 3 } as const;

/** The warnings of whole lives: days from first warning to failure (NaN: never warned) and days of life watched. In time is 3 to 15 days before; earlier is a false alarm; later is missed. */
export type WarningTally = { readonly warnedInTime: number; readonly medianLeadDays: number; readonly missed: number; readonly falseAlarmsPer100AssetDays: number; readonly n: number };
export const tallyWarnings = (lives: readonly { readonly leadDays: number; readonly days: number }[]): WarningTally => {
  const n = lives.length;
  const leads = lives.map((life) => life.leadDays).filter((lead) => !Number.isNaN(lead)).toSorted((a, b) => a - b);
  const early = leads.filter((lead) => lead > IN_TIME_DAYS.from).length;
  const inTime = leads.filter((lead) => lead >= IN_TIME_DAYS.to).length - early;
  return {
    warnedInTime: inTime / n,
    medianLeadDays: leads.length === 0 ? Number.NaN : (leads[Math.floor((leads.length - 1) / 2)]! + leads[Math.ceil((leads.length - 1) / 2)]!) / 2,
    missed: (n - early - inTime) / n,
    falseAlarmsPer100AssetDays: (100 * early) / lives.reduce((sum, life) => sum + life.days, 0),
    n,
  };
};

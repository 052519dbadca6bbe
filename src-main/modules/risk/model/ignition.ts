/**
 * Chance that a release of flammable gas or two-phase fluid ignites at once, by its rate; and a liquid's. CPR 18E (2005) table 4.5: gas of average or
 * high reactivity and K1 liquids. Methane and ammonia are of low reactivity. AQ/T 3046-2013 prints the same.
 */
export const immediateIgnition = (release: { readonly rateKgS: number; readonly isLiquid: boolean; readonly isLowReactivity: boolean }): number => {
  const { rateKgS, isLiquid, isLowReactivity } = release;
  if (isLiquid) return 0.065;
  if (isLowReactivity) return rateKgS < 10 ? 0.02 : rateKgS <= 100 ? 0.04 : 0.09;
  return rateKgS < 10 ? 0.2 : rateKgS <= 100 ? 0.5 : 0.7;
};

/** Chance within a minute that a process installation beside it ignites a cloud (CPR 18E table 4.A.1). */
const SOURCE_PER_MINUTE = 0.5;
/** A steady cloud soon has met what there is to meet; the minute of the table is what is counted, s. */
const CLOUD_STANDS = 60;

/** Chance that a cloud which did not ignite at once, and stands so many seconds, meets an ignition source: 1 − e^(−ωt) (CPR 18E appendix 4.A). */
export const delayedIgnition = (seconds: number): number => 1 - (1 - SOURCE_PER_MINUTE) ** (Math.min(seconds, CLOUD_STANDS) / 60);

/** Both chances under a live ignition factor (hot work, vehicles): raised, never above 0.9 together. */
export const ignitionChances = (immediate: number, delayed: number, factor: number): { readonly immediate: number; readonly delayed: number } => {
  const raised = Math.min(0.9, immediate * Math.sqrt(factor));
  return { immediate: raised, delayed: Math.min(0.9 - raised, (1 - raised) * delayed * factor) };
};

/** Of clouds that ignite late: share that explodes, where they lie in a congested space; the others flash (CPR 18E §4.8). */
export const EXPLOSION_SHARE = 0.4;

/** Of ruptures of a vessel with liquefied gas that ignite at once: half let everything go at once rather than within ten minutes (CPR 18E table 3.3), and 0.7 of those are a fireball (§4.8). */
export const FIREBALL_SHARE = 0.35;

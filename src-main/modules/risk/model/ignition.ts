/**
 * Chance that a release of flammable gas or two-phase fluid ignites at once, by its rate; and a liquid's. CPR 18E (2005) table 4.5: gas of average or
 * high reactivity and K1 liquids. Methane and ammonia are of low reactivity.
 */
export const immediateIgnition = (release: { readonly rateKgS: number; readonly isLiquid: boolean; readonly isLowReactivity: boolean }): number => {
  const { rateKgS, isLiquid, isLowReactivity } = release;
  if (isLiquid) return 0.065;
  if (isLowReactivity) return rateKgS < 10 ? 0.02 : rateKgS <= 100 ? 0.04 : 0.09;
  return rateKgS < 10 ? 0.2 : rateKgS <= 100 ? 0.5 : 0.7;
};

/** Chance that a cloud which did not ignite at once meets an ignition source on a works of average order, before live factors. */
export const DELAYED_IGNITION = 0.3;

/** Both chances under a live ignition factor (hot work, vehicles): raised, never above 0.9 together. */
export const ignitionChances = (immediate: number, factor: number): { readonly immediate: number; readonly delayed: number } => {
  const raised = Math.min(0.9, immediate * Math.sqrt(factor));
  return { immediate: raised, delayed: Math.min(0.9 - raised, (1 - raised) * DELAYED_IGNITION * factor) };
};

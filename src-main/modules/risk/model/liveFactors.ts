import type { AssetHealth, HazardRow, PermitRow } from '../../../../src-shared/contract/index.ts';

/** What is known of one item now that makes it likelier to leak, or its leak likelier to burn. */
export type ItemState = {
  readonly health: AssetHealth | null;
  readonly overdueDays: number;
  readonly hazards: readonly HazardRow[];
  /** Priorities of its active process alarms. */
  readonly alarms: readonly number[];
  /** Active permits on it or within 30 m. */
  readonly permits: readonly PermitRow[];
  /** Breaches by people that cameras saw in its zone in the last ten minutes. */
  readonly breaches: number;
};

/** Factor on the leak frequency and on the chance of ignition; 1 is the generic plant. */
export type LiveFactors = { readonly leak: number; readonly ignition: number };

/**
 * Each factor is bounded and their product too: health 1–5 (by the chance of failure within 15 days), overdue inspection 1–2, open hazards 1–3, process
 * alarms 1–5, work on or near the item 1–2, people's breaches 1–1.3; together at most 30. Ignition: hot work 3, other work with engines 1.5, at most 3.
 * The bounds are this product's judgement: API RP 581's damage and management factors span 0.1–1000, a live estimate must not.
 */
export const liveFactors = (state: ItemState): LiveFactors => {
  const { health, overdueDays, hazards, alarms, permits, breaches } = state;
  const failing = health === null || health.state === 'no-data' || health.state === 'warming-up' ? 0 : health.failureWithin.d15;
  const open = hazards.filter((hazard) => hazard.state !== 'closed');
  const worst = Math.min(5, ...alarms);
  const product =
    (1 + 4 * Math.min(1, Math.max(0, failing))) *
    (1 + Math.min(1, Math.max(0, overdueDays) / 30)) *
    (open.some((hazard) => hazard.grade === 'major') ? 3 : open.length > 0 ? 1.5 : 1) *
    ([1, 5, 3, 1.5, 1.2, 1][worst] ?? 1) *
    (permits.some((permit) => permit.kind === 'blind-plate' || permit.kind === 'lifting') ? 2 : permits.length > 0 ? 1.3 : 1) *
    (1 + Math.min(0.3, 0.1 * breaches));
  const ignition = permits.some((permit) => permit.kind === 'hot-work') ? 3 : permits.some((permit) => permit.kind === 'temporary-power' || permit.kind === 'excavation') ? 1.5 : 1;
  return { leak: Math.min(30, product), ignition };
};

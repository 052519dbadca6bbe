import type { AssetHealth, EarlyWarning, ForecastWarning } from '../../../src-shared/contract/index.ts';

/** A machine's warning by its model, or one of planned work or weather by what is known of the days ahead. */
export type WarningAhead = EarlyWarning | ForecastWarning;

/** Soonest median first, then the likelier. */
export const bySoonest = (warnings: readonly WarningAhead[]): readonly WarningAhead[] => [...warnings].sort((a, b) => a.p50Days - b.p50Days || (b.probability15 ?? 0) - (a.probability15 ?? 0));

const STATE_ORDER: Readonly<Record<AssetHealth['state'], number>> = { warning: 0, degrading: 1, 'warming-up': 2, 'no-data': 3, healthy: 4 };
export const byNeed = (assets: readonly AssetHealth[]): readonly AssetHealth[] => [...assets].sort((a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || a.p50Days - b.p50Days);

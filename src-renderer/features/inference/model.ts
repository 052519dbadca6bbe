import type { AssetHealth, EarlyWarning } from '../../../src-shared/contract/index.ts';

/** Soonest median first, then the likelier. */
export const bySoonest = (warnings: readonly EarlyWarning[]): readonly EarlyWarning[] => [...warnings].sort((a, b) => a.p50Days - b.p50Days || b.probability15 - a.probability15);

const STATE_ORDER: Readonly<Record<AssetHealth['state'], number>> = { warning: 0, degrading: 1, 'warming-up': 2, 'no-data': 3, healthy: 4 };
export const byNeed = (assets: readonly AssetHealth[]): readonly AssetHealth[] => [...assets].sort((a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || a.p50Days - b.p50Days);

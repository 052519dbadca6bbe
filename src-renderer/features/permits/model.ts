import type { PermitRow } from '../../../src-shared/contract/index.ts';

const STATE_ORDER: Readonly<Record<PermitRow['state'], number>> = { active: 0, planned: 1, ended: 2 };
const LEVEL_ORDER: Readonly<Record<PermitRow['level'], number>> = { special: 0, first: 1, second: 2 };

/** Under way first, special before first before second grade, then by end. */
export const permitsInOrder = (permits: readonly PermitRow[]): readonly PermitRow[] => [...permits].sort((a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] || a.to - b.to);

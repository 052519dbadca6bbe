import type { HazardRow } from '../../../src-shared/contract/index.ts';

export const openHazards = (hazards: readonly HazardRow[]): readonly HazardRow[] => hazards.filter(({ state }) => state !== 'closed');

/** Overdue first, major before general, then the nearest due; the closed by newest. */
export const hazardsInOrder = (hazards: readonly HazardRow[]): readonly HazardRow[] =>
  [...hazards].sort((a, b) => Number(b.overdue) - Number(a.overdue) || Number(b.grade === 'major') - Number(a.grade === 'major') || (b.closedAt ?? 0) - (a.closedAt ?? 0) || (a.due ?? a.reportedAt) - (b.due ?? b.reportedAt));

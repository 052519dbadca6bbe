import type { IncidentRow } from '../../../src-shared/contract/index.ts';

/** Open ones first, the newest first. */
export const incidentsInOrder = (incidents: readonly IncidentRow[]): readonly IncidentRow[] => [...incidents].sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open') || b.openedAt - a.openedAt);

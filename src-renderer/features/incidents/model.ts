import type { IncidentEntry, IncidentRow } from '../../../src-shared/contract/index.ts';

/** Open ones first, the newest first. */
export const incidentsInOrder = (incidents: readonly IncidentRow[]): readonly IncidentRow[] => [...incidents].sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open') || b.openedAt - a.openedAt);

/** The picture that an entry of the record names, if it does. */
export const evidenceOf = ({ data }: Pick<IncidentEntry, 'data'>): string | null => /"evidence":"([^"]{1,80})"/.exec(data)?.[1] ?? null;

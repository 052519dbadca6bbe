import type { IncidentEntry, IncidentRow, LedgerEntry } from '../../../src-shared/contract/index.ts';
import type { Sql } from '../../platform/sql.ts';

/** An entry with its link in the ledger; null while it waits to be written. */
export type LinkedEntry = { readonly entry: IncidentEntry; readonly link: Pick<LedgerEntry, 'sequence' | 'hash'> | null };

type SavedIncident = Omit<IncidentRow, 'title'> & { readonly zh: string; readonly en: string };
type SavedEntry = Omit<IncidentEntry, 'text'> & { readonly zh: string; readonly en: string; readonly linkSequence: number; readonly linkHash: string };

/** SQL of incidents and their records, in small verbs. */
export const createIncidentStore = (sql: Sql) => ({
  transaction: <T>(work: () => T): T => sql.transaction(work),
  incidents: (): IncidentRow[] =>
    sql
      .all<SavedIncident>(
        `SELECT id, title_zh AS zh, title_en AS en, kind, state, zone, opened_at AS openedAt, opened_by AS openedBy, closed_at AS closedAt, conclusion,
                (SELECT count(*) FROM incident_entry WHERE incident = incident.id) AS entries
         FROM incident ORDER BY opened_at`,
      )
      .map(({ zh, en, ...row }) => ({ ...row, title: { zh, en } })),
  putIncident: ({ id, title, kind, state, zone, openedAt, openedBy, closedAt, conclusion }: IncidentRow) =>
    void sql.run(
      `INSERT INTO incident (id, title_zh, title_en, kind, state, zone, opened_at, opened_by, closed_at, conclusion) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, closed_at = excluded.closed_at, conclusion = excluded.conclusion`,
      id, title.zh, title.en, kind, state, zone, openedAt, openedBy, closedAt, conclusion,
    ),
  addEntry: ({ incident, sequence, at, kind, actor, text, data }: IncidentEntry, link: LedgerEntry) =>
    void sql.run('INSERT INTO incident_entry (incident, sequence, at, kind, actor, text_zh, text_en, data, ledger_sequence, ledger_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', incident, sequence, at, kind, actor, text.zh, text.en, data, link.sequence, link.hash),
  entries: (incident: string): LinkedEntry[] =>
    sql
      .all<SavedEntry>('SELECT incident, sequence, at, kind, actor, text_zh AS zh, text_en AS en, data, ledger_sequence AS linkSequence, ledger_hash AS linkHash FROM incident_entry WHERE incident = ? ORDER BY sequence', incident)
      .map(({ zh, en, linkSequence, linkHash, ...entry }) => ({ entry: { ...entry, text: { zh, en } }, link: { sequence: linkSequence, hash: linkHash } })),
});

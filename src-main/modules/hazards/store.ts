import type { Sql } from '../../platform/sql.ts';
import type { Hazard } from './model/lifecycle.ts';

type Saved = Omit<Hazard, 'title' | 'comparison'> & { readonly comparison: string | null; readonly zh: string; readonly en: string; readonly mergeKey: string | null };
/** A hazard with the key under which the same finding is merged while it is open. */
export type StoredHazard = { readonly hazard: Hazard; readonly mergeKey: string | null };

/** SQL of hidden dangers, in small verbs. */
export const createHazardStore = (sql: Sql) => ({
  transaction: <T>(work: () => T): T => sql.transaction(work),
  hazards: (): StoredHazard[] =>
    sql
      .all<Saved>(
        `SELECT id, title_zh AS zh, title_en AS en, grade, state, zone, equipment, source, reported_by AS reportedBy, reported_at AS reportedAt, assignee, due,
                rectified_at AS rectifiedAt, rectified_by AS rectifiedBy, closed_at AS closedAt, note, evidence, photo, comparison, merge_key AS mergeKey
         FROM hazard ORDER BY reported_at`,
      )
      .map(({ zh, en, mergeKey, comparison, ...hazard }) => ({ hazard: { ...hazard, title: { zh, en }, comparison: comparison === null ? null : (JSON.parse(comparison) as Hazard['comparison']) }, mergeKey })),
  put: ({ id, title, grade, state, zone, equipment, source, reportedBy, reportedAt, assignee, due, rectifiedAt, rectifiedBy, closedAt, note, evidence, photo, comparison }: Hazard, mergeKey: string | null) =>
    void sql.run(
      `INSERT INTO hazard (id, title_zh, title_en, grade, state, zone, equipment, source, reported_by, reported_at, assignee, due, rectified_at, rectified_by, closed_at, note, evidence, photo, comparison, merge_key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, assignee = excluded.assignee, due = excluded.due, rectified_at = excluded.rectified_at, rectified_by = excluded.rectified_by, closed_at = excluded.closed_at, note = excluded.note, photo = excluded.photo, comparison = excluded.comparison, merge_key = coalesce(excluded.merge_key, merge_key)`,
      id, title.zh, title.en, grade, state, zone, equipment, source, reportedBy, Math.round(reportedAt), assignee, due === null ? null : Math.round(due), rectifiedAt, rectifiedBy, closedAt, note, evidence, photo, comparison === null ? null : JSON.stringify(comparison), mergeKey,
    ),
  addStep: ({ hazard, at, actor, step }: { readonly hazard: string; readonly at: number; readonly actor: string; readonly step: string }) => void sql.run('INSERT INTO hazard_step (hazard, at, actor, step) VALUES (?, ?, ?, ?)', hazard, at, actor, step),
});

import type { ChangeRow, ChangeSet, ModelVersion } from '../../../src-shared/contract/index.ts';
import type { Sql } from '../../platform/sql.ts';
import type { ModelChange } from './model/change.ts';

const VERSION = 'version, at, actor, why, source, file, undoes, count AS changes';

/** SQL of versions and change sets, in small verbs. */
export const createModelStore = (sql: Sql) => ({
  transaction: <T>(work: () => T): T => sql.transaction(work),
  /** Newest first. */
  versions: (): ModelVersion[] => sql.all<ModelVersion>(`SELECT ${VERSION} FROM model_version ORDER BY version DESC`),
  version: (version: number): ModelVersion | undefined => sql.get<ModelVersion>(`SELECT ${VERSION} FROM model_version WHERE version = ?`, version),
  changesOf: (version: number): ModelChange[] => JSON.parse(sql.get<{ changes: string }>('SELECT changes FROM model_version WHERE version = ?', version)?.changes ?? '[]') as ModelChange[],
  addVersion: ({ version, at, actor, why, source, file, undoes, changes }: ModelVersion, body: string) =>
    void sql.run('INSERT INTO model_version (version, at, actor, why, source, file, undoes, count, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', version, at, actor, why, source, file, undoes, changes, body),
  changeSets: (): ChangeSet[] => sql.all<{ body: string }>('SELECT body FROM model_change_set ORDER BY created_at').map(({ body }) => JSON.parse(body) as ChangeSet),
  putChangeSet: (set: ChangeSet) => void sql.run(`INSERT INTO model_change_set (id, created_at, body, changes) VALUES (?, ?, ?, '[]') ON CONFLICT (id) DO UPDATE SET body = excluded.body`, set.id, set.createdAt, JSON.stringify(set)),
  putDraft: (id: string, { changes, pages }: { readonly changes: string; readonly pages: readonly string[] }) => {
    sql.run('UPDATE model_change_set SET changes = ? WHERE id = ?', changes, id);
    for (const [page, rows] of pages.entries()) sql.run('INSERT INTO model_change_page (change_set, page, rows) VALUES (?, ?, ?)', id, page, rows);
  },
  draftOf: (id: string): ModelChange[] => JSON.parse(sql.get<{ changes: string }>('SELECT changes FROM model_change_set WHERE id = ?', id)?.changes ?? '[]') as ModelChange[],
  page: (id: string, page: number): ChangeRow[] => JSON.parse(sql.get<{ rows: string }>('SELECT rows FROM model_change_page WHERE change_set = ? AND page = ?', id, page)?.rows ?? '[]') as ChangeRow[],
  dropChangeSet: (id: string) => {
    sql.run('DELETE FROM model_change_page WHERE change_set = ?', id);
    sql.run('DELETE FROM model_change_set WHERE id = ?', id);
  },
});

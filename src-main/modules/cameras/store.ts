import type { Evidence } from '../../../src-shared/contract/index.ts';
import type { UtcMs } from '../../../src-shared/kernel/index.ts';
import type { PictureZone } from '../../../src-shared/plant/index.ts';
import type { Sql } from '../../platform/sql.ts';
import type { Fingerprint } from './model/pictureHash.ts';

/** A piece of evidence with where its bytes lie, relative to the evidence folder. `isHeld`: part of a record, so it stays as long as that. */
export type StoredEvidence = Omit<Evidence, 'hasOriginal'> & { readonly file: string; readonly original: string | null; readonly bytes: number; readonly isHeld: boolean };

type Saved = Omit<StoredEvidence, 'text' | 'boxes' | 'isHeld'> & { readonly zh: string; readonly en: string; readonly boxes: string; readonly isHeld: number };

const COLUMNS = 'id, camera, at, kind, text_zh AS zh, text_en AS en, width, height, boxes, file, original, bytes, sha256, blurred, is_held AS isHeld';
const read = ({ zh, en, boxes, isHeld, ...row }: Saved): StoredEvidence => ({ ...row, text: { zh, en }, boxes: JSON.parse(boxes) as Evidence['boxes'], isHeld: isHeld === 1 });

/** SQL of zones and evidence, in small verbs. */
export const createCameraStore = (sql: Sql) => ({
  transaction: <T>(work: () => T): T => sql.transaction(work),
  zones: (): ReadonlyMap<string, readonly PictureZone[]> => new Map(sql.all<{ camera: string; zones: string }>('SELECT camera, zones FROM camera_zones').map(({ camera, zones }) => [camera, JSON.parse(zones) as PictureZone[]])),
  putZones: (camera: string, zones: readonly PictureZone[], { by, at }: { readonly by: string; readonly at: UtcMs }) =>
    void sql.run('INSERT INTO camera_zones (camera, zones, drawn_by, drawn_at) VALUES (?, ?, ?, ?) ON CONFLICT (camera) DO UPDATE SET zones = excluded.zones, drawn_by = excluded.drawn_by, drawn_at = excluded.drawn_at', camera, JSON.stringify(zones), by, Math.round(at)),
  dropZones: (camera: string) => void sql.run('DELETE FROM camera_zones WHERE camera = ?', camera),

  putEvidence: ({ id, camera, at, kind, text, width, height, boxes, file, original, bytes, sha256, blurred, isHeld }: StoredEvidence, fingerprint: Fingerprint) =>
    void sql.run(
      'INSERT INTO evidence (id, camera, at, kind, text_zh, text_en, width, height, boxes, file, original, bytes, sha256, blurred, fingerprint, is_held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id, camera, Math.round(at), kind, text.zh, text.en, width, height, JSON.stringify(boxes), file, original, bytes, sha256, blurred, new Uint8Array(fingerprint.buffer), isHeld ? 1 : 0,
    ),
  evidence: (id: string): StoredEvidence | undefined => {
    const row = sql.get<Saved>(`SELECT ${COLUMNS} FROM evidence WHERE id = ?`, id);
    return row === undefined ? undefined : read(row);
  },
  newest: (camera: string | null, limit: number): StoredEvidence[] => sql.all<Saved>(`SELECT ${COLUMNS} FROM evidence WHERE ? IS NULL OR camera = ? ORDER BY at DESC, id DESC LIMIT ?`, camera, camera, limit).map(read),
  fingerprints: (): { readonly id: string; readonly fingerprint: Fingerprint }[] =>
    sql.all<{ id: string; fingerprint: Uint8Array }>('SELECT id, fingerprint FROM evidence ORDER BY at DESC').map(({ id, fingerprint }) => ({ id, fingerprint: new Uint32Array(Uint8Array.from(fingerprint).buffer) })),
  hold: (id: string) => sql.run('UPDATE evidence SET is_held = 1 WHERE id = ?', id).changes > 0,
  bytes: (): number => sql.get<{ bytes: number }>('SELECT coalesce(sum(bytes), 0) AS bytes FROM evidence')?.bytes ?? 0,
  /** Evidence that belongs to no record, oldest first. */
  loose: (limit: number): StoredEvidence[] => sql.all<Saved>(`SELECT ${COLUMNS} FROM evidence WHERE is_held = 0 ORDER BY at, id LIMIT ?`, limit).map(read),
  dropEvidence: (id: string) => void sql.run('DELETE FROM evidence WHERE id = ?', id),
});
export type CameraStore = ReturnType<typeof createCameraStore>;

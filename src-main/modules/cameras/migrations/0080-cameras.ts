import type { Migration } from '../../../platform/sql.ts';

export const cameraTables: Migration = {
  id: 80,
  name: 'cameras',
  sql: `
    CREATE TABLE camera_zones (
      camera TEXT PRIMARY KEY,
      zones TEXT NOT NULL CHECK (json_valid(zones)),
      drawn_by TEXT NOT NULL,
      drawn_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE evidence (
      id TEXT PRIMARY KEY,
      camera TEXT,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      text_zh TEXT NOT NULL,
      text_en TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      boxes TEXT NOT NULL CHECK (json_valid(boxes)),
      file TEXT NOT NULL,
      original TEXT,
      bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      blurred TEXT NOT NULL CHECK (blurred IN ('heads', 'whole', 'none')),
      fingerprint BLOB NOT NULL,
      is_held INTEGER NOT NULL CHECK (is_held IN (0, 1))
    ) STRICT;
    CREATE INDEX evidence_at ON evidence (at);
    CREATE INDEX evidence_camera_at ON evidence (camera, at);
  `,
};

import type { Migration } from '../../../platform/sql.ts';

export const hazardTables: Migration = {
  id: 40,
  name: 'hazards',
  sql: `
    CREATE TABLE hazard (
      id TEXT PRIMARY KEY,
      title_zh TEXT NOT NULL,
      title_en TEXT NOT NULL,
      grade TEXT NOT NULL CHECK (grade IN ('major', 'general')),
      state TEXT NOT NULL CHECK (state IN ('found', 'assigned', 'rectified', 'closed')),
      zone TEXT NOT NULL,
      equipment TEXT,
      source TEXT NOT NULL,
      reported_by TEXT NOT NULL,
      reported_at INTEGER NOT NULL,
      assignee TEXT,
      due INTEGER,
      rectified_at INTEGER,
      rectified_by TEXT,
      closed_at INTEGER,
      note TEXT NOT NULL,
      merge_key TEXT
    ) STRICT;
    CREATE UNIQUE INDEX hazard_open_merge_key ON hazard (merge_key) WHERE merge_key IS NOT NULL AND state <> 'closed';
    CREATE TABLE hazard_step (
      sequence INTEGER PRIMARY KEY,
      hazard TEXT NOT NULL REFERENCES hazard (id),
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      step TEXT NOT NULL CHECK (json_valid(step))
    ) STRICT;
    CREATE INDEX hazard_step_hazard ON hazard_step (hazard, sequence);
  `,
};

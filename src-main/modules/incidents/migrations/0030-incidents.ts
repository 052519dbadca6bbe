import type { Migration } from '../../../platform/sql.ts';

export const incidentTables: Migration = {
  id: 30,
  name: 'incidents',
  sql: `
    CREATE TABLE incident (
      id TEXT PRIMARY KEY,
      title_zh TEXT NOT NULL,
      title_en TEXT NOT NULL,
      kind TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
      zone TEXT,
      opened_at INTEGER NOT NULL,
      opened_by TEXT NOT NULL,
      closed_at INTEGER,
      conclusion TEXT
    ) STRICT;
    CREATE TABLE incident_entry (
      incident TEXT NOT NULL REFERENCES incident (id),
      sequence INTEGER NOT NULL,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      actor TEXT NOT NULL,
      text_zh TEXT NOT NULL,
      text_en TEXT NOT NULL,
      data TEXT NOT NULL CHECK (json_valid(data)),
      ledger_sequence INTEGER NOT NULL,
      ledger_hash TEXT NOT NULL,
      PRIMARY KEY (incident, sequence)
    ) STRICT;
    CREATE TRIGGER incident_entry_no_update BEFORE UPDATE ON incident_entry BEGIN SELECT RAISE(ABORT, 'an incident record is append-only'); END;
    CREATE TRIGGER incident_entry_no_delete BEFORE DELETE ON incident_entry BEGIN SELECT RAISE(ABORT, 'an incident record is append-only'); END;
    CREATE TRIGGER incident_no_delete BEFORE DELETE ON incident BEGIN SELECT RAISE(ABORT, 'an incident stays on record'); END;
  `,
};

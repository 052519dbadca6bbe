import type { Migration } from '../../../platform/sql.ts';

/** Versions of the plant model over the site's files, each as what it changed; and change sets on their way there, their rows in pages. */
export const modelTables: Migration = {
  id: 60,
  name: 'model',
  sql: `
    CREATE TABLE model_version (
      version INTEGER PRIMARY KEY CHECK (version > 0),
      at REAL NOT NULL,
      actor TEXT NOT NULL,
      why TEXT NOT NULL,
      source TEXT NOT NULL CHECK (source IN ('import', 'edit', 'undo')),
      file TEXT NOT NULL,
      undoes INTEGER,
      count INTEGER NOT NULL,
      changes TEXT NOT NULL CHECK (json_valid(changes))
    ) STRICT;
    CREATE TABLE model_change_set (id TEXT PRIMARY KEY, created_at REAL NOT NULL, body TEXT NOT NULL CHECK (json_valid(body)), changes TEXT NOT NULL) STRICT;
    CREATE TABLE model_change_page (change_set TEXT NOT NULL REFERENCES model_change_set (id) ON DELETE CASCADE, page INTEGER NOT NULL, rows TEXT NOT NULL, PRIMARY KEY (change_set, page)) STRICT;
  `,
};

import type { Migration } from '../../../platform/sql.ts';

/** `feed_mapping`: every state that a feed's mapping has had in the app; the newest holds; `undoes_to` is the revision that an undo returns to, 0 being the site file. `feed_gap`: history that is still to be asked of a source. */
export const feedTables: Migration = {
  id: 70,
  name: 'feeds',
  sql: `
    CREATE TABLE feed_mapping (
      feed TEXT NOT NULL,
      revision INTEGER NOT NULL CHECK (revision > 0),
      at REAL NOT NULL,
      actor TEXT NOT NULL,
      undoes_to INTEGER,
      overlay TEXT NOT NULL CHECK (json_valid(overlay)),
      PRIMARY KEY (feed, revision)
    ) STRICT;
    CREATE TABLE feed_gap (
      feed TEXT PRIMARY KEY,
      missing_from REAL NOT NULL
    ) STRICT;
  `,
};

import type { Migration } from '../../../platform/sql.ts';

export const securityTables: Migration = {
  id: 10,
  name: 'security',
  sql: `
    CREATE TABLE user (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      salt TEXT NOT NULL,
      pin_hash TEXT NOT NULL,
      failures INTEGER NOT NULL DEFAULT 0,
      locked_until INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE session (
      token_hash TEXT PRIMARY KEY,
      user TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_user ON session (user);
  `,
};

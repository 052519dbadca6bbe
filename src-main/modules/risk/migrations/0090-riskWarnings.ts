import type { Migration } from '../../../platform/sql.ts';

export const riskWarningTable: Migration = {
  id: 90,
  name: 'risk-warnings',
  sql: `
    CREATE TABLE risk_warning (
      id INTEGER PRIMARY KEY,
      warning TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('work', 'weather')),
      zone TEXT NOT NULL,
      given_at INTEGER NOT NULL,
      from_at INTEGER NOT NULL,
      judge_at INTEGER NOT NULL,
      to_at INTEGER NOT NULL,
      grade TEXT NOT NULL,
      outcome TEXT CHECK (outcome IN ('hit', 'false', 'withdrawn')),
      settled_at INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX risk_warning_open ON risk_warning (warning) WHERE outcome IS NULL;
    CREATE INDEX risk_warning_kind ON risk_warning (kind, outcome);
  `,
};

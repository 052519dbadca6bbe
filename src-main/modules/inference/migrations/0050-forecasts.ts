import type { Migration } from '../../../platform/sql.ts';

export const forecastTable: Migration = {
  id: 50,
  name: 'forecasts',
  sql: `
    CREATE TABLE forecast (
      id INTEGER PRIMARY KEY,
      equipment TEXT NOT NULL,
      model TEXT NOT NULL,
      version TEXT NOT NULL,
      at INTEGER NOT NULL,
      hours REAL NOT NULL,
      p10_days REAL NOT NULL,
      p50_days REAL NOT NULL,
      p90_days REAL NOT NULL,
      outcome TEXT CHECK (outcome IN ('hit', 'early', 'false')),
      settled_at INTEGER,
      lead_days REAL
    ) STRICT;
    CREATE UNIQUE INDEX forecast_open ON forecast (equipment) WHERE outcome IS NULL;
    CREATE INDEX forecast_model ON forecast (model, at);
  `,
};

import type { Migration } from '../../../platform/sql.ts';

/** Outcomes in full: late, missed and repaired too. A failure nobody was warned of has no days. */
export const forecastOutcomes: Migration = {
  id: 51,
  name: 'forecast-outcomes',
  sql: `
    CREATE TABLE forecast_new (
      id INTEGER PRIMARY KEY,
      equipment TEXT NOT NULL,
      model TEXT NOT NULL,
      version TEXT NOT NULL,
      at INTEGER NOT NULL,
      hours REAL NOT NULL,
      p10_days REAL,
      p50_days REAL,
      p90_days REAL,
      outcome TEXT CHECK (outcome IN ('hit', 'early', 'late', 'false', 'missed', 'repaired')),
      settled_at INTEGER,
      lead_days REAL
    ) STRICT;
    INSERT INTO forecast_new SELECT id, equipment, model, version, at, hours, p10_days, p50_days, p90_days,
      CASE WHEN outcome = 'hit' AND lead_days < 3 THEN 'late' ELSE outcome END, settled_at, lead_days FROM forecast;
    DROP TABLE forecast;
    ALTER TABLE forecast_new RENAME TO forecast;
    CREATE UNIQUE INDEX forecast_open ON forecast (equipment) WHERE outcome IS NULL;
    CREATE INDEX forecast_model ON forecast (model, at);
  `,
};

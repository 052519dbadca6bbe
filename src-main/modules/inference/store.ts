import type { Sql } from '../../platform/sql.ts';

/** A warning that was given, and what came of it: `hit` failed within 15 running days, `early` failed later, `false` did not fail or was sound when opened. Open while `outcome` is null. */
export type Forecast = { readonly id: number; readonly equipment: string; readonly model: string; readonly version: string; readonly at: number; readonly hours: number; readonly p10Days: number; readonly p50Days: number; readonly p90Days: number; readonly outcome: Outcome | null; readonly settledAt: number | null; readonly leadDays: number | null };
export type Outcome = 'hit' | 'early' | 'false';
type NewForecast = Omit<Forecast, 'id' | 'outcome' | 'settledAt' | 'leadDays'>;
export type ForecastTally = { readonly given: number; readonly open: number; readonly hits: number; readonly early: number; readonly falseAlarms: number };

const COLUMNS = 'id, equipment, model, version, at, hours, p10_days AS p10Days, p50_days AS p50Days, p90_days AS p90Days, outcome, settled_at AS settledAt, lead_days AS leadDays';

/** SQL of past forecasts, in small verbs. `hours` are those of the machine's meter, or of source time where it has none. */
export const createForecastStore = (sql: Sql) => ({
  open: (equipment: string): Forecast | undefined => sql.get<Forecast>(`SELECT ${COLUMNS} FROM forecast WHERE equipment = ? AND outcome IS NULL`, equipment),
  give: ({ equipment, model, version, at, hours, p10Days, p50Days, p90Days }: NewForecast): void =>
    void sql.run('INSERT INTO forecast (equipment, model, version, at, hours, p10_days, p50_days, p90_days) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', equipment, model, version, Math.round(at), hours, p10Days, p50Days, p90Days),
  settle: ({ id, outcome, at, leadDays }: { readonly id: number; readonly outcome: Outcome; readonly at: number; readonly leadDays: number | null }): void =>
    void sql.run('UPDATE forecast SET outcome = ?, settled_at = ?, lead_days = ? WHERE id = ?', outcome, Math.round(at), leadDays, id),
  /** Forecasts of a model given within [from, to). */
  tally: (model: string, { from, to }: { readonly from: number; readonly to: number }): ForecastTally =>
    sql.get<ForecastTally>(
      `SELECT count(*) AS given, count(*) FILTER (WHERE outcome IS NULL) AS open, count(*) FILTER (WHERE outcome = 'hit') AS hits, count(*) FILTER (WHERE outcome = 'early') AS early, count(*) FILTER (WHERE outcome = 'false') AS falseAlarms
       FROM forecast WHERE model = ? AND at >= ? AND at < ?`,
      model, Math.round(from), Math.round(to),
    ) ?? { given: 0, open: 0, hits: 0, early: 0, falseAlarms: 0 },
});
export type ForecastStore = ReturnType<typeof createForecastStore>;

/** Share of settled forecasts that came true in time; null while none is settled. */
export const hitRateOf = ({ hits, early, falseAlarms }: ForecastTally): number | null => (hits + early + falseAlarms === 0 ? null : hits / (hits + early + falseAlarms));

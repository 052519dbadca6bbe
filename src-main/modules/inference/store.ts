import type { ForecastRow, ForecastTally, ForecastVerdict } from '../../../src-shared/contract/index.ts';
import type { Sql } from '../../platform/sql.ts';

/** A warning that was given, and what came of it. `hours` are those of the machine's meter, or of source time where it has none. */
export type Forecast = ForecastRow & { readonly hours: number };
type NewForecast = Pick<Forecast, 'equipment' | 'model' | 'version' | 'at' | 'hours' | 'p10Days' | 'p50Days' | 'p90Days'>;

const COLUMNS = 'id, equipment, model, version, at, hours, p10_days AS p10Days, p50_days AS p50Days, p90_days AS p90Days, outcome, settled_at AS settledAt, lead_days AS leadDays';
const INSERT = 'INSERT INTO forecast (equipment, model, version, at, hours, p10_days, p50_days, p90_days, outcome, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const counted = (verdict: ForecastVerdict, name: string) => `count(*) FILTER (WHERE outcome = '${verdict}') AS ${name}`;
export const NO_FORECASTS: ForecastTally = { given: 0, open: 0, hits: 0, early: 0, late: 0, falseAlarms: 0, missed: 0, repaired: 0 };
/** Rows of one answer. */
const MOST = 500;

/** SQL of past forecasts, in small verbs. */
export const createForecastStore = (sql: Sql) => ({
  open: (equipment: string): Forecast | undefined => sql.get<Forecast>(`SELECT ${COLUMNS} FROM forecast WHERE equipment = ? AND outcome IS NULL`, equipment),
  /** Open ones first, then the newest. */
  since: (from: number): ForecastRow[] => sql.all<Forecast>(`SELECT ${COLUMNS} FROM forecast WHERE at >= ? ORDER BY outcome IS NOT NULL, at DESC LIMIT ${MOST}`, Math.round(from)).map(({ hours: _hours, ...row }) => row),
  give: ({ equipment, model, version, at, hours, p10Days, p50Days, p90Days }: NewForecast): void => void sql.run(INSERT, equipment, model, version, Math.round(at), hours, p10Days, p50Days, p90Days, null, null),
  /** A failure that nobody had been warned of. */
  miss: ({ equipment, model, version, at, hours }: Omit<NewForecast, 'p10Days' | 'p50Days' | 'p90Days'>): void => void sql.run(INSERT, equipment, model, version, Math.round(at), hours, null, null, null, 'missed', Math.round(at)),
  settle: ({ id, outcome, at, leadDays }: { readonly id: number; readonly outcome: ForecastVerdict; readonly at: number; readonly leadDays: number | null }): void =>
    void sql.run('UPDATE forecast SET outcome = ?, settled_at = ?, lead_days = ? WHERE id = ?', outcome, Math.round(at), leadDays, id),
  /** Forecasts of a model given within [from, to), and failures that it missed then. */
  tally: (model: string, { from, to }: { readonly from: number; readonly to: number }): ForecastTally =>
    sql.get<ForecastTally>(
      `SELECT count(*) FILTER (WHERE outcome IS NOT 'missed') AS given, count(*) FILTER (WHERE outcome IS NULL) AS open, ${counted('hit', 'hits')}, ${counted('early', 'early')}, ${counted('late', 'late')},
       ${counted('false', 'falseAlarms')}, ${counted('missed', 'missed')}, ${counted('repaired', 'repaired')} FROM forecast WHERE model = ? AND at >= ? AND at < ?`,
      model, Math.round(from), Math.round(to),
    ) ?? NO_FORECASTS,
});
export type ForecastStore = ReturnType<typeof createForecastStore>;

/** Share of settled forecasts that came true in time; null while none is settled. Repaired machines count neither for nor against. */
export const hitRateOf = ({ hits, early, late, falseAlarms }: ForecastTally): number | null => {
  const settled = hits + early + late + falseAlarms;
  return settled === 0 ? null : hits / settled;
};

/** A forecast is right when the machine fails within so many running days of it: the horizon of an early warning. */
export const IN_TIME_DAYS = { from: 3, to: 15 } as const;

/** What a failure `leadDays` running days after its forecast says of it. */
export const verdictOf = (leadDays: number): ForecastVerdict => (leadDays < IN_TIME_DAYS.from ? 'late' : leadDays <= IN_TIME_DAYS.to ? 'hit' : 'early');

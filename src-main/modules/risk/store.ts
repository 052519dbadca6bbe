import type { ForecastWarning } from '../../../src-shared/contract/index.ts';
import type { RiskGrade } from '../../../src-shared/plant/index.ts';
import type { Sql } from '../../platform/sql.ts';
import { riskWarningTable } from './migrations/0090-riskWarnings.ts';

export const riskMigrations = [riskWarningTable] as const;

/** What came of a warning: `hit` it came as warned, `false` it did not, `withdrawn` the work was called off or the forecast changed before its time. */
export type WarningOutcome = 'hit' | 'false' | 'withdrawn';
/** A warning that has been given; times UTC ms. Expected within [fromAt, toAt], most of all at `judgeAt`. */
export type GivenWarning = { readonly id: number; readonly warning: string; readonly kind: ForecastWarning['kind']; readonly zone: string; readonly givenAt: number; readonly fromAt: number; readonly judgeAt: number; readonly toAt: number; readonly grade: RiskGrade };
export type WarningTally = { readonly hits: number; readonly false: number; readonly withdrawn: number; readonly open: number };

/** SQL of the risk warnings and what came of them, in small verbs. */
export const createWarningStore = (sql: Sql) => ({
  open: (): readonly GivenWarning[] => sql.all<GivenWarning>('SELECT id, warning, kind, zone, given_at AS givenAt, from_at AS fromAt, judge_at AS judgeAt, to_at AS toAt, grade FROM risk_warning WHERE outcome IS NULL'),
  give: ({ warning, kind, zone, givenAt, fromAt, judgeAt, toAt, grade }: Omit<GivenWarning, 'id'>): void =>
    void sql.run('INSERT INTO risk_warning (warning, kind, zone, given_at, from_at, judge_at, to_at, grade) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', warning, kind, zone, givenAt, Math.round(fromAt), Math.round(judgeAt), Math.round(toAt), grade),
  /** The plan moved before its time came. */
  move: (id: number, { fromAt, judgeAt, toAt }: Pick<GivenWarning, 'fromAt' | 'judgeAt' | 'toAt'>): void => void sql.run('UPDATE risk_warning SET from_at = ?, judge_at = ?, to_at = ? WHERE id = ?', Math.round(fromAt), Math.round(judgeAt), Math.round(toAt), id),
  settle: (id: number, outcome: WarningOutcome, at: number): void => void sql.run('UPDATE risk_warning SET outcome = ?, settled_at = ? WHERE id = ?', outcome, at, id),
  tally: (kind: ForecastWarning['kind']): WarningTally =>
    sql.get<WarningTally>(`SELECT count(*) FILTER (WHERE outcome = 'hit') AS hits, count(*) FILTER (WHERE outcome = 'false') AS false, count(*) FILTER (WHERE outcome = 'withdrawn') AS withdrawn, count(*) FILTER (WHERE outcome IS NULL) AS open FROM risk_warning WHERE kind = ?`, kind)
    ?? { hits: 0, false: 0, withdrawn: 0, open: 0 },
});
export type WarningStore = ReturnType<typeof createWarningStore>;

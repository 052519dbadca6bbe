import { z } from 'zod';
import { command, contract, Id, LocalText, Nothing, query, table, UtcMs } from './define.ts';

/** One cause in engineering words, its share of the whole, and when the trend of `tag` that shows it begins. */
export const Driver = z.object({ tag: z.string(), text: LocalText, weight: z.number(), since: UtcMs });
export type Driver = z.infer<typeof Driver>;

/** Health of one machine as the RUL model sees it; days, P10 ≤ P50 ≤ P90, `cap` the horizon beyond which the model only says "more". */
export const AssetHealth = z.object({
  equipment: Id,
  model: z.string(),
  at: UtcMs,
  state: z.enum(['warming-up', 'healthy', 'degrading', 'warning', 'no-data']),
  p10Days: z.number(),
  p50Days: z.number(),
  p90Days: z.number(),
  capDays: z.number(),
  failureWithin: z.object({ d3: z.number(), d7: z.number(), d15: z.number() }),
  /** What shortens the life most, in words; `since` is where a trend that shows it begins. */
  drivers: z.array(Driver),
  /** What the load plan and active alarms make of `failureWithin`: the factor on the hazard (alarm) or on the running hours of the next 15 days (plan). */
  factors: z.array(z.object({ kind: z.enum(['plan', 'alarm']), text: LocalText, factor: z.number() })),
  history: z.object({ at: z.array(UtcMs), p50Days: z.array(z.number()) }),
});
export type AssetHealth = z.infer<typeof AssetHealth>;

/** An early warning for the next 3 to 15 days. One of a unit that does not run as usual (`process`) is of now: it has no days (0) and no probability. */
export const EarlyWarning = z.object({ id: Id, kind: z.enum(['machine', 'process', 'weather', 'work']), equipment: z.string().nullable(), zone: z.string(), title: LocalText, since: UtcMs, p10Days: z.number(), p50Days: z.number(), p90Days: z.number(), probability15: z.number().nullable(), drivers: z.array(LocalText), advice: LocalText, hitRate: z.number().nullable() });
export type EarlyWarning = z.infer<typeof EarlyWarning>;

/** Whether a unit runs as it usually does. `ratio` is its distance from normal running over the limit, above 1 is not normal; `learning` until all its values have been seen. */
export const UnitAnomaly = z.object({
  unit: Id, model: z.string(), at: UtcMs, state: z.enum(['learning', 'normal', 'anomalous']), since: UtcMs, ratio: z.number(),
  drivers: z.array(Driver),
  history: z.object({ at: z.array(UtcMs), ratio: z.array(z.number()) }),
});
export type UnitAnomaly = z.infer<typeof UnitAnomaly>;

/** A model of the models folder. `unused`: sound, and nothing here is watched by it. */
export const ModelCard = z.object({
  id: z.string(), kind: z.enum(['rul', 'anomaly', 'vision', 'unknown']), version: z.string(), hash: z.string(), state: z.enum(['ready', 'refused', 'loading', 'failed', 'unused']), purpose: LocalText, /** What happened to it, in words. */ detail: LocalText.nullable(),
  metrics: z.record(z.string(), z.number()), training: z.record(z.string(), z.number()),
  /** Where it misses its goal and what it cannot do. */
  limits: z.array(LocalText),
  /** The version that serves again when this one fails or is taken back. */
  previous: z.object({ version: z.string(), hash: z.string() }).nullable(),
  /** Runs of this version since the station started, in the last minute, how long they took (ms, median and slowest of the last 200), and frames dropped for newer ones. */
  usage: z.object({ runs: z.number(), lastMinute: z.number(), medianMs: z.number().nullable(), slowestMs: z.number().nullable(), dropped: z.number() }),
  /**
   * Population stability index against training of each input and of the output (`output`), most moved first; `since` when it passed `threshold`; `draws` are the machines (remaining life), or stretches of three hours (anomaly, pictures) behind the steps. Null where the model has no reference to drift from
   * or too little has been seen.
   */
  drift: z.object({ threshold: z.number(), steps: z.number(), draws: z.number(), features: z.array(z.object({ name: z.string(), index: z.number(), since: UtcMs.nullable() })) }).nullable(),
  /** Forecasts of the last year; null for a model that forecasts nothing. */
  forecasts: z.lazy(() => ForecastTally).nullable(),
  /** Of the forecasts of the last year that are settled, the share that came true 3 to 15 days after; null while none is. */
  hitRate: z.number().nullable(),
});
export type ModelCard = z.infer<typeof ModelCard>;

/** What a person can say of a machine that was warned of: it failed; it was repaired before it failed; it was opened and found sound; it still runs, and its 15 running days are over. */
export const ForecastOutcome = z.enum(['failed', 'repaired', 'sound', 'running']);
export type ForecastOutcome = z.infer<typeof ForecastOutcome>;

/**
 * What became of a forecast. `hit`: failed 3 to 15 running days after; `late`: sooner after; `early`: later; `false`: sound, or still running after 15 running days; `missed`: failed and nobody had been warned;
 * `repaired`: nobody will know, so it counts neither for nor against.
 */
export const ForecastVerdict = z.enum(['hit', 'early', 'late', 'false', 'missed', 'repaired']);
export type ForecastVerdict = z.infer<typeof ForecastVerdict>;

export const ForecastTally = z.object({ given: z.number(), open: z.number(), hits: z.number(), early: z.number(), late: z.number(), falseAlarms: z.number(), missed: z.number(), repaired: z.number() });
export type ForecastTally = z.infer<typeof ForecastTally>;

/** A forecast and what became of it; open while `outcome` is null. A missed failure has no days. */
export const ForecastRow = z.object({
  id: z.number(), equipment: Id, model: z.string(), version: z.string(), at: UtcMs, p10Days: z.number().nullable(), p50Days: z.number().nullable(), p90Days: z.number().nullable(),
  outcome: ForecastVerdict.nullable(), settledAt: UtcMs.nullable(), leadDays: z.number().nullable(),
});
export type ForecastRow = z.infer<typeof ForecastRow>;

/** A quarter by UTC, like `2026Q3`. */
export const Quarter = z.string().regex(/^\d{4}Q[1-4]$/);

export const inference = contract('inference', {
  assets: table({ key: Id, keyOf: 'equipment', row: AssetHealth, delivery: 'latest' }),
  warnings: table({ key: Id, keyOf: 'id', row: EarlyWarning, delivery: 'lossless' }),
  units: table({ key: Id, keyOf: 'unit', row: UnitAnomaly, delivery: 'latest' }),
  models: query({ input: Nothing, output: z.array(ModelCard) }),
  /** Forecasts of the last year, newest first, open ones before all. */
  forecasts: query({ input: Nothing, output: z.array(ForecastRow) }),
  /** Looks for new model files and swaps them in without a gap. */
  reload: command({ input: Nothing, output: z.array(ModelCard), refusals: [], needs: 'model.manage' }),
  /** The version before serves again at once; the one taken back is not swapped in again until its file changes or it is taken back in turn. */
  rollBack: command({ input: z.strictObject({ model: Id }), output: z.array(ModelCard), refusals: ['NoPrevious'], needs: 'model.manage' }),
  settle: command({ input: z.strictObject({ equipment: Id, outcome: ForecastOutcome }), output: Nothing, refusals: ['NoForecast', 'TooEarly'], needs: 'model.manage' }),
  /** The quarterly evaluation (每季度模型评估) as a page to print and sign; of the running quarter unless another is named. */
  evaluation: query({ input: z.strictObject({ quarter: Quarter.optional() }), output: z.object({ fileName: z.string(), mime: z.string(), content: z.string() }) }),
});

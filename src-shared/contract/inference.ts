import { z } from 'zod';
import { command, contract, Id, LocalText, Nothing, query, table, UtcMs } from './define.ts';

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
  drivers: z.array(z.object({ tag: z.string(), text: LocalText, weight: z.number() })),
  history: z.object({ at: z.array(UtcMs), p50Days: z.array(z.number()) }),
});
export type AssetHealth = z.infer<typeof AssetHealth>;

/** An early warning for the next 3 to 15 days. */
export const EarlyWarning = z.object({ id: Id, kind: z.enum(['machine', 'process', 'weather', 'work']), equipment: z.string().nullable(), zone: z.string(), title: LocalText, since: UtcMs, p10Days: z.number(), p50Days: z.number(), p90Days: z.number(), probability15: z.number(), drivers: z.array(LocalText), advice: LocalText, hitRate: z.number().nullable() });
export type EarlyWarning = z.infer<typeof EarlyWarning>;

/** Whether a unit runs as it usually does. `ratio` is its distance from normal running over the limit, above 1 is not normal; `learning` until all its values have been seen. */
export const UnitAnomaly = z.object({
  unit: Id, model: z.string(), at: UtcMs, state: z.enum(['learning', 'normal', 'anomalous']), since: UtcMs, ratio: z.number(),
  drivers: z.array(z.object({ tag: z.string(), text: LocalText, weight: z.number() })),
  history: z.object({ at: z.array(UtcMs), ratio: z.array(z.number()) }),
});
export type UnitAnomaly = z.infer<typeof UnitAnomaly>;

/** A model in service. `drift` is the population stability index against training (below 0.1 nothing moved, above 0.25 another population), of the sensor that moved most and of the output. */
export const ModelCard = z.object({
  id: z.string(), version: z.string(), hash: z.string(), state: z.enum(['ready', 'refused', 'loading', 'failed']), purpose: LocalText, detail: z.string(), metrics: z.record(z.string(), z.number()),
  drift: z.object({ inputs: z.number(), sensor: z.string().nullable(), output: z.number() }),
  /** Of the forecasts of the last year that are settled, the share that came true within 15 days; null while none is. */
  hitRate: z.number().nullable(),
});

/** What became of a machine that was warned of: it failed, or was opened and found sound. */
export const ForecastOutcome = z.enum(['failed', 'sound']);
export type ForecastOutcome = z.infer<typeof ForecastOutcome>;

/** One line of the quarterly evaluation: what the card promises, what came of the forecasts given in the span, and drift now. */
export const ModelReport = z.object({
  id: z.string(), version: z.string(), state: z.string(), cardMetrics: z.record(z.string(), z.number()), driftInputs: z.number(), driftSensor: z.string().nullable(), driftOutput: z.number(),
  given: z.number(), open: z.number(), hits: z.number(), early: z.number(), falseAlarms: z.number(), hitRate: z.number().nullable(),
});
export type ModelReport = z.infer<typeof ModelReport>;

export const inference = contract('inference', {
  assets: table({ key: Id, keyOf: 'equipment', row: AssetHealth, delivery: 'latest' }),
  warnings: table({ key: Id, keyOf: 'id', row: EarlyWarning, delivery: 'lossless' }),
  units: table({ key: Id, keyOf: 'unit', row: UnitAnomaly, delivery: 'latest' }),
  models: query({ input: Nothing, output: z.array(ModelCard) }),
  /** Looks for new model files and swaps them in without a gap. */
  reload: command({ input: Nothing, output: z.array(ModelCard), refusals: [], needs: 'model.manage' }),
  settle: command({ input: z.strictObject({ equipment: Id, outcome: ForecastOutcome }), output: Nothing, refusals: ['NoForecast'], needs: 'model.manage' }),
  report: query({ input: z.strictObject({ from: UtcMs, to: UtcMs }), output: z.array(ModelReport) }),
});

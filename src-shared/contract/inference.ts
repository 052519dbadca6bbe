import { z } from 'zod';
import { contract, Id, LocalText, Nothing, query, table, UtcMs } from './define.ts';

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

export const ModelCard = z.object({ id: z.string(), version: z.string(), hash: z.string(), state: z.enum(['ready', 'refused', 'loading', 'failed']), purpose: LocalText, detail: z.string(), metrics: z.record(z.string(), z.number()) });

export const inference = contract('inference', {
  assets: table({ key: Id, keyOf: 'equipment', row: AssetHealth, delivery: 'latest' }),
  warnings: table({ key: Id, keyOf: 'id', row: EarlyWarning, delivery: 'lossless' }),
  models: query({ input: Nothing, output: z.array(ModelCard) }),
});

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createForecastStore, evaluationDocument, factsOf, hitRateOf, quarterOf, readShelf, spanOf, type ForecastStore } from '../modules/inference/index.ts';
import { openSqlReadOnly } from '../platform/sql.ts';

/**
 * `evaluate:models -- --db station.db [--quarter 2026Q3] [--models DIR] [--out FILE.html] --json`: the quarterly evaluation of the models (每季度模型评估), offline: what each card promises and what became of the
 * forecasts of the quarter (by UTC; without `--quarter`, the one before this). `--out` writes the report to
 * print and sign, the same page as the button of the models screen; drift and running times are only known to a running station.
 */
const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};
const { values } = (() => {
  try {
    return parseArgs({ options: { db: { type: 'string' }, quarter: { type: 'string' }, models: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
})();
const file = values.db ?? fail('--db FILE is missing: the station.db of the data folder');
if (!existsSync(file)) fail(`--db ${file} does not exist`);
const folder = values.models ?? join(import.meta.dirname, '../../models');

const now = Date.now();
const quarter = values.quarter ?? quarterOf(spanOf(quarterOf(now)).from - 1);
if (!/^\d{4}Q[1-4]$/.test(quarter)) fail('--quarter must be like 2026Q3');

const judgeAll = (store: ForecastStore) =>
  readShelf(folder).map(({ id, card, refusal }) => {
    const forecasts = card?.kind === 'rul' ? store.tally(id, spanOf(quarter)) : null;
    return { ...factsOf(id, card), state: card === null ? ('refused' as const) : ('ready' as const), detail: refusal, forecasts, usage: null, drift: null };
  });
const models = (() => {
  try {
    using sql = openSqlReadOnly(file);
    return judgeAll(createForecastStore(sql));
  } catch (error) {
    return fail(`${file} cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`);
  }
})();

if (values.out !== undefined) writeFileSync(values.out, evaluationDocument({ quarter, plant: null, madeAt: now, models }));
const report = { quarter, models: models.map(({ id, version, state, detail, metrics, forecasts }) => ({ id, version, sound: state === 'ready', why: detail?.en ?? '', metrics, forecasts, hitRate: forecasts === null ? null : hitRateOf(forecasts) })) };
if (values.json) console.log(JSON.stringify(report));
else console.error(report);

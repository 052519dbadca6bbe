import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createForecastStore, hitRateOf, readModel, type ForecastStore } from '../modules/inference/index.ts';
import { openSqlReadOnly } from '../platform/sql.ts';

/**
 * `evaluate:models -- --db station.db [--quarter 2026Q3] [--models DIR] [--out FILE.md] --json`: the quarterly evaluation of the models (每季度模型评估), offline: what each card promises and what became of the
 * forecasts of the quarter (by UTC; without `--quarter`, the one before this). `--out` writes the report to sign, in Chinese and English.
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

const now = new Date();
const previous = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 3, 1));
const [, year, number] = /^(\d{4})Q([1-4])$/.exec(values.quarter ?? `${previous.getUTCFullYear()}Q${Math.floor(previous.getUTCMonth() / 3) + 1}`) ?? fail('--quarter must be like 2026Q3');
const quarter = `${year}Q${number}`;
const span = { from: Date.UTC(Number(year), 3 * Number(number) - 3, 1), to: Date.UTC(Number(year), 3 * Number(number), 1) };

const judgeAll = (store: ForecastStore) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const checked = readModel(join(folder, name));
      if (!checked.ok) return { id: name.replace('.json', ''), version: '', sound: false, why: checked.refusal.text.en, metrics: {} as Record<string, number>, forecasts: null, hitRate: null };
      const { card } = checked.value;
      const forecasts = card.kind === 'rul' ? store.tally(card.id, span) : null;
      return { id: card.id, version: card.version, sound: true, why: '', metrics: card.metrics, forecasts, hitRate: forecasts === null ? null : hitRateOf(forecasts) };
    });
const models = (() => {
  try {
    using sql = openSqlReadOnly(file);
    return judgeAll(createForecastStore(sql));
  } catch (error) {
    return fail(`${file} cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`);
  }
})();

if (values.out !== undefined) {
  const percent = (rate: number | null) => (rate === null ? '–' : `${(100 * rate).toFixed(0)} %`);
  const figures = (metrics: Record<string, number>) => Object.entries(metrics).map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`).join(', ');
  writeFileSync(
    values.out,
    [
      `# 模型季度评估 ${quarter} · Quarterly evaluation of models`,
      '',
      '| 模型 Model | 版本 Version | 完好 Sound | 预警 Given | 命中 Hits | 过早 Early | 误报 False | 待定 Open | 命中率 Hit rate | 模型卡指标 Figures of the card |',
      '|---|---|---|---|---|---|---|---|---|---|',
      ...models.map(({ id, version, sound, why, metrics, forecasts, hitRate }) => `| ${id} | ${version} | ${sound ? '是 yes' : `否 no: ${why}`} | ${forecasts?.given ?? '–'} | ${forecasts?.hits ?? '–'} | ${forecasts?.early ?? '–'} | ${forecasts?.falseAlarms ?? '–'} | ${forecasts?.open ?? '–'} | ${percent(hitRate)} | ${figures(metrics)} |`),
      '',
      '评估人 Evaluated by: ____________  日期 Date: ____________',
      '',
    ].join('\n'),
  );
}
const report = { quarter, models };
if (values.json) console.log(JSON.stringify(report));
else console.error(report);

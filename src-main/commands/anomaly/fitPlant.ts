import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PlantModel } from '../../../src-shared/plant/index.ts';
import { createAnomalyState, fitAnomaly } from '../../modules/inference/index.ts';
import { writeAnomaly } from './write.ts';

/**
 * `node fitPlant.ts --data NORMAL.csv --held HELD.csv --plant PLANT.json --out FOLDER --version V`: one anomaly model per unit from normal days of a plant (CSV of `src-plant/normalRun.ts`: run, then
 * one column per tag, one row a minute). The card's false-alarm rate is measured on HELD, days that no fit saw.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, held: { type: 'string' }, plant: { type: 'string' }, out: { type: 'string' }, version: { type: 'string' } } });
const { data, held, plant: plantFile, out, version } = values;
if (data === undefined || held === undefined || plantFile === undefined || out === undefined || version === undefined) {
  console.error('usage: fitPlant --data FILE.csv --held FILE.csv --plant FILE.json --out FOLDER --version VERSION');
  process.exit(2);
}
const SAMPLE_SECONDS = 60;
const settings = { lags: 2, alpha: 0.2, ridge: 0.1, quantile: 0.999 };
/** Above the 99.9 % distance of blocks the fit did not see: a plant's year holds more kinds of normal than the days it was fitted on. */
const MARGIN = 1.2;

const readRuns = (file: string): { readonly tags: readonly string[]; readonly runs: readonly (readonly Float64Array[])[] } => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const [, ...tags] = head.split(',');
  const byRun = Map.groupBy(lines.map((line) => line.split(',').map(Number)), (cells) => cells[0]!);
  return { tags, runs: [...byRun.values()].map((rows) => tags.map((_tag, column) => Float64Array.from(rows, (cells) => cells[column + 1]!))) };
};

const plant = PlantModel.parse(JSON.parse(readFileSync(plantFile, 'utf8')));
const unitOf = new Map(plant.equipment.map(({ id, unit }) => [id, unit]));
const tagById = new Map(plant.tags.map((tag) => [tag.id, tag]));
const [normal, other] = [readRuns(data), readRuns(held)];
const units = new Set(normal.tags.map((tag) => unitOf.get(tagById.get(tag)?.equipment ?? '') ?? ''));
for (const unit of units) {
  const columns = normal.tags.flatMap((tag, column) => (unitOf.get(tagById.get(tag)?.equipment ?? '') === unit ? [column] : []));
  const variables = columns.map((column) => normal.tags[column]!);
  const runs = normal.runs.map((run) => columns.map((column) => run[column]!));
  const fitted = fitAnomaly(runs, { variables, ...settings, blocks: runs.length });
  const model = { ...fitted.model, limit: fitted.model.limit * MARGIN };
  const ratios = other.runs.flatMap((run) => {
    const state = createAnomalyState(model);
    return Array.from({ length: run[0]!.length }, (_each, row) => state.push(columns.map((column) => run[column]![row]!))?.ratio ?? 0);
  });
  const falseAlarmRate = ratios.filter((ratio) => ratio > 1).length / ratios.length;
  const name = plant.units.find(({ id }) => id === unit)?.name ?? { zh: unit, en: unit };
  writeAnomaly(join(out, `anomaly-${unit.toLowerCase()}`), { model, held: fitted.held }, {
    runs,
    version,
    purpose: { zh: `${name.zh}过程异常检测`, en: `Process anomaly of the ${name.en.toLowerCase()}` },
    unit,
    sampleSeconds: SAMPLE_SECONDS,
    training: { runs: normal.runs.length, samples: normal.runs.reduce((sum, run) => sum + run[0]!.length, 0), ridge: settings.ridge, margin: MARGIN },
    metrics: { falseAlarmRate, heldMinutes: ratios.length },
    limits: [{ zh: '只在模拟正常运行上拟合；未见过检修、切换与开停车', en: 'Fitted on simulated normal running; has seen no maintenance, change-over, start-up or shut-down' }],
  });
  console.error(unit, variables.length, 'variables, false alarms', falseAlarmRate.toFixed(4), 'highest ratio', Math.max(...ratios).toFixed(2), 'limit', model.limit.toFixed(0));
}

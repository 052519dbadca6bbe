import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrapInterval, coverage, createFeatureState, feed, mae, openSession, phmScore, readRulModel, rmse } from '../modules/inference/index.ts';
import { readEngines, readLabels, SUBSETS } from './rul/cmapss.ts';

/**
 * `evaluate:rul -- --data DIR --subset FD001..FD004 [--model CARD.json] [--out FILE] --json`: the shipped model (or another) on the test engines, at each engine's last cycle, labels capped at the
 * model's cap; `rmseNear` over labels up to 50 cycles, `lateShare` more than 10 cycles late, the interval by bootstrap over engines. Without the label file there are predictions and no metrics.
 */
const NEAR_CYCLES = 50;
const LATE_CYCLES = 10;

const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};

const { values } = (() => {
  try {
    return parseArgs({ options: { data: { type: 'string' }, subset: { type: 'string' }, model: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return fail(String(error instanceof Error ? error.message : error));
  }
})();
const folder = values.data ?? fail('--data DIR is missing: the folder with test_FD00x.txt[.gz]');
const subset = SUBSETS.find((each) => each === values.subset) ?? fail(`--subset must be one of ${SUBSETS.join(', ')}`);
if (!existsSync(folder)) fail(`--data ${folder} does not exist`);

const checked = readRulModel(values.model ?? join(import.meta.dirname, '../../models', `rul-cmapss-${subset.toLowerCase()}.json`));
if (!checked.ok) fail(checked.refusal.text.en);
else {
  const { card } = checked.value;
  const session = await openSession(checked.value);
  const engines = (() => {
    try {
      return readEngines(folder, 'test', subset);
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error));
    }
  })();
  const started = performance.now();
  const size = card.input.shape[1] * card.input.shape[2];
  const windows = new Float32Array(engines.length * size);
  engines.forEach((engine, index) => {
    const state = createFeatureState(card.features);
    feed(state, engine.history);
    windows.set(state.window(), index * size);
  });
  const output = await session.run(windows, engines.length);
  const msPerEngine = (performance.now() - started) / engines.length;
  await session.close();
  const column = (index: number) => Float64Array.from(engines, (_engine, row) => output[row * 4 + index]!);
  const [p10, p50, p90, mean] = [column(0), column(1), column(2), column(3)];
  if (values.out !== undefined) writeFileSync(values.out, ['engine,p10,p50,p90,mean', ...engines.map((engine, row) => [engine.id, p10[row], p50[row], p90[row], mean[row]].join(','))].join('\n') + '\n');
  const labels = readLabels(folder, subset);
  if (labels !== null && labels.length !== engines.length) fail(`RUL_${subset}.txt has ${labels.length} labels for ${engines.length} engines`);
  const truth = labels?.map((label) => Math.min(label, card.capSteps)) ?? null;
  const width = p90.reduce((sum, high, row) => sum + high - p10[row]!, 0) / engines.length;
  const metrics = (uncapped: Float64Array, capped: Float64Array) => {
    const near = Array.from(capped.keys()).filter((row) => capped[row]! <= NEAR_CYCLES);
    return {
      rmse: rmse(mean, capped),
      rmseInterval95: bootstrapInterval(mean, capped),
      rmseUncapped: rmse(mean, uncapped),
      score: phmScore(mean, capped),
      mae: mae(mean, capped),
      rmseNear: rmse(near.map((row) => mean[row]!), near.map((row) => capped[row]!)),
      lateShare: mean.filter((each, row) => each - capped[row]! > LATE_CYCLES).length / mean.length,
      coverage80: coverage(p10, p90, capped),
    };
  };
  const report = { n: engines.length, msPerEngine, width, ...(truth === null || labels === null ? {} : metrics(labels, truth)) };
  if (values.json) console.log(JSON.stringify(report));
  else console.error(report);
}

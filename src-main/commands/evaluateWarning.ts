import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFeatureState, feed, firstWarning, openSession, readRulModel, tallyWarnings, WARNING_RULE } from '../modules/inference/index.ts';
import { fingerprint, readEngines, SUBSETS, type Engine } from './rul/cmapss.ts';
import { readFleet } from './rul/fleet.ts';

/**
 * `evaluate:warning -- --data DIR --subset FD001 --json`: early warning on the whole run-to-failure engines of `DIR/train_FD001.txt[.gz]` that the shipped warning model was not trained on (it was trained
 * on two thirds of the published ones, known by their fingerprints); 1 cycle = 1 day. `--source fleet --data FILE.csv`: the compressor model on a fleet of `src-plant/fleet.ts`.
 * `--predictions FILE` writes what `warning/choose.ts` reads: history, rul, P10, P50, P90, mean, in steps.
 */
const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};
const { values } = (() => {
  try {
    return parseArgs({ options: { data: { type: 'string' }, subset: { type: 'string' }, source: { type: 'string', default: 'cmapss' }, predictions: { type: 'string' }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
})();
const data = values.data ?? fail('--data is missing: the folder with train_FD001.txt[.gz], or with --source fleet the CSV file');
if (!existsSync(data)) fail(`--data ${data} does not exist`);
const source = values.source === 'cmapss' || values.source === 'fleet' ? values.source : fail('--source must be cmapss or fleet');
const subset = SUBSETS.find((each) => each === values.subset);
const name = source === 'fleet' ? 'rul-compressor' : subset === undefined ? fail(`--subset must be one of ${SUBSETS.join(', ')}`) : `warning-cmapss-${subset.toLowerCase()}`;
const cardFile = join(import.meta.dirname, '../../models', `${name}.json`);
if (!existsSync(cardFile)) fail(`no warning model was trained for ${subset ?? source}`);
const checked = readRulModel(cardFile);
const model = checked.ok ? checked.value : fail(checked.refusal.text.en);
const { card } = model;

const trained = new Set(card.trained ?? []);
const engines = ((): readonly Engine[] => {
  try {
    return (source === 'fleet' ? readFleet(data, { fromNew: true }) : readEngines(data, 'train', subset ?? fail('--subset is missing'))).filter((engine) => !trained.has(fingerprint(engine)));
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
})();
if (engines.length === 0) fail(`every engine in ${data} was used in training`);

const session = await openSession(model);
const size = card.input.shape[1] * card.input.shape[2];
const lives = [];
const lines = ['history,rul,p10,p50,p90,mean'];
for (const [index, { history, cycles }] of engines.entries()) {
  const windows = new Float32Array(cycles * size);
  const state = createFeatureState(card.features);
  feed(state, history, (step) => windows.set(state.window(), step * size));
  const output = await session.run(windows, cycles);
  const step = firstWarning(Float64Array.from({ length: cycles }, (_each, row) => output[row * 4 + 1]! * card.stepDays), card.warning ?? WARNING_RULE);
  if (values.predictions !== undefined) for (let row = 0; row < cycles; row += 1) lines.push([index, cycles - 1 - row, ...output.subarray(row * 4, row * 4 + 4)].join(','));
  lives.push({ days: cycles * card.stepDays, leadDays: step < 0 ? Number.NaN : (cycles - 1 - step) * card.stepDays });
}
await session.close();
if (values.predictions !== undefined) writeFileSync(values.predictions, `${lines.join('\n')}\n`);
const report = tallyWarnings(lives);
if (values.json) console.log(JSON.stringify(report));
else console.error(report);

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAnomalyModel } from '../modules/inference/index.ts';
import { judgeTep } from './anomaly/judgeTep.ts';

/** `evaluate:anomaly -- --data DIR --json`: the shipped process-anomaly model on the Tennessee Eastman test files. */
const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};
const { values } = (() => {
  try {
    return parseArgs({ options: { data: { type: 'string' }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
})();
const folder = values.data ?? fail('--data DIR is missing: the folder with d01_te.dat[.gz] to d21_te.dat[.gz]');
if (!existsSync(folder)) fail(`--data ${folder} does not exist`);
const checked = readAnomalyModel(join(import.meta.dirname, '../../models/anomaly-tep.json'));
const model = checked.ok ? checked.value.model : fail(checked.refusal.text.en);

try {
  const report = judgeTep(model, folder);
  if (values.json) console.log(JSON.stringify(report));
  else console.error(report);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { featureCount, featureRows, fitStandard, type FeatureSpec } from '../../modules/inference/index.ts';
import { CMAPSS_LABELS, CMAPSS_RISING, CMAPSS_SENSORS, fingerprint, readEngines, SUBSETS, type Engine, type Subset } from './cmapss.ts';
import { cutWeights, lastRestart } from './cuts.ts';
import { FLEET_SENSORS, FLEET_SERVICE, readFleet } from './fleet.ts';

/**
 * Writes what the Python trainer needs, made by the code that also runs in service:
 * `spec.json` (the feature spec, fitted on the training machines), `rows.f32` [steps, features], `labels.f32` (uncapped RUL, steps), `machines.i32` and
 * `histories.i32` (one machine may give several histories; folds split by machine, windows never cross histories), `trained.json` (the histories' fingerprints), and for C-MAPSS
 * `groups.i32` with `groups.json` (the subset of each step; several are trained on together), `cuts.f32` (how likely the subset's test file would cut an engine there, by the lengths of its histories)
 * and `sound.u8` (0 before wear was taken back: not trained on). `--hold-out 3` leaves every third engine out, for tests.
 * `node prepare.ts --source cmapss --subset FD001,FD003 --data DIR --out DIR` or `--source fleet --data FILE.csv --out DIR`.
 */
const { values } = parseArgs({ options: { source: { type: 'string' }, data: { type: 'string' }, subset: { type: 'string' }, out: { type: 'string' }, 'hold-out': { type: 'string' } } });
const { source, data, out } = values;
if (data === undefined || out === undefined || (source !== 'cmapss' && source !== 'fleet')) {
  console.error('usage: prepare --source cmapss|fleet --data DIR|FILE --out DIR [--subset FD001[,FD003]] [--hold-out N]');
  process.exit(2);
}

const subsets = (values.subset ?? '').split(',').flatMap((name): Subset[] => SUBSETS.filter((each) => each === name));
if (source === 'cmapss' && (subsets.length === 0 || subsets.join(',') !== values.subset)) {
  console.error(`--subset: one or more of ${SUBSETS.join(',')}`);
  process.exit(2);
}

const holdOut = Number(values['hold-out'] ?? Number.POSITIVE_INFINITY);
type Life = Engine & { readonly group: number };
const isIn = ({ id }: Engine) => id % holdOut !== 0;
const engines: readonly Life[] = source === 'fleet' ? readFleet(data).filter(isIn).map((engine) => ({ ...engine, group: 0 })) : subsets.flatMap((subset, group) => readEngines(data, 'train', subset).filter(isIn).map((engine) => ({ ...engine, id: 1_000 * group + engine.id, group })));
const histories = engines.map((engine) => engine.history);
const manyConditions = subsets.some((subset) => subset === 'FD002' || subset === 'FD004');
const spec = ((): FeatureSpec => {
  if (source === 'fleet') {
    const service = FLEET_SENSORS.indexOf(FLEET_SERVICE.sensor);
    const standard = fitStandard(histories.map((history) => ({ ...history, setting: history.sensors[service]! })), FLEET_SERVICE.gap);
    return { sensors: FLEET_SENSORS, window: 60, emaAlpha: 0.1, baseline: 16, ageScale: null, ...standard, conditions: { setting: FLEET_SERVICE.sensor, centres: standard.conditions.centres } };
  }
  const standard = fitStandard(manyConditions ? histories : histories.map((history) => ({ ...history, setting: null })), 1);
  return { sensors: CMAPSS_SENSORS, window: 50, emaAlpha: 0.1, baseline: 10, ageScale: 125, ...standard, conditions: { setting: manyConditions ? 'altitude' : null, centres: standard.conditions.centres } };
})();

mkdirSync(out, { recursive: true });
const rows = engines.map((engine) => featureRows(spec, engine.history));
const bytes = (arrays: readonly (Float32Array | Int32Array | Uint8Array)[]) => Buffer.concat(arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)));
writeFileSync(join(out, 'spec.json'), JSON.stringify(spec, null, 1));
writeFileSync(join(out, 'trained.json'), JSON.stringify(engines.map(fingerprint)));
writeFileSync(join(out, 'rows.f32'), bytes(rows));
writeFileSync(join(out, 'labels.f32'), bytes(engines.map((engine) => Float32Array.from({ length: engine.cycles }, (_each, step) => engine.cycles - 1 - step))));
writeFileSync(join(out, 'machines.i32'), bytes(engines.map((engine) => new Int32Array(engine.cycles).fill(engine.id))));
writeFileSync(join(out, 'histories.i32'), bytes(engines.map((engine, history) => new Int32Array(engine.cycles).fill(history))));
if (source === 'cmapss') {
  const lengths = subsets.map((subset) => readEngines(data, 'test', subset).map(({ cycles }) => cycles));
  const width = featureCount(spec);
  const rising = (own: Float32Array) => Float64Array.from({ length: own.length / width }, (_each, step) => CMAPSS_RISING.reduce((sum, sensor) => sum + own[step * width + CMAPSS_SENSORS.indexOf(sensor)]!, 0) / CMAPSS_RISING.length);
  const restarts = rows.map((own) => lastRestart(rising(own)));
  engines.forEach(({ id, group }, index) => restarts[index]! > 0 && console.error(`${subsets[group]} engine ${id % 1_000}: wear was taken back, trained on from step ${restarts[index]}`));
  writeFileSync(join(out, 'groups.json'), JSON.stringify(subsets));
  writeFileSync(join(out, 'groups.i32'), bytes(engines.map(({ cycles, group }) => new Int32Array(cycles).fill(group))));
  writeFileSync(join(out, 'cuts.f32'), bytes(engines.map(({ cycles, group }) => cutWeights(cycles, lengths[group]!, CMAPSS_LABELS[subsets[group]!]))));
  writeFileSync(join(out, 'sound.u8'), bytes(engines.map(({ cycles }, index) => Uint8Array.from({ length: cycles }, (_each, step) => Number(step >= restarts[index]!)))));
}
console.error(`${engines.length} histories, ${engines.reduce((sum, engine) => sum + engine.cycles, 0)} steps → ${out}`);

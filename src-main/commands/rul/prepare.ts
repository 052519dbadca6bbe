import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { featureRows, fitStandard, type FeatureSpec } from '../../modules/inference/index.ts';
import { CMAPSS_SENSORS, fingerprint, readEngines, SUBSETS, type Engine, type Subset } from './cmapss.ts';
import { FLEET_SENSORS, FLEET_SERVICE, readFleet } from './fleet.ts';

/**
 * Writes what the Python trainer needs, made by the code that also runs in service:
 * `spec.json` (the feature spec, fitted on the training machines), `rows.f32` [steps, features], `labels.f32` (uncapped RUL, steps), `machines.i32` and
 * `histories.i32` (one machine may give several histories; folds split by machine, windows never cross histories) and `trained.json` (the histories' fingerprints). `--hold-out 3` leaves every third engine out, for tests.
 * `node prepare.ts --source cmapss --subset FD001 --data DIR --out DIR` or `--source fleet --data FILE.csv --out DIR`.
 */
const { values } = parseArgs({ options: { source: { type: 'string' }, data: { type: 'string' }, subset: { type: 'string' }, out: { type: 'string' }, 'hold-out': { type: 'string' } } });
const { source, data, out } = values;
if (data === undefined || out === undefined || (source !== 'cmapss' && source !== 'fleet')) {
  console.error('usage: prepare --source cmapss|fleet --data DIR|FILE --out DIR [--subset FD001] [--hold-out N]');
  process.exit(2);
}

const subset = SUBSETS.find((each) => each === values.subset);
if (source === 'cmapss' && subset === undefined) {
  console.error(`--subset: one of ${SUBSETS.join(', ')}`);
  process.exit(2);
}

const holdOut = Number(values['hold-out'] ?? Number.POSITIVE_INFINITY);
const engines: readonly Engine[] = (source === 'cmapss' ? readEngines(data, 'train', subset as Subset) : readFleet(data)).filter(({ id }) => id % holdOut !== 0);
const histories = engines.map((engine) => engine.history);
const manyConditions = subset === 'FD002' || subset === 'FD004';
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
const bytes = (arrays: readonly (Float32Array | Int32Array)[]) => Buffer.concat(arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)));
writeFileSync(join(out, 'spec.json'), JSON.stringify(spec, null, 1));
writeFileSync(join(out, 'trained.json'), JSON.stringify(engines.map(fingerprint)));
writeFileSync(join(out, 'rows.f32'), bytes(rows));
writeFileSync(join(out, 'labels.f32'), bytes(engines.map((engine) => Float32Array.from({ length: engine.cycles }, (_each, step) => engine.cycles - 1 - step))));
writeFileSync(join(out, 'machines.i32'), bytes(engines.map((engine) => new Int32Array(engine.cycles).fill(engine.id))));
writeFileSync(join(out, 'histories.i32'), bytes(engines.map((engine, history) => new Int32Array(engine.cycles).fill(history))));
console.error(`${engines.length} histories, ${engines.reduce((sum, engine) => sum + engine.cycles, 0)} steps → ${out}`);

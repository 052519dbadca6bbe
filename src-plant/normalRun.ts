import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import type { PlantModel } from '../src-shared/plant/index.ts';
import { drawBinhai } from './model/binhai.ts';
import { complain, fromRepository, leave, programArguments, readText, writeText } from './platform.ts';
import { createProcess } from './process/process.ts';
import { createRandom } from './process/random.ts';
import { Scenario } from './scenario.ts';

/**
 * `node src-plant/normalRun.ts --units AR,CL --runs N --hours H --seed S --out FILE.csv`: normal days of the plant's units for their anomaly models, one row a minute: run number, then the tags. Runs
 * differ in season and in the hour they begin; each begins with the plant settling, as a demonstration does.
 */
const { values } = parseArgs({ args: [...programArguments()], options: { units: { type: 'string', default: 'AR,CL,AU,HS,MR' }, runs: { type: 'string', default: '6' }, hours: { type: 'string', default: '12' }, seed: { type: 'string', default: '1' }, out: { type: 'string' } } });
const [runs, hours, seed] = [Number(values.runs), Number(values.hours), Number(values.seed)];
const STEP_S = 5;
const ROW_S = 60;
const TAGS_PER_UNIT = 24;
const KINDS = new Set(['pressure', 'temperature', 'flow', 'level', 'current']);

/** Analogue process tags of a unit, spread evenly over its equipment, at most `TAGS_PER_UNIT`. */
const tagsOf = (plant: PlantModel, unit: string): readonly number[] => {
  const owners = new Set(plant.equipment.filter((item) => item.unit === unit).map(({ id }) => id));
  const all = plant.tags.flatMap(({ equipment, kind, normal }, index) => (owners.has(equipment) && KINDS.has(kind) && normal !== undefined ? [index] : []));
  const every = Math.max(1, all.length / TAGS_PER_UNIT);
  return Array.from({ length: Math.min(all.length, TAGS_PER_UNIT) }, (_each, index) => all[Math.floor(index * every)]!);
};

if (values.out === undefined || ![runs, hours, seed].every(Number.isInteger)) {
  complain('normalRun: give --out FILE.csv, and whole numbers for --runs, --hours and --seed');
  leave(2);
} else {
  const plant = drawBinhai();
  const normal = Scenario.parse(parse(readText(fromRepository('src-plant', 'scenarios', 'normal.yaml'))));
  const tags = values.units.split(',').flatMap((unit) => tagsOf(plant, unit));
  const lines = [['run', ...tags.map((tag) => plant.tags[tag]!.id)].join(',')];
  for (let run = 0; run < runs; run += 1) {
    const random = createRandom(`${seed}/normal/${run}`);
    const scenario: Scenario = { ...normal, startHour: random.between(0, 24), weather: { ...normal.weather, temperature: random.between(8, 32) } };
    const process = createProcess({ plant, scenario, seed: seed * 1_000 + run });
    for (let second = 0; second < hours * 3_600; second += STEP_S) {
      process.step(STEP_S);
      if (second % ROW_S === 0) lines.push([run, ...tags.map((tag) => process.value[tag]!.toPrecision(7))].join(','));
    }
  }
  writeText(values.out, `${lines.join('\n')}\n`);
  complain(`${values.out}: ${tags.length} tags, ${lines.length - 1} minutes`);
}

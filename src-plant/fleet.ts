import { parseArgs } from 'node:util';
import { complain, leave, programArguments, writeText } from './platform.ts';
import { generateFleet, SENSOR_NAMES } from './process/compressorFleet.ts';

/** `node src-plant/fleet.ts --machines N --seed S --out FILE.csv`: run-to-failure histories of compressors, one row an hour. */
const { values } = parseArgs({ args: [...programArguments()], options: { machines: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' }, out: { type: 'string' } } });
const [machines, seed] = [Number(values.machines), Number(values.seed)];
if (values.out === undefined || !Number.isInteger(machines) || machines < 1 || !Number.isInteger(seed)) {
  complain('fleet: give --out FILE.csv, and whole numbers for --machines and --seed');
  leave(2);
} else {
  const fleet = generateFleet({ machines, seed });
  const lines = [['machine', 'hour', ...SENSOR_NAMES, 'mode'].join(',')];
  for (const { machine, hours, sensors, mode } of fleet) for (let hour = 0; hour < hours; hour += 1) lines.push([machine, hour, ...SENSOR_NAMES.map((name) => sensors[name][hour]!.toFixed(4)), mode].join(','));
  writeText(values.out, `${lines.join('\n')}\n`);
  complain(`${values.out}: ${fleet.length} machines, ${lines.length - 1} hours`);
}

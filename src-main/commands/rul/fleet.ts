import { readFileSync } from 'node:fs';
import { COMPRESSOR_SENSORS } from '../../modules/inference/index.ts';
import type { Engine } from './cmapss.ts';

/** The sensors of the demo plant's compressors, as `machine.tags` of the plant model names them. */
export const FLEET_SENSORS = COMPRESSOR_SENSORS;

/** Hours of running per model step: the mean of these hours is one step. */
export const FLEET_STEP_HOURS = 6;
/** The sensor whose level tells the service (ammonia or propane) a machine is in, and the gap between services, MPa. */
export const FLEET_SERVICE = { sensor: 'suctionPressure', gap: 0.1 } as const;

/**
 * A station rarely saw a machine new: what it calls the baseline is where its own history begins. So each life is used from several beginnings, as shares of
 * the life (shifted from machine to machine), and the model learns to work from any of them.
 */
const beginningsOf = (machine: number): readonly number[] => [0, 0.2, 0.45, 0.68].map((share) => (share === 0 ? 0 : share + 0.06 * (machine % 4)));
const FEWEST_STEPS = 24;

/** Run-to-failure histories from `src-plant/fleet.ts`: a CSV with `machine`, `hour` and one column per sensor, hourly, ending at failure. With `fromNew`, whole lives only. Throws a RangeError that names the line or column. */
export const readFleet = (file: string, { fromNew = false } = {}): Engine[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = head.split(',');
  const column = (name: string) => {
    const index = names.indexOf(name);
    if (index < 0) throw new RangeError(`${file}: no column ${name}`);
    return index;
  };
  const machine = column('machine');
  const sensors = FLEET_SENSORS.map(column);
  const byMachine = Map.groupBy(
    lines.map((line, index) => {
      const cells = line.split(',').map(Number);
      if (!sensors.every((sensor) => Number.isFinite(cells[sensor]))) throw new RangeError(`${file} line ${index + 2}: a sensor is no number`);
      return cells;
    }),
    (cells) => cells[machine]!,
  );
  return [...byMachine].flatMap(([id, life]) => (fromNew ? [0] : beginningsOf(id)).map((share) => ({ id, own: life.slice(Math.floor(share * life.length)) }))).map(({ id, own }) => {
    const cycles = Math.floor(own.length / FLEET_STEP_HOURS);
    const first = own.length - cycles * FLEET_STEP_HOURS;
    const mean = (sensor: number, step: number) => {
      let sum = 0;
      for (let hour = 0; hour < FLEET_STEP_HOURS; hour += 1) sum += own[first + step * FLEET_STEP_HOURS + hour]![sensor]!;
      return sum / FLEET_STEP_HOURS;
    };
    return { id, cycles, history: { sensors: sensors.map((sensor) => Float64Array.from({ length: cycles }, (_each, step) => mean(sensor, step))), setting: null } };
  }).filter((engine) => engine.cycles >= FEWEST_STEPS);
};

import { COMPRESSOR_SENSORS, RUNNING_HOURS } from '../../model/templates/rotating.ts';
import { SENSOR_NAMES } from '../compressorFleet.ts';
import type { CompressorLife } from '../compressorLife.ts';
import { lagged, type Device, type Step } from './device.ts';

/** How fast a machine lives: running hours per second; 1/3600 is real time. */
export type Pace = { hoursPerS: number };

/** Hours on the meter before the last overhaul. */
const BEFORE_OVERHAUL = 20_000;
export const runningHours = (life: CompressorLife): number => BEFORE_OVERHAUL + life.hours;

/** One of the six machines of the compressor house: the thirteen sensors of its life model, and the auxiliaries about them. Trips when a part has failed. */
export const compressorTrain = (device: Device, life: CompressorLife, pace: Pace): Step => {
  const { world, item } = device;
  const design = (suffix: string) => device.design(suffix).mid;
  const around = { load: 0.86, ambientC: 20 };
  const temperatures = ['TT1', 'TT2', 'BT1', 'BT2', 'OTT'] as const;
  const first = life.read(around);
  const metals = new Map(temperatures.map((suffix) => [suffix, lagged(first[SENSOR_NAMES.find((name) => COMPRESSOR_SENSORS[name] === suffix)!], 25)]));
  const warm = new Map(['WTU', 'WTV', 'WTW', 'MT1', 'MT2', 'CW2'].map((suffix) => [suffix, lagged(design(suffix), 200)]));
  const phase = { WTU: device.random.between(-2, 2), WTV: device.random.between(-2, 2), WTW: device.random.between(-2, 2) };
  const shake = [device.random.between(0.9, 1.5), device.random.between(0.8, 1.4)] as const;
  const filterStart = device.random.between(0, 400);
  return (dt) => {
    const speed = world.motors.speed(item.id);
    around.load = world.load * (1 + 0.02 * Math.sin(world.second / 240 + filterStart));
    around.ambientC = world.weather.temperature;
    if (world.motors.state(item.id) === 1) life.run(pace.hoursPerS * dt, around);
    if (life.hasFailed) world.motors.trip(item.id);
    const reading = life.read(around);
    const { bearing, fouling } = life.wear;
    const outdoors = world.weather.temperature;
    for (const name of SENSOR_NAMES) {
      const suffix = COMPRESSOR_SENSORS[name];
      const value = reading[name];
      const metal = metals.get(suffix as (typeof temperatures)[number]);
      if (metal !== undefined) device.set(suffix, metal(suffix === 'TT1' ? value : outdoors + (value - outdoors) * Math.max(speed, 0), dt));
      else if (suffix === 'PT1') device.set(suffix, value + (design('PT2') * 0.55 - value) * 0.35 * (1 - speed));
      else if (suffix === 'PT2') device.set(suffix, value * (0.55 + 0.45 * speed));
      else device.set(suffix, value * speed);
    }
    const current = device.get('AMP') / design('AMP');
    device.set('KW', device.get('AMP') * 8.9);
    for (const [suffix, target] of [['WTU', 36 + 31 * current + phase.WTU], ['WTV', 36 + 31 * current + phase.WTV], ['WTW', 36 + 31 * current + phase.WTW], ['MT1', 31 + 4 * current], ['MT2', 29 + 4 * current]] as const) device.set(suffix, warm.get(suffix)!(outdoors + target * speed, dt));
    device.set('GAP', (0.02 + 0.34 * bearing ** 1.5) * speed);
    device.set('OPD', (22 + 20 * (((life.hours + filterStart) % 700) / 700)) * speed);
    device.set('OLT', 72 - 4 * bearing - 2 * (1 - speed));
    device.set('SGP', design('SGP') * (0.3 + 0.7 * speed));
    device.set('SLD', Math.min(100, 100 * around.load * (1 + 0.05 * fouling)) * (world.motors.state(item.id) === 1 ? 1 : 0.1));
    device.set('CW1', world.coolingC);
    device.set('CW2', warm.get('CW2')!(world.coolingC + 7 * current * speed, dt));
    device.set('MVB1', (shake[0] + 0.12 * bearing) * speed);
    device.set('MVB2', shake[1] * speed);
    device.set('RUN', world.motors.state(item.id));
    device.set('MODE', 1);
    device.set(RUNNING_HOURS, runningHours(life));
  };
};

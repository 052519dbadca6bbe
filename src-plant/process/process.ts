import type { Equipment, PlantModel } from '../../src-shared/plant/index.ts';
import type { Scenario } from '../scenario.ts';
import { machineToday, SENSOR_NAMES } from './compressorFleet.ts';
import type { FailureMode } from './compressorLife.ts';
import { createDevice, all, theRest, type Device, type Step } from './devices/device.ts';
import { compressorTrain, runningHours, type Pace } from './devices/compressorTrain.ts';
import { coolingTower, fan, packagedCompressor, pump } from './devices/rotating.ts';
import { electrical, exchanger, fireWaterPoint, flare, mast, pressureVessel, sphere, tank, valve } from './devices/static.ts';
import { createGasDetection } from './gasDetection.ts';
import { createInstrumentation } from './instrumentation.ts';
import { createArm, loadingArm } from './loading.ts';
import { createPeople, type People } from './people.ts';
import { createRandom } from './random.ts';
import { createTimeline, type Happening } from './timeline.ts';
import { createTransfers } from './transfers.ts';
import { createWorld, stepWorld, type World } from './world.ts';

/** The whole plant as a calculation: no clock, no sockets. The same plant, scenario and seed give the same values for ever. */
export type PlantProcess = {
  /** Readings by the plant model's order of tags. */
  readonly value: Float64Array;
  /** 0 good, 2 bad. */
  readonly quality: Uint8Array;
  readonly people: People;
  readonly world: World;
  /** Hourly samples of the compressors' sensors over the past days, oldest first: hours before now, tag, value. */
  readonly history: readonly { readonly hoursAgo: number; readonly tag: string; readonly value: number }[];
  /** Lets `dt` seconds pass; returns what happened that is not a value. */
  step(dt: number): readonly Happening[];
};

/** Where the six machines stand in their lives; recycle gas compressor B is about eight days from its end. */
const MACHINES: readonly { readonly id: string; readonly service: 'ammonia' | 'propane'; readonly mode: FailureMode; readonly lifeDays: number; readonly sharpness?: number; readonly failsInDays: number }[] = [
  { id: 'CH-K-201A', service: 'ammonia', mode: 'fouling', lifeDays: 110, failsInDays: 95 },
  { id: 'CH-K-201B', service: 'ammonia', mode: 'valve', lifeDays: 100, failsInDays: 58 },
  { id: 'CH-K-201C', service: 'ammonia', mode: 'bearing', lifeDays: 115, failsInDays: 76 },
  { id: 'CH-K-202A', service: 'propane', mode: 'fouling', lifeDays: 90, failsInDays: 33 },
  { id: 'CH-K-202B', service: 'propane', mode: 'bearing', lifeDays: 60, sharpness: 5.2, failsInDays: 8 },
  { id: 'CH-K-202C', service: 'propane', mode: 'valve', lifeDays: 105, failsInDays: 66 },
];
/** Days of hourly compressor history that the plant can tell of. */
const HISTORY_DAYS = 30;

export const createProcess = ({ plant, scenario, seed }: { readonly plant: PlantModel; readonly scenario: Scenario; readonly seed: number }): PlantProcess => {
  const random = createRandom(`${seed}/binhai`);
  const world = createWorld(plant, scenario, random.fork('world'));
  const truth = new Float64Array(plant.tags.length);
  const tagsOf = Map.groupBy(plant.tags.map((tag, index) => ({ tag, index })).filter(({ tag }) => !tag.id.endsWith('.PV')), ({ tag }) => tag.equipment);
  const devices = new Map(plant.equipment.map((item) => [item.id, createDevice(item, world, { truth, tags: tagsOf.get(item.id) ?? [] })]));
  const machines = new Map(MACHINES.map((machine) => [machine.id, { ...machineToday({ ...machine, days: HISTORY_DAYS, seed: `${seed}/${machine.id}` }), pace: { hoursPerS: 1 / 3600 } as Pace }]));
  const arms = new Map(plant.equipment.filter(({ kind }) => kind === 'loading-arm').map((item) => [item.id, createArm(item, devices.get(item.id)!.design('FT1').mid * 2)]));
  const transfers = createTransfers(world, scenario.levels, [...arms.values()]);
  const timeline = createTimeline({ plant, scenario, world, paces: new Map([...machines].map(([id, { pace }]) => [id, pace])) });

  const modelOf = (item: Equipment, device: Device): Step => {
    const vessel = world.inventory.find(item.id);
    switch (item.kind) {
      case 'pump': return pump(device);
      case 'compressor': {
        const machine = machines.get(item.id);
        return machine === undefined ? packagedCompressor(device) : compressorTrain(device, machine.life, machine.pace);
      }
      case 'fan': return fan(device);
      case 'cooling-tower': return all(coolingTower(device), () => vessel && device.set('LT1', (100 * vessel.kg) / vessel.capacityKg));
      case 'storage-tank': return vessel === undefined ? () => {} : tank(device, vessel);
      case 'sphere': return vessel === undefined ? () => {} : sphere(device, vessel);
      case 'horizontal-vessel': case 'vertical-vessel': return vessel === undefined ? () => {} : pressureVessel(device, vessel, () => timeline.chillOf(item.id));
      case 'heat-exchanger': return exchanger(device);
      case 'panel': case 'transformer': return electrical(device);
      case 'flare': return flare(device);
      case 'hydrant': case 'fire-monitor': return fireWaterPoint(device);
      case 'mast': return mast(device);
      case 'valve': return valve(device);
      case 'loading-arm': return loadingArm(device, arms.get(item.id)!);
      case 'furnace': return () => {
        device.set('RUN', world.motors.state(item.id));
        device.set('FLM', world.motors.speed(item.id) > 0.5 ? 1 : 0);
      };
      case 'column': case 'other': return () => vessel && device.set('LT1', (100 * vessel.kg) / vessel.capacityKg);
      default: return () => {};
    }
  };
  const models = plant.equipment.map((item) => modelOf(item, devices.get(item.id)!));
  for (const model of models) model(0);
  const rest = [...devices.values()].map(theRest);
  const detection = createGasDetection(plant, world, truth, random.fork('detectors'));
  const instrumentation = createInstrumentation(plant, random.fork('instruments'));
  const people = createPeople(plant, world, random.fork('people'), scenario.deafShare);
  timeline.attach({ people, instrumentation });

  const step = (dt: number): readonly Happening[] => {
    const happened = timeline.step(dt);
    stepWorld(world, dt, scenario.startHour);
    transfers(dt);
    world.cloud.step(dt, { speed: world.weather.windSpeed, direction: world.weather.windDirection });
    for (const model of models) model(dt);
    for (const other of rest) other(dt);
    detection(dt);
    people.step(dt);
    instrumentation.read(truth);
    return happened;
  };
  return {
    value: instrumentation.value,
    quality: instrumentation.quality,
    people,
    world,
    history: [...machines].flatMap(([id, { life, history }]) => {
      const tags = plant.equipment.find((item) => item.id === id)!.machine!.tags;
      return history.flatMap(({ hours, values }) => [
        ...SENSOR_NAMES.map((name) => ({ hoursAgo: life.hours - hours, tag: tags[name]!, value: values[name] })),
        { hoursAgo: life.hours - hours, tag: tags.runningHours!, value: runningHours(life) - (life.hours - hours) },
      ]);
    }),
    step,
  };
};

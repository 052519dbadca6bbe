import type { Equipment, PlantModel } from '../../src-shared/plant/index.ts';
import type { Scenario } from '../scenario.ts';
import { createCloud, type Cloud } from './cloud.ts';
import { createFires, type Fires } from './fire.ts';
import { createInventory, type Inventory } from './inventory.ts';
import { createMotors, type Motors } from './motors.ts';
import type { Random } from './random.ts';
import { createWeather, type Weather } from './weather.ts';

/** Everything that the devices of the plant share. Times are seconds of the plant's own story. */
export type World = {
  readonly plant: PlantModel;
  second: number;
  /** Local hour of day, 0 to 24. */
  hour: number;
  /** Plant load, share of rated: follows the day. */
  load: number;
  /** Grid voltage, share of rated. */
  grid: number;
  /** Cooling water supply, °C. */
  coolingC: number;
  readonly weather: Weather;
  readonly motors: Motors;
  readonly inventory: Inventory;
  readonly cloud: Cloud;
  readonly fires: Fires;
  readonly units: ReadonlyMap<string, UnitState>;
  /** How far an exchanger is fouled, 0 clean to 1 due for cleaning; absent: clean. */
  readonly fouling: Map<string, number>;
  /** Demand on a pump or arm as share of its rated flow, set by the transfers; absent: the plant's load. */
  readonly demand: Map<string, number>;
  readonly random: Random;
};

/** How a unit fares: `activity` is the share of its motors that run, `upset` how far it is from its usual state (0 to 1). */
export type UnitState = { activity: number; upset: number; /** Feed that still comes in, following activity slowly. */ feed: number };

export const createWorld = (plant: PlantModel, scenario: Scenario, random: Random): World => {
  const motors = createMotors(plant, random.fork('motors'));
  return {
    plant, second: 0, hour: scenario.startHour, load: 0.86, grid: 1, coolingC: 26,
    weather: createWeather(scenario, random.fork('weather')), motors, inventory: createInventory(), cloud: createCloud(plant.site.roughness), fires: createFires(),
    units: new Map(plant.units.map(({ id }) => [id, { activity: 1, upset: 0, feed: 1 }])),
    fouling: new Map(), demand: new Map(), random,
  };
};

/** Lets a second (or part of one) pass for what is common to all: day, weather, load, cooling water, motors, units. */
export const stepWorld = (world: World, dt: number, startHour: number): void => {
  world.second += dt;
  world.hour = (startHour + world.second / 3600) % 24;
  world.weather.step(dt, world.hour);
  const wanted = 0.86 + 0.05 * Math.sin(((world.hour - 9) / 24) * 2 * Math.PI);
  world.load += ((wanted - world.load) * dt) / 900 + 0.0004 * Math.sqrt(dt) * world.random.normal();
  world.load = Math.min(1.04, Math.max(0.6, world.load));
  const towers = world.units.get('CW')?.activity ?? 1;
  const wanted2 = world.weather.temperature * 0.55 + 14 + (1 - towers) * 18;
  world.coolingC += ((wanted2 - world.coolingC) * dt) / 400;
  world.motors.step(dt, world.grid);
  for (const [id, unit] of world.units) {
    const running = world.motors.shareOf(id);
    unit.activity += ((running - unit.activity) * dt) / (dt + 4);
    unit.feed += ((unit.activity - unit.feed) * dt) / (dt + 70);
    unit.upset = Math.min(1, Math.max(0, unit.upset + dt * ((1 - unit.activity) / 25 - unit.upset / 110)));
  }
};

/** Liquid density, kg/m³, at storage conditions. */
export const densityOf = (item: Equipment): number => DENSITY[item.substance ?? 'water'] ?? 1000;
const DENSITY: Partial<Record<NonNullable<Equipment['substance']>, number>> = { ammonia: 610, chlorine: 1410, lpg: 540, propane: 500, butane: 580, benzene: 877, methanol: 792, gasoline: 740, hydrogen: 70, nitrogen: 808, water: 1000, 'lube-oil': 870, air: 900, methane: 420 };

/** No through flow fills or empties a vessel by more than this share of its capacity in a second. */
export const MOST_PER_SECOND = 0.0016;

/** What a vessel holds when it is full, kg. */
export const capacityOf = (item: Equipment): number => {
  if (item.inventory !== undefined) return item.inventory.capacityKg;
  const [length, width, height] = item.size;
  const volume = item.kind === 'horizontal-vessel' ? (Math.PI / 4) * width ** 2 * length : item.kind === 'other' ? 2500 : (Math.PI / 4) * length ** 2 * height;
  return volume * densityOf(item);
};

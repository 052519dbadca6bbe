import type { Equipment } from '../../src-shared/plant/index.ts';
import { levelOf, type Transfer, type Vessel } from './inventory.ts';
import { drawnFrom, type Arm } from './loading.ts';
import { drift } from './random.ts';
import type { Step } from './devices/device.ts';
import { capacityOf, densityOf, MOST_PER_SECOND, type World } from './world.ts';

/** Puts mass into every vessel of the plant and moves it: products into tanks, tanks into trucks, ammonia round its loop, water where it goes. */
export const createTransfers = (world: World, levels: Readonly<Record<string, number>>, arms: readonly Arm[]): Step => {
  const random = world.random.fork('transfers');
  const band = new Map<string, Band>(world.plant.tags.filter(({ id }) => id.endsWith('.LT1')).map((tag) => [tag.equipment, tag.normal ?? [40, 60]]));
  const vesselOf = (item: Equipment): Vessel => {
    const [low, high] = band.get(item.id) ?? [40, 60];
    const share = (levels[item.id] ?? random.between(low + (high - low) * 0.25, high - (high - low) * 0.25)) / 100;
    const capacity = capacityOf(item);
    return world.inventory.vessel(item.id, capacity, capacity * share);
  };
  const holding = world.plant.equipment.filter(({ id }) => band.has(id));
  const vessels = new Map(holding.map((item) => [item.id, vesselOf(item)]));
  const at = (id: string): Vessel => {
    const vessel = vessels.get(id);
    if (vessel === undefined) throw new Error(`transfers: no vessel ${id}`);
    return vessel;
  };
  const steps: Step[] = [];
  const taken = new Set<string>();
  const take = (...ids: readonly string[]) => ids.map((id) => (taken.add(id), at(id)));

  const farm = (unit: string, tanks: readonly string[], supply: () => number) => steps.push(tankFarm(world, { unit, tanks: take(...tanks), supply, demand: () => drawnFrom(unit, arms) }));
  const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
  farm('MT', numbered('MT-TK-10', 6), () => 6.2 * world.load * world.units.get('MR')!.activity);
  farm('BT', numbered('BT-TK-10', 4), () => 7.4 * world.load * world.units.get('AU')!.activity);
  farm('GT', numbered('GT-TK-10', 4), () => 24);
  farm('LP', numbered('LP-V-10', 6), () => 8);
  for (const letter of ['A', 'B']) {
    const [receiver, drum] = take(`AR-V-101${letter}`, `AR-V-102${letter}`) as [Vessel, Vessel];
    steps.push(ammoniaLoop(world, receiver, drum));
  }
  for (const item of holding) if (!taken.has(item.id)) steps.push(throughFlow(world, item, at(item.id), band.get(item.id)!));
  return (dt) => {
    for (const step of steps) step(dt);
    world.inventory.step(dt);
  };
};

/** Usual low and high level, %. */
type Band = readonly [low: number, high: number];

type Farm = { readonly unit: string; readonly tanks: readonly Vessel[]; readonly supply: () => number; readonly demand: () => number };

/** One tank is filled and another drawn; each is changed when it is full or empty. Sets the demand on the farm's loading pumps. */
const tankFarm = (world: World, { unit, tanks, supply, demand }: Farm): Step => {
  const fills: Transfer[] = tanks.map((tank) => world.inventory.transfer(undefined, tank));
  const draws: Transfer[] = tanks.map((tank) => world.inventory.transfer(tank, undefined));
  const usable = (tank: Vessel, high: number) => levelOf(tank) < high;
  const emptiest = () => tanks.reduce((best, tank, i) => (levelOf(tank) < levelOf(tanks[best]!) ? i : best), 0);
  const fullest = () => tanks.reduce((best, tank, i) => (usable(tank, 90) && levelOf(tank) > levelOf(tanks[best]!) ? i : best), 0);
  let filling = emptiest();
  let drawing = fullest();
  const rated = (world.plant.tags.find(({ id }) => id === `${unit}-P-101A.FT1`)?.normal?.[1] ?? 100) / 1.1;
  const density = densityOf(world.plant.equipment.find(({ id }) => id === tanks[0]!.id)!);
  return () => {
    if (!usable(tanks[filling]!, 84)) filling = emptiest();
    if (levelOf(tanks[drawing]!) < 14) drawing = fullest();
    const wanted = demand();
    tanks.forEach((_, i) => {
      fills[i]!.wanted = i === filling ? supply() : 0;
      draws[i]!.wanted = i === drawing ? wanted : 0;
    });
    world.demand.set(`${unit}-P-101A`, Math.max(0.15, (wanted * 3600) / density / rated));
    world.demand.set(`${unit}-P-101B`, 0.15);
  };
};

/** Refrigeration: the drum's level control lets liquid in from the receiver; the compressors bring the vapour back through the condensers. */
const ammoniaLoop = (world: World, receiver: Vessel, drum: Vessel): Step => {
  const expansion = world.inventory.transfer(receiver, drum);
  const compression = world.inventory.transfer(drum, receiver);
  const setPoint = levelOf(drum);
  return () => {
    const running = (['A', 'B', 'C'] as const).reduce((sum, letter) => sum + world.motors.speed(`CH-K-201${letter}`), 0) / 3;
    const cooling = world.load * (1 + 0.012 * (world.weather.temperature - 21));
    compression.wanted = 1.15 * running * cooling;
    expansion.wanted = Math.max(0, Math.min(2.6, 1.15 * cooling + 0.09 * (setPoint - levelOf(drum)))) * world.motors.speed('AR-P-101A') ** 0.2;
  };
};

/**
 * A vessel that its unit's flow runs through under level control. When the unit's motors stop, the outlet stops at once and the
 * feed runs on for a minute: the level leaves its band, as it does in a real trip.
 */
const throughFlow = (world: World, item: Equipment, vessel: Vessel, [low, high]: Band): Step => {
  const inlet = world.inventory.transfer(undefined, vessel);
  const outlet = world.inventory.transfer(vessel, undefined);
  const tag = world.plant.tags.find(({ id }) => id === `${item.id}.FT1`);
  const design = (((tag?.normal?.[0] ?? 0) + (tag?.normal?.[1] ?? 0)) / 2 / 3600) * densityOf(item);
  /** Stores for the bad day (fire water, caustic) keep what they have. */
  const still = item.kind === 'storage-tank' && (item.unit === 'FW' || item.unit === 'CL');
  const setPoint = Math.min(levelOf(vessel), (low + high) / 2 + (high - low) * 0.4);
  const swing = drift(world.random.fork(`${item.id} feed`), 120, 0.03);
  const most = vessel.capacityKg * MOST_PER_SECOND;
  return (dt) => {
    const unit = world.units.get(item.unit)!;
    const feed = still ? 0 : Math.min(design, most) * (world.load / 0.86) * (1 + swing(dt));
    inlet.wanted = feed * unit.feed;
    outlet.wanted = Math.max(0, feed * unit.activity + (levelOf(vessel) - setPoint) * 0.01 * most * (unit.activity > 0.5 ? 8 : 0));
  };
};

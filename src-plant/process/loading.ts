import type { Equipment } from '../../src-shared/plant/index.ts';
import type { Device, Step } from './devices/device.ts';
import { densityOf, type World } from './world.ts';

/** A loading arm through its day: waits for a truck, is earthed, loads a batch with a slow start and a slow end, lets go. */
export type Arm = { readonly item: Equipment; /** m³/h now. */ rate: number; total: number };

const BATCH = 27;

export const createArm = (item: Equipment, rated: number): Arm & { readonly rated: number } => ({ item, rate: 0, total: 0, rated });

export const loadingArm = (device: Device, arm: ReturnType<typeof createArm>): Step => {
  const { world, random } = device;
  let state: 'waiting' | 'earthing' | 'loading' = random.next() < 0.5 ? 'loading' : 'waiting';
  let left = state === 'loading' ? 0 : random.between(60, 900);
  // Ammonia comes by truck on planned days only: the unloading arm of that unit rests.
  if (device.item.unit === 'AR') [state, left] = ['waiting', Infinity];
  if (state === 'loading' && left === 0) arm.total = random.between(0, BATCH * 0.8);
  return (dt) => {
    const open = world.hour >= 6 && world.hour < 22;
    left -= dt;
    if (state === 'waiting' && left <= 0 && open) [state, left, arm.total] = ['earthing', random.between(60, 180), 0];
    else if (state === 'earthing' && left <= 0) state = 'loading';
    else if (state === 'loading' && arm.total >= BATCH) [state, left] = ['waiting', random.between(300, 1500)];
    const full = arm.total < 1.5 ? 0.3 : arm.total > BATCH - 1.5 ? 0.25 : 0.9;
    const wanted = state === 'loading' ? arm.rated * full * device.unit.activity * pumpSpeed(world, device.item) : 0;
    arm.rate += ((wanted - arm.rate) * dt) / (dt + 4);
    if (arm.rate < 0.05) arm.rate = 0;
    arm.total += (arm.rate * dt) / 3600;
    device.set('FT1', arm.rate);
    device.set('TOT', arm.total);
    device.set('PT1', 0.06 + 0.3 * (arm.rate / arm.rated));
    device.set('TT1', world.weather.temperature - 1);
    device.set('GND', state === 'waiting' ? 0 : 1);
    device.set('OVF', 0);
    device.set('ZT', 100 * (arm.rate / arm.rated));
    device.set('STA', state === 'loading' ? 1 : 0);
  };
};

/** The pumps that feed an arm, by what it loads. */
const FARM: Partial<Record<NonNullable<Equipment['substance']>, string>> = { gasoline: 'GT', methanol: 'MT', benzene: 'BT', lpg: 'LP' };
const pumpSpeed = (world: World, arm: Equipment): number => {
  const farm = FARM[arm.substance ?? 'water'];
  return farm === undefined ? 1 : world.motors.speed(`${farm}-P-101A`);
};

/** kg/s that the arms draw from a farm. */
export const drawnFrom = (farm: string, arms: readonly Arm[]): number =>
  arms.filter(({ item }) => FARM[item.substance ?? 'water'] === farm && item.unit === 'LB').reduce((sum, { item, rate }) => sum + (rate / 3600) * densityOf(item), 0);

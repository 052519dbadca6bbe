import type { Equipment, Tag } from '../../../src-shared/plant/index.ts';
import { drift, type Random } from '../random.ts';
import type { UnitState, World } from '../world.ts';

/** The middle and half width of a tag's usual band: what the plant was designed for. */
export type Design = { readonly mid: number; readonly half: number };

/** One equipment and its tags, as a device model sees them. */
export type Device = {
  readonly item: Equipment;
  readonly world: World;
  readonly unit: UnitState;
  readonly random: Random;
  has(suffix: string): boolean;
  design(suffix: string): Design;
  /** Sets the true value of a tag; a suffix that the equipment lacks is ignored. */
  set(suffix: string, value: number): void;
  get(suffix: string): number;
  /** Tags that no line of the device's own model sets. */
  unset(): readonly Tag[];
};
/** Advances one equipment by some seconds. */
export type Step = (dt: number) => void;

export const createDevice = (item: Equipment, world: World, signals: { readonly truth: Float64Array; readonly tags: readonly { readonly tag: Tag; readonly index: number }[] }): Device => {
  const bySuffix = new Map(signals.tags.map(({ tag, index }) => [tag.id.slice(item.id.length + 1), { tag, index }]));
  const used = new Set<string>();
  const unit = world.units.get(item.unit);
  if (unit === undefined) throw new Error(`${item.id}: unknown unit ${item.unit}`);
  return {
    item,
    world,
    unit,
    random: world.random.fork(item.id),
    has: (suffix) => bySuffix.has(suffix),
    design(suffix) {
      const [low, high] = bySuffix.get(suffix)?.tag.normal ?? [0, 0];
      return { mid: (low + high) / 2, half: (high - low) / 2 };
    },
    set(suffix, value) {
      used.add(suffix);
      const found = bySuffix.get(suffix);
      if (found !== undefined) signals.truth[found.index] = value;
    },
    get: (suffix) => signals.truth[bySuffix.get(suffix)?.index ?? -1] ?? Number.NaN,
    unset: () => [...bySuffix].filter(([suffix]) => !used.has(suffix)).map(([, { tag }]) => tag),
  };
};

/**
 * A value under control: it wanders inside its usual band, follows the plant's load a little, and leaves the band when its unit is
 * upset. `follows` says how it goes then: with activity to nothing (flows, currents), up or down by so many half widths.
 */
export const regulated = (device: Device, suffix: string, follows: { readonly activity?: boolean; readonly upset?: number; readonly load?: number; readonly tauS?: number } = {}): Step => {
  const { mid, half } = device.design(suffix);
  const wander = drift(device.random.fork(suffix), follows.tauS ?? 90, 0.28);
  const bias = device.random.between(-0.25, 0.25);
  const { world, unit } = device;
  return (dt) => {
    const usual = mid + half * (bias + wander(dt) + (follows.load ?? 0.5) * (world.load - 0.86) * 4);
    device.set(suffix, usual * (follows.activity === true ? unit.activity : 1) + (follows.upset ?? 0) * half * unit.upset);
  };
};

/** A temperature (or the like) that follows its target with a time constant. */
export const lagged = (start: number, tauS: number): ((target: number, dt: number) => number) => {
  let value = start;
  return (target, dt) => (value += ((target - value) * dt) / (dt + tauS));
};

/** Runs several steps in order. */
export const all = (...steps: readonly Step[]): Step => (dt) => {
  for (const step of steps) step(dt);
};

/**
 * How a tag that has no line of its own goes when its unit is upset, by kind and kind of equipment: cooling is lost before heat,
 * so columns and reactors warm and gain pressure; flows stop; levels drift.
 */
export const usualUpset = (device: Device, tag: Pick<Tag, 'id' | 'kind' | 'unit'>): { readonly activity?: boolean; readonly upset?: number } => {
  const sign = device.random.fork(`${tag.id} sign`).next();
  switch (tag.kind) {
    case 'flow': case 'current': case 'power': case 'speed': return { activity: true };
    case 'pressure': return device.item.kind === 'column' || device.item.kind === 'reactor' ? { upset: 4.5 + 3 * sign } : tag.unit === 'kPa' ? { activity: true } : { upset: sign < 0.3 ? -2 : 3.2 };
    case 'temperature': return { upset: device.item.kind === 'furnace' ? -4 : device.item.kind === 'reactor' ? 4 + 6 * sign : 2 + 4.5 * sign };
    case 'concentration': return { upset: tag.unit === '%' ? -6 * sign : 3 };
    case 'level': return { upset: sign < 0.5 ? -2.6 : 2.6 };
    default: return {};
  }
};

/** Gives every tag that the device's model left alone a usual course. */
export const theRest = (device: Device): Step => {
  const steps = device.unset().map((tag): Step => {
    const suffix = tag.id.slice(device.item.id.length + 1);
    const { mid } = device.design(suffix);
    if (tag.states !== undefined) return () => device.set(suffix, mid);
    return regulated(device, suffix, usualUpset(device, tag));
  });
  return all(...steps);
};

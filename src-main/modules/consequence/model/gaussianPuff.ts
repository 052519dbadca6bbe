import { downwind } from './atmosphere.ts';
import { stationAt, type Cloud } from './cloud.ts';
import type { Spread } from './sigmas.ts';

/** Centre and field of one puff of `mass` kg: m/((2π)^1.5 σx σy σz) with ground reflection, σx = σy. kg/m³. */
export const gaussianPuff = (
  puff: { readonly mass: number; readonly height: number },
  spread: Spread,
  at: { readonly along: number; readonly across: number; readonly z: number },
): number => {
  const flat = Math.exp(-(at.along ** 2 + at.across ** 2) / (2 * spread.y ** 2));
  const up = Math.exp(-((at.z - puff.height) ** 2) / (2 * spread.z ** 2)) + Math.exp(-((at.z + puff.height) ** 2) / (2 * spread.z ** 2));
  return (puff.mass / ((2 * Math.PI) ** 1.5 * spread.y ** 2 * spread.z)) * flat * up;
};

/** One puff of a bent plume: centre in plant metres, volume of pure gas m³, horizontal and vertical spread, centre height. */
export type Puff = { readonly x: number; readonly y: number; readonly volume: number; readonly spread: number; readonly spreadZ: number; readonly height: number };

/** Wind and release from `at` (seconds, ascending) until the next entry. `rate` scales the cloud's own release (1 as computed, 0 none). */
export type WindStep = { readonly at: number; readonly speed: number; readonly windFrom: number; readonly rate: number };

/**
 * Puffs of a release under a turning wind at time `now`. Each is released into the wind of its moment and then carried by whatever wind blows; it spreads
 * with the distance it travelled as the steady cloud of the same release does, so that a steady wind gives the steady cloud back.
 * `cloud` is the steady cloud at the reference wind speed.
 */
export const puffsOf = (
  cloud: Cloud,
  source: { readonly x: number; readonly y: number },
  history: { readonly wind: readonly WindStep[]; readonly now: number; readonly referenceSpeed: number },
): readonly Puff[] => {
  const { wind, now, referenceSpeed } = history;
  const start = wind[0]?.at ?? now;
  const reach = cloud.x[cloud.x.length - 1]!;
  const puffs: Puff[] = [];
  const volumeRate = cloud.flux[cloud.flux.length - 1]! * cloud.speed[cloud.speed.length - 1]!;
  // Puffs closer together than half their own spread give a smooth plume: young puffs are many, old ones few.
  let releasedAt = now;
  while (releasedAt > start) {
    const age = now - releasedAt;
    const spacing = Math.max(0.25, 0.03 * age);
    const interval = Math.min(spacing, releasedAt - start);
    const moment = releasedAt - interval / 2;
    const step = stepAt(wind, moment);
    const carried = carry(cloud, wind, { from: moment, to: now, referenceSpeed });
    if (carried.travelled > reach) break;
    const volume = volumeRate * step.rate * interval;
    if (volume > 0) {
      const place = stationAt(cloud, Math.max(carried.travelled, cloud.x[0]!));
      const { index, weight } = place ?? { index: 0, weight: 0 };
      const value = (values: Float64Array): number => values[index]! * (1 - weight) + values[index + 1]! * weight;
      // A box of half-width b smeared by β has the variance (b² + 3β²)/3 across the wind.
      const spread = Math.sqrt(value(cloud.spreadY) ** 2 + value(cloud.halfWidth) ** 2 / 3);
      puffs.push({ x: source.x + carried.east, y: source.y + carried.north, volume, spread, spreadZ: value(cloud.spreadZ), height: value(cloud.centreHeight) });
    }
    releasedAt -= interval;
  }
  return puffs;
};

const stepAt = (wind: readonly WindStep[], at: number): WindStep => {
  let found = wind[0]!;
  for (const step of wind) if (step.at <= at) found = step;
  return found;
};

const carry = (cloud: Cloud, wind: readonly WindStep[], span: { readonly from: number; readonly to: number; readonly referenceSpeed: number }): { readonly east: number; readonly north: number; readonly travelled: number } => {
  let [east, north, travelled] = [0, 0, 0];
  let at = span.from;
  while (at < span.to) {
    const step = stepAt(wind, at);
    const next = wind.find((later) => later.at > at)?.at ?? Infinity;
    const until = Math.min(span.to, next, at + Math.max(1, 0.1 * (at - span.from)));
    const place = stationAt(cloud, Math.max(travelled, cloud.x[0]!));
    const own = place === null ? cloud.speed[cloud.speed.length - 1]! : cloud.speed[place.index]!;
    const distance = own * (step.speed / span.referenceSpeed) * (until - at);
    const [toEast, toNorth] = downwind(step.windFrom);
    east += distance * toEast;
    north += distance * toNorth;
    travelled += distance;
    at = until;
  }
  return { east, north, travelled };
};

import type { Equipment, PlantModel } from '../../../../src-shared/plant/index.ts';
import type { CloudExplosion } from '../../consequence/index.ts';

/** The congested space of a unit: how much of a cloud it can hold, and between which levels of congestion it lies. */
export type CongestedSpace = { readonly volumeM3: number; readonly band: CloudExplosion['congestion'] };

/** What stands smooth and alone is no obstacle that speeds a flame up. */
const SMOOTH = new Set<Equipment['kind']>(['sphere', 'storage-tank', 'cooling-tower', 'mast', 'detector-post', 'hydrant', 'fire-monitor', 'panel', 'transformer', 'flare']);
/** A cloud fills a unit no higher than this, m. */
const HIGHEST = 10;

/**
 * Congested space by unit: the box around its obstacles, up to 10 m. The share of the ground they cover is the area blockage of Pierorazio et al. 2005 (Process Safety
 * Progress 24:59): below 10 % low, to 40 % medium, above high congestion. Pipes and steel are not in a plant model, so that the upper bound is one level up.
 */
export const congestedSpaces = (plant: PlantModel): ReadonlyMap<string, CongestedSpace> =>
  new Map(plant.units.map(({ id }) => {
    const obstacles = plant.equipment.filter((item) => item.unit === id && !SMOOTH.has(item.kind));
    return [id, spaceOf(obstacles)];
  }));

const spaceOf = (obstacles: readonly Equipment[]): CongestedSpace => {
  if (obstacles.length < 2) return { volumeM3: 0, band: ['low', 'medium'] };
  const side = (axis: 0 | 1): number => Math.max(...obstacles.map((item) => item.position[axis] + item.size[axis] / 2)) - Math.min(...obstacles.map((item) => item.position[axis] - item.size[axis] / 2));
  const area = side(0) * side(1);
  const blocked = obstacles.reduce((sum, { size: [length, width] }) => sum + length * width, 0) / area;
  const height = Math.min(HIGHEST, obstacles.reduce((sum, { size }) => sum + size[2], 0) / obstacles.length);
  return { volumeM3: area * height, band: blocked < 0.1 ? ['low', 'medium'] : ['medium', 'high'] };
};

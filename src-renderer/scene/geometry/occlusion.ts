import { contains, type Point, type Point3 } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { PLATE_MARGIN } from './plantGeometry.ts';

/**
 * Soft contact shade, worked out once from a height field: how much of the sky a place sees past the big things around
 * it. Gives the twin the look of a model under an overcast sky for the price of one texture.
 */
export type HeightField = { readonly x0: number; readonly y0: number; readonly nx: number; readonly ny: number; /** Top of what stands on each square metre. */ readonly top: Float32Array; /** Highest top within reach of each 8 m tile, row-major. */ readonly near: Float32Array };

const CELL = 1;
const BULKY = new Set(['sphere', 'storage-tank', 'horizontal-vessel', 'vertical-vessel', 'column', 'compressor', 'heat-exchanger', 'cooling-tower', 'furnace', 'reactor', 'cylinder-rack', 'transformer', 'panel', 'other', 'fan', 'pump']);

/** Heights of buildings, bulky equipment, bund walls and green belts on a grid of one metre. */
export const heightField = (plant: PlantModel): HeightField => {
  const [x0, y0] = [-PLATE_MARGIN, -PLATE_MARGIN];
  const nx = Math.ceil((plant.site.width + 2 * PLATE_MARGIN) / CELL);
  const ny = Math.ceil((plant.site.depth + 2 * PLATE_MARGIN) / CELL);
  const top = new Float32Array(nx * ny);
  const fill = (xs: readonly number[], ys: readonly number[], options: { height: number; inside: (x: number, y: number) => boolean }) => {
    for (let j = Math.max(0, Math.floor(Math.min(...ys) - y0)); j <= Math.min(ny - 1, Math.max(...ys) - y0); j += 1) {
      for (let i = Math.max(0, Math.floor(Math.min(...xs) - x0)); i <= Math.min(nx - 1, Math.max(...xs) - x0); i += 1) {
        if (options.inside(x0 + i + 0.5, y0 + j + 0.5)) top[j * nx + i] = Math.max(top[j * nx + i]!, options.height);
      }
    }
  };
  for (const { kind, shape, height } of plant.structures) {
    if (kind !== 'building' && kind !== 'green') continue;
    if (kind === 'building' && plant.equipment.some(({ position }) => contains(shape, position[0], position[1]))) continue;
    fill(shape.map(([x]) => x), shape.map(([, y]) => y), { height: kind === 'green' ? 0.8 : height, inside: (x, y) => contains(shape, x, y) });
  }
  for (const { kind, position: [px, py, pz], size: [length, width, height], heading } of plant.equipment) {
    if (!BULKY.has(kind)) continue;
    const [c, s] = [Math.cos((heading * Math.PI) / 180), Math.sin((heading * Math.PI) / 180)];
    const round = kind === 'sphere' || kind === 'storage-tank' || kind === 'vertical-vessel' || kind === 'column';
    const reach = Math.hypot(length, width) / 2;
    const inside = (x: number, y: number) => {
      const [u, v]: Point = [(x - px) * c + (y - py) * s, -(x - px) * s + (y - py) * c];
      return round ? u * u + v * v < (length / 2) ** 2 : Math.abs(u) < length / 2 && Math.abs(v) < width / 2;
    };
    // What stands on legs or saddles lets light under it.
    const share = kind === 'sphere' ? 0.55 : kind === 'horizontal-vessel' || kind === 'heat-exchanger' ? 0.7 : 1;
    fill([px - reach, px + reach], [py - reach, py + reach], { height: pz + height * share, inside });
  }
  return { x0, y0, nx, ny, top, near: nearestTops(top, nx, ny) };
};

const DIRECTIONS = Array.from({ length: 10 }, (_, i) => [Math.cos((i / 10) * 2 * Math.PI), Math.sin((i / 10) * 2 * Math.PI)] as const);
const REACHES = [0.9, 1.9, 3.6, 6.5, 11, 18];
const TILE = 8;
/** Tiles to each side that the farthest reach can touch. */
const AROUND = Math.ceil(REACHES.at(-1)! / TILE);

const nearestTops = (top: Float32Array, nx: number, ny: number): Float32Array => {
  const [tx, ty] = [Math.ceil(nx / TILE), Math.ceil(ny / TILE)];
  const own = new Float32Array(tx * ty);
  for (let j = 0; j < ny; j += 1) for (let i = 0; i < nx; i += 1) own[(j >> 3) * tx + (i >> 3)] = Math.max(own[(j >> 3) * tx + (i >> 3)]!, top[j * nx + i]!);
  return own.map((_, tile) => {
    const [i, j] = [tile % tx, Math.floor(tile / tx)];
    let highest = 0;
    for (let b = Math.max(0, j - AROUND); b <= Math.min(ty - 1, j + AROUND); b += 1) for (let a = Math.max(0, i - AROUND); a <= Math.min(tx - 1, i + AROUND); a += 1) highest = Math.max(highest, own[b * tx + a]!);
    return highest;
  });
};

/** Share of sky seen from a point, 0 to 1; a surface facing (nx, ny) looks only to its own side. */
export const skySeen = (field: HeightField, [x, y, z]: Point3, [nx, ny]: Point = [0, 0]): number => {
  const [u, v] = [x - field.x0, y - field.y0];
  if (u < 0 || v < 0 || u >= field.nx || v >= field.ny) return 1;
  if (field.near[(v >> 3) * Math.ceil(field.nx / TILE) + (u >> 3)]! <= z) return 1;
  let [sum, weights] = [0, 0];
  for (let d = 0; d < DIRECTIONS.length; d += 1) {
    const [dx, dy] = DIRECTIONS[d]!;
    if (dx * nx + dy * ny < -0.2) continue;
    let steepest = 0;
    for (let r = 0; r < REACHES.length; r += 1) {
      const [i, j] = [Math.floor(u + dx * REACHES[r]!), Math.floor(v + dy * REACHES[r]!)];
      if (i < 0 || j < 0 || i >= field.nx || j >= field.ny) break;
      const rise = (field.top[j * field.nx + i]! - z) / REACHES[r]!;
      if (rise > steepest) steepest = rise;
    }
    sum += 1 / (1 + steepest * steepest);
    weights += 1;
  }
  return weights === 0 ? 1 : sum / weights;
};

/** Sky seen by every square metre of ground, one byte each, row-major from the south-west. */
export const groundShade = (field: HeightField): Uint8Array => {
  const shade = new Uint8Array(field.nx * field.ny);
  for (let j = 0; j < field.ny; j += 1) {
    for (let i = 0; i < field.nx; i += 1) shade[j * field.nx + i] = Math.round(255 * skySeen(field, [field.x0 + i + 0.5, field.y0 + j + 0.5, 0.1]));
  }
  return shade;
};

/** Sky seen by every vertex of a mesh, one byte each. */
export const vertexShade = (field: HeightField, position: Float32Array, normal: Float32Array): Uint8Array => {
  const count = position.length / 3;
  const shade = new Uint8Array(count);
  for (let n = 0; n < count; n += 1) {
    const [nx, ny] = [normal[3 * n]!, normal[3 * n + 1]!];
    shade[n] = Math.round(255 * skySeen(field, [position[3 * n]! + nx * 0.8, position[3 * n + 1]! + ny * 0.8, position[3 * n + 2]! + 0.2], [nx, ny]));
  }
  return shade;
};

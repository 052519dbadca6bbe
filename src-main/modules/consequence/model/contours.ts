import type { Grid } from './field.ts';

/** A closed ring in plant metres: x, y, x, y…; the first point is not repeated. Outer rings turn counter-clockwise, holes clockwise. */
export type Ring = Float64Array;

/**
 * Rings that enclose the cells at or above `level`, by marching squares with linear interpolation along cell edges. The grid counts as
 * surrounded by cells below the level, so that every ring closes; at a saddle the centre's mean decides.
 */
export const contourRings = (values: Float32Array, grid: Grid, level: number): readonly Ring[] => {
  const { nx, ny } = grid;
  const width = nx + 2;
  const at = (i: number, j: number): number => (i < 1 || j < 1 || i > nx || j > ny ? -Infinity : values[(j - 1) * nx + i - 1]!);
  // An edge is named by the node at its south or west end: 2 · node for the edge going east, + 1 for the one going north.
  const nextEdge = new Map<number, number>();
  const link = (from: number, to: number): void => void nextEdge.set(from, to);
  for (let j = 0; j <= ny; j += 1) {
    for (let i = 0; i <= nx; i += 1) {
      const a = at(i, j);
      const b = at(i + 1, j);
      const c = at(i + 1, j + 1);
      const d = at(i, j + 1);
      const shape = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
      if (shape === 0 || shape === 15) continue;
      const node = j * width + i;
      const [south, east, north, west] = [2 * node, 2 * (node + 1) + 1, 2 * (node + width), 2 * node + 1];
      const isJoined = (a + b + c + d) / 4 >= level;
      // Each pair is walked with the high side on the left.
      switch (shape) {
        case 1: link(south, west); break;
        case 2: link(east, south); break;
        case 3: link(east, west); break;
        case 4: link(north, east); break;
        case 5: if (isJoined) { link(south, east); link(north, west); } else { link(south, west); link(north, east); } break;
        case 6: link(north, south); break;
        case 7: link(north, west); break;
        case 8: link(west, north); break;
        case 9: link(south, north); break;
        case 10: if (isJoined) { link(east, north); link(west, south); } else { link(east, south); link(west, north); } break;
        case 11: link(east, north); break;
        case 12: link(west, east); break;
        case 13: link(south, east); break;
        default: link(west, south);
      }
    }
  }
  const point = (edge: number): readonly [number, number] => {
    const node = edge >> 1;
    const [i, j] = [node % width, Math.floor(node / width)];
    const isNorthward = (edge & 1) === 1;
    const [low, high] = [at(i, j), isNorthward ? at(i, j + 1) : at(i + 1, j)];
    // A neighbour outside the grid puts the ring on the grid's own border.
    const t = low === -Infinity ? 0.5 : high === -Infinity ? 0.5 : (level - low) / (high - low);
    return [grid.x0 + (i - 0.5 + (isNorthward ? 0 : t)) * grid.cell, grid.y0 + (j - 0.5 + (isNorthward ? t : 0)) * grid.cell];
  };
  const rings: Ring[] = [];
  for (const start of nextEdge.keys()) {
    const ring: number[] = [];
    let edge = start;
    for (;;) {
      const next = nextEdge.get(edge);
      if (next === undefined) break;
      nextEdge.delete(edge);
      ring.push(...point(edge));
      edge = next;
    }
    if (ring.length >= 6) rings.push(Float64Array.from(ring));
  }
  return rings;
};

/** Signed area of a ring, m²: positive for outer rings. */
export const ringArea = (ring: Ring): number => {
  let twice = 0;
  const n = ring.length;
  for (let i = 0; i < n; i += 2) twice += ring[i]! * ring[(i + 3) % n]! - ring[(i + 2) % n]! * ring[i + 1]!;
  return twice / 2;
};

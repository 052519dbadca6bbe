import type { Point } from '../../src-shared/kernel/index.ts';

/** A regular grid of samples, row-major from the south-west; sample (i, j) stands at (x0 + (i+½)·cell, y0 + (j+½)·cell). */
export type Grid = { readonly x0: number; readonly y0: number; readonly cell: number; readonly nx: number; readonly ny: number };

/**
 * Lines of equal value by marching squares with linear interpolation, joined into polylines; a line that returns to its
 * start is closed by repeating it. Samples that are not finite count as below every level.
 */
export const isolines = (grid: Grid, samples: Float32Array | Float64Array, level: number): Point[][] => {
  const { x0, y0, cell, nx, ny } = grid;
  const at = (i: number, j: number): number => {
    const value = samples[j * nx + i]!;
    return Number.isFinite(value) ? value : -Number.MAX_VALUE;
  };
  // An edge of the lattice has one crossing at most: horizontal edges are even numbers, vertical ones odd.
  const horizontal = (i: number, j: number) => 2 * (j * nx + i);
  const vertical = (i: number, j: number) => 2 * (j * nx + i) + 1;
  const points = new Map<number, Point>();
  const links = new Map<number, number[]>();
  const crossing = (edge: number, i: number, j: number): number => {
    if (!points.has(edge)) {
      const [di, dj] = edge % 2 === 0 ? [1, 0] : [0, 1];
      const [a, b] = [at(i, j), at(i + di, j + dj)];
      const t = Math.min(1, Math.max(0, (level - a) / (b - a)));
      points.set(edge, [x0 + (i + 0.5 + di * t) * cell, y0 + (j + 0.5 + dj * t) * cell]);
    }
    return edge;
  };
  const link = (a: number, b: number) => {
    links.set(a, [...(links.get(a) ?? []), b]);
    links.set(b, [...(links.get(b) ?? []), a]);
  };
  for (let j = 0; j + 1 < ny; j += 1) {
    for (let i = 0; i + 1 < nx; i += 1) {
      const corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)] as const;
      const inside = corners.map((value) => value >= level);
      const cut: number[] = [];
      if (inside[0] !== inside[1]) cut.push(crossing(horizontal(i, j), i, j));
      if (inside[1] !== inside[2]) cut.push(crossing(vertical(i + 1, j), i + 1, j));
      if (inside[2] !== inside[3]) cut.push(crossing(horizontal(i, j + 1), i, j + 1));
      if (inside[3] !== inside[0]) cut.push(crossing(vertical(i, j), i, j));
      if (cut.length === 2) link(cut[0]!, cut[1]!);
      if (cut.length === 4) {
        // A saddle: the mean says whether the two inside corners are joined.
        const joined = (corners[0] + corners[1] + corners[2] + corners[3]) / 4 >= level;
        const pairs = joined === inside[0] ? [[0, 1], [2, 3]] : [[3, 0], [1, 2]];
        for (const [a, b] of pairs as [number, number][]) link(cut[a]!, cut[b]!);
      }
    }
  }
  const used = new Set<number>();
  const follow = (start: number): Point[] => {
    const line = [points.get(start)!];
    used.add(start);
    let current = start;
    for (;;) {
      const next = links.get(current)!.find((edge) => !used.has(edge));
      if (next === undefined) break;
      used.add(next);
      line.push(points.get(next)!);
      current = next;
    }
    if (line.length > 2 && links.get(current)!.includes(start)) line.push(points.get(start)!);
    return line;
  };
  const ends = [...links.keys()].filter((edge) => links.get(edge)!.length === 1);
  return [...ends, ...links.keys()].filter((edge) => !used.has(edge)).map((edge) => (used.has(edge) ? [] : follow(edge))).filter((line) => line.length > 1);
};

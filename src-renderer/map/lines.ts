import { distance, type Point, type Polygon } from '../../src-shared/kernel/index.ts';

/** Geometry of hatches, dashes, chevrons and crosses. Plant metres. */

/** Alternating x, y to points. */
export const pointsOf = (flat: ArrayLike<number>): Point[] => Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);

export const lengthOf = (line: readonly Point[]): number => line.slice(1).reduce((sum, b, i) => sum + distance(line[i]!, b), 0);

/** Parallel lines at `degrees` clipped to a polygon (even-odd), `spacing` metres apart; each is a pair of points. The pattern is fixed to the site, so neighbours match. */
export const hatch = (polygon: Polygon, spacing: number, degrees = 45): (readonly [Point, Point])[] => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  // u runs along the hatch, v across it.
  const turned = polygon.map(([x, y]): Point => [x * c + y * s, -x * s + y * c]);
  const vs = turned.map(([, v]) => v);
  const lines: (readonly [Point, Point])[] = [];
  for (let n = Math.ceil(Math.min(...vs) / spacing); n * spacing < Math.max(...vs); n += 1) {
    const v = n * spacing;
    const cuts = turned
      .flatMap(([u1, v1], i) => {
        const [u2, v2] = turned[(i + 1) % turned.length]!;
        return v1 > v === v2 > v ? [] : [u1 + ((u2 - u1) * (v - v1)) / (v2 - v1)];
      })
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i += 2) lines.push([[cuts[i]! * c - v * s, cuts[i]! * s + v * c], [cuts[i + 1]! * c - v * s, cuts[i + 1]! * s + v * c]]);
  }
  return lines;
};

/** The point at `s` metres along a line and the direction there (unit vector); ends are held. */
export const along = (line: readonly Point[], s: number): { readonly point: Point; readonly direction: Point } => {
  let left = Math.max(0, s);
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const length = distance(a, b);
    if (length === 0) continue;
    if (left <= length || i === line.length - 1) {
      const t = Math.min(1, left / length);
      return { point: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], direction: [(b[0] - a[0]) / length, (b[1] - a[1]) / length] };
    }
    left -= length;
  }
  return { point: line[0] ?? [0, 0], direction: [1, 0] };
};

/** Cuts a line into dashes that run on round its corners. */
export const dashed = (line: readonly Point[], on: number, off: number): Point[][] => {
  const total = lengthOf(line);
  const pieces: Point[][] = [];
  const starts = line.map((_, i) => lengthOf(line.slice(0, i + 1)));
  for (let s = 0; s < total; s += on + off) {
    const end = Math.min(total, s + on);
    pieces.push([along(line, s).point, ...line.filter((_, i) => starts[i]! > s && starts[i]! < end), along(line, end).point]);
  }
  return pieces;
};

/** Arrow heads (three points each) along a route, `spacing` apart, moved on by `phase` (0 to 1) of a spacing. */
export const chevrons = (line: readonly Point[], options: { spacing: number; size: number; phase: number }): Point[][] => {
  const { spacing, size, phase } = options;
  const total = lengthOf(line);
  const heads: Point[][] = [];
  for (let s = (phase % 1) * spacing; s < total; s += spacing) {
    if (s < size) continue;
    const { point: [x, y], direction: [dx, dy] } = along(line, s);
    heads.push([[x - dx * size - dy * size, y - dy * size + dx * size], [x, y], [x - dx * size + dy * size, y - dy * size - dx * size]]);
  }
  return heads;
};

/** Two strokes through the middle of a segment: closed to everybody. */
export const cross = (a: Point, b: Point, size: number): Point[][] => {
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  return [[[x - size, y - size], [x + size, y + size]], [[x - size, y + size], [x + size, y - size]]];
};

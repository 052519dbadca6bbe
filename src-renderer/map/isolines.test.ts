import { expect, test } from 'vitest';
import { distance } from '../../src-shared/kernel/index.ts';
import { type Grid, isolines } from './isolines.ts';

const sampled = (grid: Grid, of: (x: number, y: number) => number): Float64Array => Float64Array.from({ length: grid.nx * grid.ny }, (_, n) => of(grid.x0 + ((n % grid.nx) + 0.5) * grid.cell, grid.y0 + (Math.floor(n / grid.nx) + 0.5) * grid.cell));
const grid: Grid = { x0: -50, y0: -40, cell: 2, nx: 50, ny: 40 };

test('a cone gives one closed circle of the right radius', () => {
  const lines = isolines(grid, sampled(grid, (x, y) => 100 - Math.hypot(x - 3, y + 5)), 80);
  expect(lines).toHaveLength(1);
  expect(lines[0]![0]).toEqual(lines[0]!.at(-1));
  for (const point of lines[0]!) expect(distance(point, [3, -5])).toBeCloseTo(20, 1);
});

test('two hills give two lines, and a slope one open line from edge to edge', () => {
  const hills = sampled(grid, (x, y) => Math.max(30 - Math.hypot(x + 25, y), 30 - Math.hypot(x - 25, y)));
  expect(isolines(grid, hills, 20)).toHaveLength(2);
  const slope = isolines(grid, sampled(grid, (x) => x), 7.3);
  expect(slope).toHaveLength(1);
  expect(slope[0]).toHaveLength(grid.ny);
  for (const [x] of slope[0]!) expect(x).toBeCloseTo(7.3);
});

test('a level nobody reaches gives nothing; missing samples are below every level', () => {
  const cone = sampled(grid, (x, y) => 100 - Math.hypot(x, y));
  expect(isolines(grid, cone, 500)).toEqual([]);
  const holed = cone.map((value, n) => (n % grid.nx === 25 ? Number.NaN : value));
  for (const line of isolines(grid, holed, 80)) for (const [x, y] of line) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
});

test('a saddle is joined or parted, never crossed', () => {
  const small: Grid = { x0: 0, y0: 0, cell: 1, nx: 2, ny: 2 };
  for (const level of [0.4, 0.6]) {
    const lines = isolines(small, Float64Array.of(1, 0, 0, 1), level);
    expect(lines.map((line) => line.length)).toEqual([2, 2]);
  }
});

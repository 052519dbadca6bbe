import { expect, test } from 'vitest';
import type { RiskField } from '../../src-shared/contract/risk.ts';
import { around, riskContours } from './riskContours.ts';

const cone = (x0: number, y0: number, shape: { readonly cell: number; readonly nx: number; readonly ny: number }) => ({
  x0, y0, ...shape, standing: new Float32Array(shape.nx * shape.ny),
  perYear: Float32Array.from({ length: shape.nx * shape.ny }, (_value, k) => 1e-5 * Math.exp(-Math.hypot(x0 + ((k % shape.nx) + 0.5) * shape.cell - 50, y0 + (Math.floor(k / shape.nx) + 0.5) * shape.cell - 50) / 40)),
});
const field: RiskField = { at: 0, ...cone(0, 0, { cell: 5, nx: 20, ny: 20 }), outer: cone(-500, -500, { cell: 25, nx: 44, ny: 44 }), model: '', top: [], causes: [], computeMs: 0 };

test.each([8e-6, 1e-6, 1e-7])('a contour of %s per year closes, on the site or beyond its fence', (level) => {
  const lines = riskContours(field, level);
  expect(lines).toHaveLength(1);
  expect(lines[0]!.at(-1)).toEqual(lines[0]![0]);
  const away = Math.max(...lines[0]!.map(([x, y]) => Math.hypot(x - 50, y - 50)));
  expect(away / (40 * Math.log(1e-5 / level))).toBeCloseTo(1, 0);
});

test('around the site nothing is painted twice', () => {
  const { perYear, nx, x0, y0, cell } = around(field);
  expect(perYear[Math.floor((50 - y0) / cell) * nx + Math.floor((50 - x0) / cell)]).toBe(0);
  expect(perYear[Math.floor((-40 - y0) / cell) * nx + Math.floor((50 - x0) / cell)]).toBeGreaterThan(0);
});

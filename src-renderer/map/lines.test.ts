import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contains, distance, type Point } from '../../src-shared/kernel/index.ts';
import { along, chevrons, dashed, hatch, lengthOf } from './lines.ts';

const square: Point[] = [[0, 0], [40, 0], [40, 40], [0, 40]];
const hook: Point[] = [[0, 0], [30, 0], [30, 20]];

test('a hatch covers its area: total length times spacing is the area', () => {
  const total = hatch(square, 2).reduce((sum, [a, b]) => sum + distance(a, b), 0);
  expect(total * 2).toBeCloseTo(1_600, -2);
});

test('a hatch runs at 45 degrees, inside, and neighbours carry it on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 5, max: 60 }), fc.double({ min: -50, max: 50, noNaN: true }), (corners, radius, shift) => {
      const polygon = Array.from({ length: corners }, (_, i): Point => [shift + Math.cos((i / corners) * 2 * Math.PI) * radius, Math.sin((i / corners) * 2 * Math.PI) * radius]);
      for (const [a, b] of hatch(polygon, 3)) {
        expect(Math.abs(b[1] - a[1] - (b[0] - a[0]))).toBeLessThan(1e-6);
        if (distance(a, b) > 0.01) expect(contains(polygon, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2)).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
  const offsets = (polygon: Point[]) => hatch(polygon, 8).map(([a]) => (((a[1] - a[0]) * Math.SQRT1_2) / 8) % 1).map((offset) => Math.abs(Math.round(offset) - offset));
  for (const offset of [...offsets(square), ...offsets(square.map(([x, y]): Point => [x + 43.7, y + 11.1]))]) expect(offset).toBeLessThan(1e-9);
});

test('dashes keep to the line and to their length, round corners', () => {
  const pieces = dashed(hook, 4, 3);
  for (const piece of pieces.slice(0, -1)) expect(lengthOf(piece)).toBeCloseTo(4);
  expect(pieces.some((piece) => piece.length > 2)).toBe(true);
  expect(pieces.reduce((sum, piece) => sum + lengthOf(piece), 0)).toBeCloseTo(29);
});

test('the point at a distance is on the line and knows where it goes', () => {
  expect(along(hook, 35)).toEqual({ point: [30, 5], direction: [0, 1] });
  expect(along(hook, 99).point).toEqual([30, 20]);
  expect(along(hook, -1).point).toEqual([0, 0]);
});

test('chevrons point the way and move on with the phase', () => {
  const [left, tip, right] = chevrons([[0, 0], [100, 0]], { spacing: 10, size: 2, phase: 0.5 })[0]!;
  expect(tip).toEqual([5, 0]);
  expect([left, right]).toEqual([[3, 2], [3, -2]]);
  expect(chevrons([[0, 0], [100, 0]], { spacing: 10, size: 2, phase: 0.8 })[0]![1]).toEqual([8, 0]);
});

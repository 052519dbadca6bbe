import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildWalkGraph } from './graph.ts';
import { createLocator } from './locate.ts';

const point = fc.tuple(fc.double({ min: 0, max: 400, noNaN: true }), fc.double({ min: 0, max: 400, noNaN: true }));

test('finds the same nearest edge as looking at all of them', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 2, maxLength: 25 }), point, (places, [x, y]) => {
      const graph = buildWalkGraph({
        walkways: { nodes: places.map((position, i) => ({ id: `n${i}`, position, kind: 'junction' })), edges: places.slice(1).map((_place, i) => ({ id: `e${i}`, from: `n${i}`, to: `n${i + 1}`, width: 2, kind: 'road' })) },
        muster: [{ id: 'm', name: { zh: '集', en: 'm' }, node: 'n0', capacity: 1 }],
      });
      const away = (e: number): number => {
        const [ax, ay, bx, by] = [graph.x[graph.from[e]!]!, graph.y[graph.from[e]!]!, graph.x[graph.to[e]!]!, graph.y[graph.to[e]!]!];
        const squared = (bx - ax) ** 2 + (by - ay) ** 2;
        const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared));
        return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
      };
      const nearest = Math.min(...graph.edgeIds.map((_id, e) => away(e)));
      expect(createLocator(graph)(x, y)!.away).toBeCloseTo(nearest, 6);
    }),
    { numRuns: 100 },
  );
});

test('names a way whose node is missing', () => {
  expect(() => buildWalkGraph({ walkways: { nodes: [], edges: [{ id: 'E-1', from: 'a', to: 'b', width: 1, kind: 'road' }] }, muster: [] })).toThrow(/E-1.*a/);
});

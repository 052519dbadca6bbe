import fc from 'fast-check';
import { expect, test } from 'vitest';
import { performanceOf } from './compare.ts';
import { tailOf } from './graph.ts';
import type { EdgeHazard } from './hazard.ts';
import { networkOf, walkersAt } from './network.ts';
import { planEvacuation } from './plan.ts';

/** A square of ways of 10 s with muster points in two corners. */
const square = (width: number, perSecond = 1.5) => {
  const name = (i: number, j: number) => `${i}.${j}`;
  const nodes = Array.from({ length: width * width }, (_value, k) => name(k % width, Math.floor(k / width)));
  const ways = nodes.flatMap((_id, k) => {
    const [i, j] = [k % width, Math.floor(k / width)];
    return [...(i + 1 < width ? [{ from: name(i, j), to: name(i + 1, j), seconds: 10, perSecond }] : []), ...(j + 1 < width ? [{ from: name(i, j), to: name(i, j + 1), seconds: 10, perSecond }] : [])];
  });
  return networkOf({ nodes, ways, muster: [{ node: name(0, 0) }, { node: name(width - 1, width - 1) }] });
};
type Graph = ReturnType<typeof square>;

const SLICE = 10;
const SLICES = 12;
/** A danger that comes to each edge at the end of a slice and stays; its nodes go with the first of their edges, muster points never. */
const spreading = (graph: Graph, comesAt: (edge: number) => number, laterBy = 0): EdgeHazard => {
  const [edges, nodes] = [graph.edgeIds.length, graph.nodeIds.length];
  const [level, nodeLevel, loadRate] = [new Uint8Array(SLICES * edges), new Uint8Array(SLICES * nodes), new Float32Array(SLICES * edges)];
  for (let s = 0; s < SLICES; s += 1) for (let e = 0; e < edges; e += 1) if (s >= comesAt(e) + laterBy) level[s * edges + e] = 2;
  return { at: Float64Array.from({ length: SLICES }, (_value, s) => s * SLICE), level, nodeLevel, loadRate };
};

const scene = fc.record({ width: fc.integer({ min: 3, max: 6 }), at: fc.nat(1_000), people: fc.integer({ min: 1, max: 40 }), comes: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 60, maxLength: 60 }), later: fc.integer({ min: 1, max: 6 }) });

test('nobody is on an edge when the danger has come to it, waiting before it included', () => {
  let ahead = 0;
  fc.assert(
    fc.property(scene, ({ width, at, people, comes }) => {
      const graph = square(width);
      const hazard = spreading(graph, (edge) => comes[edge % comes.length]!);
      const walkers = walkersAt(graph, Array.from({ length: people }, (_value, k) => ({ node: graph.nodeIds[(at + 7 * k) % graph.nodeIds.length]!, people: 1 })));
      const plan = planEvacuation({ graph, walkers, hazard });
      for (const { way, passedS } of plan.routes) {
        way.arcs.forEach((arc, i) => {
          expect(passedS[i + 1]!).toBeGreaterThanOrEqual(passedS[i]!);
          const closes = comes[(arc >> 1) % comes.length]! * SLICE;
          expect(passedS[i + 1]!).toBeLessThanOrEqual(closes < SLICES * SLICE ? closes + 1e-9 : Infinity);
          if (closes < SLICES * SLICE) ahead += 1;
        });
      }
    }),
    { numRuns: 60, seed: 11 },
  );
  // Ways that the danger reaches later are used, and not shunned.
  expect(ahead).toBeGreaterThan(100);
});

test('an earlier danger never makes anybody arrive earlier', () => {
  fc.assert(
    fc.property(scene, ({ width, at, comes, later }) => {
      const graph = square(width);
      const walkers = walkersAt(graph, [{ node: graph.nodeIds[at % graph.nodeIds.length]!, people: 1 }]);
      const arrival = (laterBy: number) => planEvacuation({ graph, walkers, hazard: spreading(graph, (edge) => comes[edge % comes.length]!, laterBy) }).routes[0]?.arrivalS[0] ?? Infinity;
      expect(arrival(0)).toBeGreaterThanOrEqual(arrival(later));
    }),
    { numRuns: 150, seed: 12 },
  );
});

test('who was sent a way keeps it while it serves, from where they are, and the others give way to them', () => {
  const graph = square(4, 1);
  const clear = spreading(graph, () => SLICES);
  const start = graph.nodeIds.indexOf('2.1');
  const walkers = walkersAt(graph, [{ node: '2.1', people: 4 }]);
  const first = planEvacuation({ graph, walkers, hazard: clear });
  const route = first.routes[0]!;
  const sent = { edges: Uint32Array.from(route.way.arcs, (arc) => arc >> 1), muster: route.way.muster };
  // One edge on: what is left is the way without its first edge.
  const half = graph.nodeIds[tailOf(graph, route.way.arcs[1]!)]!;
  const onTheWay = walkersAt(graph, [{ node: half, people: 1 }, { node: '2.1', people: 3 }]);
  const next = planEvacuation({ graph, walkers: onTheWay, hazard: clear, sent: [sent, null, null, null] });
  const kept = next.routes.find(({ isKept }) => isKept)!;
  expect([...kept.people]).toEqual([0]);
  expect([...kept.way.arcs]).toEqual([...route.way.arcs].slice(1));
  expect(next.astray).toHaveLength(0);
  expect(performanceOf({ graph, walkers: onTheWay, hazard: clear }, next)).toMatchObject({ caught: 0, walking: 4 });
  // The danger will be on its last edge before they are: they are sent another way.
  const last = sent.edges.at(-1)!;
  const soon = spreading(graph, (edge) => (edge === last ? 1 : SLICES));
  expect(planEvacuation({ graph, walkers: onTheWay, hazard: soon, sent: [sent, null, null, null] }).routes.some(({ isKept }) => isKept)).toBe(false);
  // Somebody who is nowhere on it is planned for, and said to be astray.
  const away = graph.nodeIds.findIndex((_id, n) => n !== start && ![...sent.edges].some((edge) => graph.from[edge] === n || graph.to[edge] === n));
  const wide = { ...graph, x: graph.x.map((m) => 10 * m), y: graph.y.map((m) => 10 * m) };
  const lost = planEvacuation({ graph: wide, walkers: walkersAt(wide, [{ node: graph.nodeIds[away]!, people: 1 }]), hazard: clear, sent: [sent] });
  expect([...lost.astray]).toEqual([0]);
  expect(lost.routes).toHaveLength(1);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestExitPerformance, performanceOf } from './compare.ts';
import { freeSeconds, headOf } from './graph.ts';
import { noHazard, type EdgeHazard } from './hazard.ts';
import { networkOf, walkersAt } from './network.ts';
import { planEvacuation, type EvacuationPlan } from './plan.ts';
import { optimalClearance } from './optimum.fixture.ts';

const clearance = (plan: EvacuationPlan): number => Math.max(0, ...plan.routes.flatMap((route) => [...route.arrivalS]));
const sizeOf = (graph: { nodeIds: readonly string[]; edgeIds: readonly string[] }) => ({ nodes: graph.nodeIds.length, edges: graph.edgeIds.length });
const open = (graph: Parameters<typeof sizeOf>[0]): EdgeHazard => noHazard(sizeOf(graph));

describe('quickest flow', () => {
  test('two exits finish together: 100 persons, 1/s at 20 s and 1/s at 60 s clear in 90 s, split 70 and 30', () => {
    const graph = networkOf({ nodes: ['P', 'A', 'B'], ways: [{ from: 'P', to: 'A', seconds: 20, perSecond: 1 }, { from: 'P', to: 'B', seconds: 60, perSecond: 1 }], muster: [{ node: 'A' }, { node: 'B' }] });
    const plan = planEvacuation({ graph, walkers: walkersAt(graph, [{ node: 'P', people: 100 }]), hazard: open(graph), slackS: 0 });
    expect(Math.abs(clearance(plan) - 90)).toBeLessThanOrEqual(1);
    const sent = [0, 1].map((m) => plan.routes.filter((route) => route.way.muster === m).reduce((sum, route) => sum + route.people.length, 0));
    expect(Math.abs(sent[0]! - 70)).toBeLessThanOrEqual(1);
    expect(sent[0]! + sent[1]!).toBe(100);
  });

  test('a door lets through (N − 1)/C', () => {
    const graph = networkOf({ nodes: ['room', 'out'], ways: [{ from: 'room', to: 'out', seconds: 0.01, perSecond: 0.931 }], muster: [{ node: 'out' }] });
    const plan = planEvacuation({ graph, walkers: walkersAt(graph, [{ node: 'room', people: 100 }]), hazard: open(graph) });
    expect(Math.abs(clearance(plan) - 99 / 0.931)).toBeLessThanOrEqual(0.02);
  });

  test('on random small networks the last arrival is within 5 % of the optimum of the time-expanded network', () => {
    const network = fc.record({
      nodes: fc.integer({ min: 4, max: 8 }),
      ways: fc.array(fc.record({ from: fc.nat(7), to: fc.nat(7), seconds: fc.integer({ min: 2, max: 9 }), perSecond: fc.integer({ min: 1, max: 3 }) }), { minLength: 6, maxLength: 16 }),
      crowds: fc.array(fc.record({ node: fc.nat(7), people: fc.integer({ min: 20, max: 80 }) }), { minLength: 1, maxLength: 3 }),
    });
    const [ratios, optima]: [number[], number[]] = [[], []];
    fc.assert(
      fc.property(network, ({ nodes, ways, crowds }) => {
        const ids = Array.from({ length: nodes }, (_value, i) => `n${i}`);
        // A ring keeps every crowd connected to the two exits.
        const ring = ids.map((id, i) => ({ from: id, to: ids[(i + 1) % nodes]!, seconds: 6, perSecond: 1 }));
        const extra = ways.map((way) => ({ ...way, from: ids[way.from % nodes]!, to: ids[way.to % nodes]! })).filter((way) => way.from !== way.to);
        const graph = networkOf({ nodes: ids, ways: [...ring, ...extra], muster: [{ node: 'n0' }, { node: 'n1' }] });
        const at = crowds.map((crowd) => ({ node: `n${2 + (crowd.node % (nodes - 2))}`, people: crowd.people }));
        const plan = planEvacuation({ graph, walkers: walkersAt(graph, at), hazard: open(graph), slackS: 0 });
        expect(plan.shelter).toHaveLength(0);
        const optimum = optimalClearance(graph, at);
        optima.push(optimum);
        // The programme lets a second's worth of people in at once, the plan one after another: up to a second is that difference.
        ratios.push((clearance(plan) - 1) / optimum);
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(Math.max(...ratios)).toBeLessThan(1.05);
    // Nobody is quicker than the optimum by more than the second in which the plan lets people in one after another.
    expect(Math.min(...ratios.map((ratio, i) => ratio + 1 / optima[i]!))).toBeGreaterThan(0.999);
  }, 120_000);

  test('the quickest flow leads nobody through what is closed, over more places than there are, or earlier than walking takes', () => {
    const graph = networkOf({ nodes: ['P', 'Q', 'A', 'B'], ways: [{ from: 'P', to: 'A', seconds: 10, perSecond: 1 }, { from: 'P', to: 'Q', seconds: 5, perSecond: 1 }, { from: 'Q', to: 'A', seconds: 5, perSecond: 1 }, { from: 'Q', to: 'B', seconds: 9, perSecond: 1 }], muster: [{ node: 'A' }, { node: 'B' }] });
    const walkers = walkersAt(graph, [{ node: 'P', people: 30 }]);
    const free = planEvacuation({ graph, walkers, hazard: open(graph), slackS: 0 });
    // Two files of one a second, 10 s away.
    expect(clearance(free)).toBeLessThanOrEqual(10 + 15);
    const hazard = { ...open(graph), level: Uint8Array.of(0, 0, 1, 0) };
    const around = planEvacuation({ graph, walkers, hazard, places: Int32Array.of(12, 40), slackS: 0 });
    const to = (m: number) => around.routes.filter(({ way }) => way.muster === m).reduce((sum, route) => sum + route.people.length, 0);
    expect([to(0), to(1)]).toEqual([12, 18]);
    for (const { way } of around.routes) expect([...way.arcs].map((arc) => arc >> 1)).not.toContain(2);
    expect(clearance(around)).toBeLessThanOrEqual(14 + 18);
    for (const { way, arrivalS } of around.routes) for (const arrival of arrivalS) expect(arrival).toBeGreaterThanOrEqual([...way.arcs].reduce((sum, arc) => sum + freeSeconds(graph, arc >> 1), 0) - 1e-6);
  });
});

describe('danger', () => {
  const graph = networkOf({
    nodes: ['P', 'M', 'E1', 'E2'],
    ways: [{ from: 'P', to: 'M', seconds: 40, perSecond: 5 }, { from: 'M', to: 'E1', seconds: 40, perSecond: 5 }, { from: 'P', to: 'E2', seconds: 120, perSecond: 5 }],
    muster: [{ node: 'E1' }, { node: 'E2' }],
  });
  const one = walkersAt(graph, [{ node: 'P', people: 1 }]);
  /** Edge M–E1 closes at `from` seconds. */
  const closing = (from: number): EdgeHazard => ({ at: Float64Array.of(0, from), loadRate: new Float32Array(6), level: Uint8Array.of(0, 0, 0, 0, 1, 0), nodeLevel: new Uint8Array(8) });

  test('looks ahead: a way that the cloud reaches before its end is not taken', () => {
    expect(clearance(planEvacuation({ graph, walkers: one, hazard: open(graph) }))).toBeCloseTo(80);
    expect(clearance(planEvacuation({ graph, walkers: one, hazard: closing(70) }))).toBeCloseTo(120);
    expect(clearance(planEvacuation({ graph, walkers: one, hazard: closing(81) }))).toBeCloseTo(80);
    const blind = nearestExitPerformance({ graph, walkers: one, hazard: closing(70) });
    expect(blind.caught).toBe(1);
  });

  test('a person for whom every way is cut shelters', () => {
    const shut: EdgeHazard = { ...noHazard({ nodes: 4, edges: 3 }), level: Uint8Array.of(1, 0, 1) };
    const plan = planEvacuation({ graph, walkers: one, hazard: shut });
    expect([...plan.shelter]).toEqual([0]);
    expect(plan.routes).toHaveLength(0);
  });

  test('somebody inside the contour walks out of it but never into a greater danger', () => {
    const inside = { ...one, level: Uint8Array.of(1) };
    const around: EdgeHazard = { ...noHazard({ nodes: 4, edges: 3 }), level: Uint8Array.of(2, 0, 1), nodeLevel: Uint8Array.of(1, 0, 0, 0), loadRate: Float32Array.of(1, 0, 0.001) };
    const plan = planEvacuation({ graph, walkers: inside, hazard: around });
    expect(plan.routes[0]!.way.muster).toBe(1);
    expect(plan.routes[0]!.load[0]).toBeCloseTo(0.12);
    expect(planEvacuation({ graph, walkers: inside, hazard: around, loadLimit: 0.1 }).shelter).toHaveLength(1);
  });

  test('a full muster point sends the others on', () => {
    const plan = planEvacuation({ graph, walkers: walkersAt(graph, [{ node: 'P', people: 5 }]), hazard: open(graph), places: Int32Array.of(2, 10) });
    const sent = [0, 1].map((m) => plan.routes.filter((route) => route.way.muster === m).reduce((sum, route) => sum + route.people.length, 0));
    expect(sent).toEqual([2, 3]);
  });
});

describe('invariants on random plants', () => {
  const plant = fc.record({ width: fc.integer({ min: 3, max: 7 }), people: fc.integer({ min: 1, max: 60 }), seed: fc.integer(), danger: fc.array(fc.nat(200), { maxLength: 12 }) });
  test('everybody is counted once, ways are connected, and nobody enters a closed edge from outside', () => {
    fc.assert(
      fc.property(plant, ({ width, people, seed, danger }) => {
        const name = (i: number, j: number) => `${i}.${j}`;
        const nodes = Array.from({ length: width * width }, (_value, k) => name(k % width, Math.floor(k / width)));
        const ways = nodes.flatMap((_id, k) => {
          const [i, j] = [k % width, Math.floor(k / width)];
          return [
            ...(i + 1 < width ? [{ from: name(i, j), to: name(i + 1, j), seconds: 10, perSecond: 1.5 }] : []),
            ...(j + 1 < width ? [{ from: name(i, j), to: name(i, j + 1), seconds: 10, perSecond: 1.5 }] : []),
          ];
        });
        const graph = networkOf({ nodes, ways, muster: [{ node: name(0, 0) }, { node: name(width - 1, width - 1) }] });
        const hazard = open(graph);
        for (const k of danger) hazard.level[k % graph.edgeIds.length] = 1;
        const walkers = walkersAt(graph, Array.from({ length: people }, (_value, k) => ({ node: nodes[Math.abs(seed + 31 * k) % nodes.length]!, people: 1 })));
        const plan = planEvacuation({ graph, walkers, hazard });
        const counted = [...plan.routes.flatMap((route) => [...route.people]), ...plan.shelter].toSorted((a, b) => a - b);
        expect(counted).toEqual(Array.from({ length: people }, (_value, k) => k));
        for (const { way, arrivalS } of plan.routes) {
          let node = way.start.node;
          let seconds = 0;
          for (const arc of way.arcs) {
            expect(graph.arcs.subarray(graph.firstArc[node]!, graph.firstArc[node + 1]!)).toContain(arc);
            expect(hazard.level[arc >> 1]).toBe(0);
            node = headOf(graph, arc);
            seconds += freeSeconds(graph, arc >> 1);
          }
          expect(node).toBe(graph.muster[way.muster]!.node);
          for (const arrival of arrivalS) expect(arrival).toBeGreaterThanOrEqual(seconds - 1e-6);
        }
        const walking = new Set(plan.routes.flatMap((route) => [...route.people]));
        expect(performanceOf({ graph, walkers, hazard }, plan)).toMatchObject({ caught: 0, walking: walking.size });
      }),
      { numRuns: 80, seed: 3 },
    );
  });

  test('more capacity never makes the evacuation slower on a line of doors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.double({ min: 0.3, max: 3, noNaN: true }), fc.double({ min: 1, max: 2, noNaN: true }), (people, capacity, factor) => {
        const timed = (perSecond: number) => {
          const graph = networkOf({ nodes: ['a', 'b', 'c'], ways: [{ from: 'a', to: 'b', seconds: 5, perSecond }, { from: 'b', to: 'c', seconds: 5, perSecond: perSecond * 0.8 }], muster: [{ node: 'c' }] });
          return clearance(planEvacuation({ graph, walkers: walkersAt(graph, [{ node: 'a', people }]), hazard: open(graph) }));
        };
        expect(timed(capacity * factor)).toBeLessThanOrEqual(timed(capacity) + 1e-6 + 1 / capacity);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

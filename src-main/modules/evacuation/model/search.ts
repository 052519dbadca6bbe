import { endsOf, type End, type Group } from './groups.ts';
import { freeSeconds, headOf, tailOf, type WalkGraph } from './graph.ts';
import { edgeLevel, loadDuring, nodeLevel, paceAt, type EdgeHazard } from './hazard.ts';
import { createHeap } from './heap.ts';
import type { Slots } from './slots.ts';

/** A way from where a group stands: the end of its edge that it makes for first, then arcs, to a muster point (index). */
export type Way = { readonly start: End; readonly arcs: Uint32Array; readonly muster: number };
/** One person on a way: when they arrive (s), what load they gain, when they enter the edge they stand on (null if they stand at a node) and each arc. */
export type Walk = { readonly arrivalS: number; readonly load: number; /** Sum of the tolls of its edges, s. */ readonly toll: number; /** Edges before which the person queues. */ readonly queues: readonly number[]; readonly setOff: number | null; readonly entries: Float64Array; /** When they have passed the edge they stand on, then each arc. */ readonly passed: Float64Array };

export type Terms = {
  readonly graph: WalkGraph;
  readonly hazard: EdgeHazard;
  /** Edges that nobody can pass (a locked gate, debris). */
  readonly blocked: Uint8Array;
  readonly slots: Slots;
  /** Seconds of detour that one reference load (AEGL-2) is worth. */
  readonly loadWeight: number;
  /** Free places at each muster point. */
  readonly places: Int32Array;
  /** Seconds added to the cost of each edge, so that a crowd leaves what is scarce to those who have no other way. */
  readonly toll: Float64Array;
};

type Step = { readonly entered: number; readonly left: number; readonly load: number; readonly level: number };

/** Unimpeded seconds from every node to one node, over passable edges; Infinity where there is no way. */
export const freeDistances = (graph: WalkGraph, target: number, blocked: Uint8Array): Float64Array => {
  const seconds = new Float64Array(graph.nodeIds.length).fill(Infinity);
  const heap = createHeap();
  seconds[target] = 0;
  heap.push(0, target);
  while (heap.size > 0) {
    const at = heap.minimum;
    const node = heap.pop();
    if (at > seconds[node]!) continue;
    for (let i = graph.firstArc[node]!; i < graph.firstArc[node + 1]!; i += 1) {
      const arc = graph.arcs[i]!;
      if (blocked[arc >> 1] !== 0) continue;
      const [head, reached] = [headOf(graph, arc), at + freeSeconds(graph, arc >> 1)];
      if (reached >= seconds[head]!) continue;
      seconds[head] = reached;
      heap.push(reached, head);
    }
  }
  return seconds;
};

/**
 * Earliest-arrival search in the network as the people before have filled it: A* over time with the entry slots still free, the danger at
 * the moment of passing, and load weighed against time. The bound is the unimpeded way to each muster point, and not before that
 * point's next free slot, so that a queue at an exit does not make the search flood the plant. One label per node: exact without load,
 * and with load a label may hide a quicker, more exposed way; a second search by time alone stands in when none is found.
 */
export const createSearch = (terms: Terms): { find(group: Group, readyS: number): Way | null; /** By that way; `notBeforeS` says when each arc may be entered at the earliest. */ walk(group: Group, way: Way, readyS: number, notBeforeS?: Float64Array): Walk | null; cost(walk: Walk): number; } => {
  const { graph, hazard, blocked, slots, places, toll } = terms;
  const count = graph.nodeIds.length;
  const distances = graph.muster.map((point) => freeDistances(graph, point.node, blocked));
  const musterAt = new Int32Array(count).fill(-1);
  graph.muster.forEach((point, m) => (musterAt[point.node] = m));
  const cost = new Float64Array(count);
  const time = new Float64Array(count);
  const level = new Uint8Array(count);
  const via = new Int32Array(count);
  const seen = new Uint32Array(count);
  const settled = new Uint32Array(count);
  let round = 0;
  const heap = createHeap();

  /** The first moment at which a group could step onto muster point m, whatever way it took. */
  const opening = (m: number, earliest: number, pace: number): number => {
    const { node } = graph.muster[m]!;
    let first = Infinity;
    for (let i = graph.firstArc[node]!; i < graph.firstArc[node + 1]!; i += 1) {
      const edge = graph.arcs[i]! >> 1;
      if (blocked[edge] !== 0) continue;
      const last = freeSeconds(graph, edge) / pace;
      first = Math.min(first, slots.entry(edge, Math.max(0, earliest - last)) + last);
    }
    return first;
  };

  const seek = (group: Group, readyS: number, isByTime: boolean): Way | null => {
    const loadWeight = isByTime ? 0 : terms.loadWeight;
    round += 1;
    heap.clear();
    const ends = endsOf(graph, group);
    const startSpeed = graph.speed[group.footing.edge]! * group.pace;
    const open = graph.muster.map((_point, m) => m).filter((m) => places[m]! > 0);
    const bounds = open.map((m) => {
      const nearest = Math.min(...ends.map((end) => readyS + end.metres / startSpeed + distances[m]![end.node]! / group.pace));
      return Number.isFinite(nearest) ? opening(m, nearest, group.pace) : Infinity;
    });
    const bound = (node: number, reached: number): number => {
      let least = Infinity;
      for (let k = 0; k < open.length; k += 1) least = Math.min(least, Math.max(reached + distances[open[k]!]![node]! / group.pace, bounds[k]!));
      return least;
    };
    const label = (node: number, reached: number, spent: { readonly cost: number; readonly level: number; readonly arc: number }): void => {
      if (settled[node] === round || (seen[node] === round && cost[node]! <= spent.cost)) return;
      const estimate = bound(node, reached);
      if (estimate === Infinity) return;
      seen[node] = round;
      cost[node] = spent.cost;
      time[node] = reached;
      level[node] = spent.level;
      via[node] = spent.arc;
      // Among equals the one farther along comes first: queues make many equals.
      heap.push(estimate + (spent.cost - reached) - reached * 1e-9, node);
    };
    for (const end of ends) {
      const step = setOff(group, end, readyS);
      if (step !== null) label(end.node, step.left, { cost: step.left + loadWeight * step.load, level: step.level, arc: -1 });
    }
    while (heap.size > 0) {
      const node = heap.pop();
      if (settled[node] === round) continue;
      settled[node] = round;
      const reached = time[node]!;
      const muster = musterAt[node]!;
      if (muster >= 0 && places[muster]! > 0 && nodeLevel(hazard, node, { from: reached, to: Infinity }) === 0) return trace(group, node, muster);
      for (let i = graph.firstArc[node]!; i < graph.firstArc[node + 1]!; i += 1) {
        const arc = graph.arcs[i]!;
        const edge = arc >> 1;
        const head = headOf(graph, arc);
        if (blocked[edge] !== 0 || settled[head] === round) continue;
        const step = pass(group, { arc, from: reached, level: level[node]! });
        if (step === null) continue;
        label(head, step.left, { cost: cost[node]! + (step.left - reached) + loadWeight * step.load + (isByTime ? 0 : toll[edge]!), level: step.level, arc });
      }
    }
    return null;
  };

  /** From where a group stands to an end of its edge. Across a blocked edge, or one that lies partly in danger, only the nearer end is reached. */
  const setOff = (group: Group, end: End, readyS: number): Step | null => {
    const { edge } = group.footing;
    const entered = end.metres === 0 ? readyS : slots.entry(edge, readyS);
    const left = entered + end.metres / (graph.speed[edge]! * group.pace * paceAt(hazard, edge, entered));
    const isFar = end.metres > graph.length[edge]! / 2;
    if (isFar && (blocked[edge] !== 0 || edgeLevel(hazard, edge, { from: readyS, to: left }) > group.level)) return null;
    const level = nodeLevel(hazard, end.node, { from: left, to: left });
    return level > group.level ? null : { entered, left, load: loadDuring(hazard, edge, { from: 0, to: left }), level };
  };

  const pass = (group: Group, at: { readonly arc: number; readonly from: number; readonly notBefore?: number; readonly level: number }): Step | null => {
    const edge = at.arc >> 1;
    const entered = slots.entry(edge, Math.max(at.from, at.notBefore ?? 0));
    const left = entered + freeSeconds(graph, edge) / (group.pace * paceAt(hazard, edge, entered));
    const passed = edgeLevel(hazard, edge, { from: entered, to: left });
    if (passed > at.level) return null;
    if (entered > at.from && nodeLevel(hazard, tailOf(graph, at.arc), { from: at.from, to: entered }) > at.level) return null;
    const reachedLevel = Math.min(passed, nodeLevel(hazard, headOf(graph, at.arc), { from: left, to: left }));
    return { entered, left, load: loadDuring(hazard, edge, { from: at.from, to: left }), level: reachedLevel };
  };

  const trace = (group: Group, target: number, muster: number): Way => {
    const arcs: number[] = [];
    let node = target;
    while (via[node]! >= 0) {
      arcs.push(via[node]!);
      node = tailOf(graph, via[node]!);
    }
    const start = endsOf(graph, group).find((end) => end.node === node)!;
    return { start, arcs: Uint32Array.from(arcs.reverse()), muster };
  };

  return {
    find(group, readyS) {
      const way = seek(group, readyS, false);
      return way === null && hazard.at.length > 1 ? seek(group, readyS, true) : way;
    },
    walk(group, way, readyS, notBeforeS) {
      const first = setOff(group, way.start, readyS);
      if (first === null) return null;
      let { left: reached, load, level: danger } = first;
      const entries = new Float64Array(way.arcs.length);
      const passed = new Float64Array(way.arcs.length + 1);
      passed[0] = reached;
      const queues: number[] = [];
      let tolls = 0;
      for (let i = 0; i < way.arcs.length; i += 1) {
        if (blocked[way.arcs[i]! >> 1] !== 0) return null;
        const step = pass(group, { arc: way.arcs[i]!, from: reached, notBefore: notBeforeS?.[i] ?? 0, level: danger });
        if (step === null) return null;
        entries[i] = step.entered;
        tolls += toll[way.arcs[i]! >> 1]!;
        if (step.entered > reached + 1e-9) queues.push(way.arcs[i]! >> 1);
        reached = step.left;
        passed[i + 1] = reached;
        load += step.load;
        danger = step.level;
      }
      if (nodeLevel(hazard, graph.muster[way.muster]!.node, { from: reached, to: Infinity }) > 0) return null;
      return { arrivalS: reached, load, setOff: way.start.metres === 0 ? null : first.entered, entries, passed, toll: tolls, queues };
    },
    cost: (walk) => walk.arrivalS + terms.loadWeight * walk.load + walk.toll,
  };
};

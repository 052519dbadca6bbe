import { createFlow } from './flow.ts';
import { freeSeconds, type WalkGraph } from './graph.ts';
import { approachSeconds, endsOf, type Group, type Walkers } from './groups.ts';
import { edgeLevel, nodeLevel, type EdgeHazard } from './hazard.ts';
import type { Way } from './search.ts';

type Terms = { readonly graph: WalkGraph; readonly walkers: Walkers; readonly hazard: EdgeHazard; readonly blocked: Uint8Array; readonly places: Int32Array; readonly groups: readonly Group[]; /** Nobody arrives later than this, s. */ readonly horizonS: number };

/** Somebody's way in the quickest flow, when they enter each of its arcs, and when they arrive, s. */
export type Sending = { readonly person: number; readonly group: number; readonly way: Way; readonly entersS: Float64Array; readonly arrivalS: number };

/** Steps of time at most, and none finer than a second. */
const STEPS = 240;

/**
 * Ways by which at every moment the most people can have arrived: the earliest-arrival flow in the time-expanded network (Gale 1959), its exits opened one moment after another. In whole
 * steps of time, everybody at the planned pace; both directions share an edge's capacity; an edge is left out while danger is on it. Who starts within a danger has no part in it, nor who
 * cannot arrive by the horizon. For small networks: work grows with people × nodes × steps.
 */
export const quickestWays = ({ graph, walkers, hazard, blocked, places, groups, horizonS }: Terms): readonly Sending[] => {
  const [nodes, edges] = [graph.nodeIds.length, graph.edgeIds.length];
  const step = Math.max(1, horizonS / STEPS);
  const last = Math.ceil(horizonS / step);
  const people = groups.flatMap((group, index) => (group.level === 0 ? group.people.map((person) => ({ person, group, index, readyS: approachSeconds(group, walkers, person) })) : []));
  const [source, sink, exits] = [0, 1, 2];
  const persons = exits + graph.muster.length;
  const copies = persons + people.length;
  const gates = copies + (last + 1) * nodes;
  const copy = (node: number, t: number): number => copies + t * nodes + node;
  const flow = createFlow(gates + 2 * edges * (last + 1));
  const onward = new Map<number, { readonly to: number; readonly arc: number }[]>();
  const join = (from: number, to: number, capacity: number): void => {
    const link = { to, arc: flow.add(from, to, capacity) };
    const links = onward.get(from);
    if (links === undefined) onward.set(from, [link]);
    else links.push(link);
  };
  people.forEach(({ group: { footing }, group, readyS }, i) => {
    join(source, persons + i, 1);
    for (const end of endsOf(graph, group)) {
      const t = Math.round((readyS + end.metres / graph.speed[footing.edge]!) / step);
      const isAcross = end.metres > graph.length[footing.edge]! / 2;
      if (t <= last && !(isAcross && blocked[footing.edge] !== 0)) join(persons + i, copy(end.node, t), 1);
    }
  });
  for (let t = 0; t <= last; t += 1) {
    const now = t * step;
    for (let n = 0; n < nodes && t < last; n += 1) if (nodeLevel(hazard, n, { from: now, to: now + step }) === 0) join(copy(n, t), copy(n, t + 1), Infinity);
    for (let e = 0; e < edges; e += 1) {
      const seconds = freeSeconds(graph, e);
      const reached = t + Math.round(seconds / step);
      const capacity = Math.floor((now + step) * graph.capacity[e]! + 1e-9) - Math.floor(now * graph.capacity[e]! + 1e-9);
      if (blocked[e] !== 0 || capacity === 0 || reached > last || edgeLevel(hazard, e, { from: now, to: now + seconds }) > 0) continue;
      const gate = gates + 2 * (t * edges + e);
      join(gate, gate + 1, capacity);
      for (const end of [graph.from[e]!, graph.to[e]!]) {
        join(copy(end, t), gate, Infinity);
        join(gate + 1, copy(end, reached), Infinity);
      }
    }
  }
  graph.muster.forEach((_point, m) => join(exits + m, sink, places[m]!));
  let arrived = 0;
  for (let t = 0; t <= last && arrived < people.length; t += 1) {
    graph.muster.forEach(({ node }, m) => {
      if (nodeLevel(hazard, node, { from: t * step, to: Infinity }) === 0) join(copy(node, t), exits + m, Infinity);
    });
    while (arrived < people.length && flow.augment(source, sink)) arrived += 1;
  }

  const taken = new Map<number, number>();
  /** One unit's way on, each unit once. */
  const follow = (from: number): number => {
    const link = onward.get(from)!.find(({ arc }) => flow.on(arc) > (taken.get(arc) ?? 0))!;
    taken.set(link.arc, (taken.get(link.arc) ?? 0) + 1);
    return link.to;
  };
  return people.flatMap(({ person, index, group }, i): readonly Sending[] => {
    if (flow.on(onward.get(source)![i]!.arc) === 0) return [];
    const stops: { node: number; edge: number; entered: number }[] = [];
    let [edge, entered, t] = [-1, 0, 0];
    let vertex = follow(persons + i);
    for (; vertex >= copies; vertex = follow(vertex)) {
      if (vertex >= gates) {
        edge = ((vertex - gates) >> 1) % edges;
        entered = Math.floor(((vertex - gates) >> 1) / edges);
        continue;
      }
      const node = (vertex - copies) % nodes;
      t = Math.floor((vertex - copies) / nodes);
      // Whoever comes back to a place might as well have waited there.
      const before = stops.findIndex((stop) => stop.node === node);
      if (before >= 0) stops.length = before + 1;
      else stops.push({ node, edge, entered });
    }
    const start = endsOf(graph, group).find((end) => end.node === stops[0]!.node)!;
    const arcs = Uint32Array.from(stops.slice(1), (stop) => (graph.to[stop.edge] === stop.node ? 2 * stop.edge : 2 * stop.edge + 1));
    return [{ person, group: index, way: { start, arcs, muster: vertex - exits }, entersS: Float64Array.from(stops.slice(1), (stop) => stop.entered * step), arrivalS: t * step }];
  });
};

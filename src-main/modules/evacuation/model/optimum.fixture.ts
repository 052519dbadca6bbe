import { freeSeconds, headOf, tailOf, type WalkGraph } from './graph.ts';

/**
 * The least time in which crowds can reach the muster points, by maximum flow in the time-expanded network (the optimum of the linear
 * programme, which is integral here). For whole seconds and whole capacities per second only; small cases only.
 */
export const optimalClearance = (graph: WalkGraph, crowds: readonly { readonly node: string; readonly people: number }[]): number => {
  const people = crowds.reduce((sum, crowd) => sum + crowd.people, 0);
  let [low, high] = [0, 1];
  while (arrivals(graph, crowds, high) < people) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (arrivals(graph, crowds, middle) < people) low = middle;
    else high = middle;
  }
  return high;
};

/** How many can have arrived by `horizon` seconds. Both directions share an edge's capacity by a small gadget per edge and second. */
const arrivals = (graph: WalkGraph, crowds: readonly { readonly node: string; readonly people: number }[], horizon: number): number => {
  const nodes = graph.nodeIds.length;
  const copy = (node: number, t: number): number => 2 + t * nodes + node;
  const gadgets = 2 + (horizon + 1) * nodes;
  const flow = createFlow(gadgets + 2 * graph.edgeIds.length * (horizon + 1));
  for (const crowd of crowds) flow.add(0, copy(graph.nodeIds.indexOf(crowd.node), 0), crowd.people);
  for (let t = 0; t <= horizon; t += 1) {
    for (let n = 0; n < nodes && t < horizon; n += 1) flow.add(copy(n, t), copy(n, t + 1), Infinity);
    for (let e = 0; e < graph.edgeIds.length; e += 1) {
      const travel = Math.round(freeSeconds(graph, e));
      if (t + travel > horizon) continue;
      const entrance = gadgets + 2 * (e * (horizon + 1) + t);
      flow.add(entrance, entrance + 1, graph.capacity[e]!);
      for (const arc of [2 * e, 2 * e + 1]) {
        flow.add(copy(tailOf(graph, arc), t), entrance, Infinity);
        flow.add(entrance + 1, copy(headOf(graph, arc), t + travel), Infinity);
      }
    }
  }
  for (const point of graph.muster) flow.add(copy(point.node, horizon), 1, Infinity);
  return flow.maximum();
};

/** Dinic's maximum flow from vertex 0 to vertex 1. */
const createFlow = (vertices: number): { add(from: number, to: number, capacity: number): void; maximum(): number } => {
  const [heads, rest, links]: [number[], number[], number[][]] = [[], [], Array.from({ length: vertices }, () => [])];
  const depth = new Int32Array(vertices);
  const layer = (): boolean => {
    depth.fill(-1);
    depth[0] = 0;
    const queue = [0];
    for (const vertex of queue) {
      for (const link of links[vertex]!) {
        if (rest[link]! <= 0 || depth[heads[link]!]! >= 0) continue;
        depth[heads[link]!] = depth[vertex]! + 1;
        queue.push(heads[link]!);
      }
    }
    return depth[1]! >= 0;
  };
  const push = (vertex: number, amount: number, next: Int32Array): number => {
    if (vertex === 1) return amount;
    for (; next[vertex]! < links[vertex]!.length; next[vertex]! += 1) {
      const link = links[vertex]![next[vertex]!]!;
      if (rest[link]! <= 0 || depth[heads[link]!]! !== depth[vertex]! + 1) continue;
      const sent = push(heads[link]!, Math.min(amount, rest[link]!), next);
      if (sent === 0) continue;
      rest[link]! -= sent;
      rest[link ^ 1]! += sent;
      return sent;
    }
    return 0;
  };
  return {
    add(from, to, capacity) {
      links[from]!.push(heads.length);
      heads.push(to);
      rest.push(capacity);
      links[to]!.push(heads.length);
      heads.push(from);
      rest.push(0);
    },
    maximum() {
      let total = 0;
      while (layer()) {
        const next = new Int32Array(vertices);
        for (let sent = push(0, Infinity, next); sent > 0; sent = push(0, Infinity, next)) total += sent;
      }
      return total;
    },
  };
};

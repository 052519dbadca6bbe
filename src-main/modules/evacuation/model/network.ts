import { linkArcs, type WalkGraph } from './graph.ts';
import type { Walkers } from './groups.ts';
import { PLANNED_SPEED } from './walking.ts';

/** A way given by its time and capacity instead of its shape. */
export type TimedWay = { readonly from: string; readonly to: string; readonly seconds: number; /** Persons per second. */ readonly perSecond: number; /** Clear width, m, for crowding; wide by default. */ readonly width?: number };

/** A graph of timed ways, as textbooks and guidelines state their cases. Nodes lie on a circle, so that no way passes a node that is not its own. */
export const networkOf = (network: { readonly nodes: readonly string[]; readonly ways: readonly TimedWay[]; readonly muster: readonly { readonly node: string; readonly capacity?: number }[] }): WalkGraph => {
  const { nodes, ways, muster } = network;
  const index = (id: string): number => {
    const found = nodes.indexOf(id);
    if (found < 0) throw new RangeError(`no node ${id}`);
    return found;
  };
  return linkArcs({
    nodeIds: nodes,
    edgeIds: ways.map((way, i) => `${i}:${way.from}-${way.to}`),
    x: Float64Array.from(nodes, (_node, i) => nodes.length * Math.cos((2 * Math.PI * i) / nodes.length)),
    y: Float64Array.from(nodes, (_node, i) => nodes.length * Math.sin((2 * Math.PI * i) / nodes.length)),
    from: Uint32Array.from(ways, (way) => index(way.from)),
    to: Uint32Array.from(ways, (way) => index(way.to)),
    length: Float64Array.from(ways, (way) => way.seconds * PLANNED_SPEED),
    width: Float64Array.from(ways, (way) => way.width ?? 1_000),
    speed: new Float64Array(ways.length).fill(PLANNED_SPEED),
    capacity: Float64Array.from(ways, (way) => way.perSecond),
    muster: muster.map((point) => ({ id: point.node, node: index(point.node), capacity: point.capacity ?? 1_000_000 })),
  });
};

/** People standing at nodes of a graph, all at danger level 0. */
export const walkersAt = (graph: WalkGraph, crowds: readonly { readonly node: string; readonly people: number }[]): Walkers => {
  const at = crowds.flatMap(({ node, people }) => Array.from({ length: people }, () => graph.nodeIds.indexOf(node)));
  return { x: Float64Array.from(at, (n) => graph.x[n]!), y: Float64Array.from(at, (n) => graph.y[n]!), level: new Uint8Array(at.length) };
};

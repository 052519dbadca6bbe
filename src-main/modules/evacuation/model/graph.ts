import type { PlantModel } from '../../../../src-shared/plant/index.ts';
import { wayCapacity, waySpeed } from './walking.ts';

/**
 * The walkways as flat arrays, cheap to send to a worker. Edges are walked both ways and the two directions share the edge's capacity;
 * arc 2e goes from `from[e]` to `to[e]`, arc 2e + 1 back. `arcs[firstArc[n] … firstArc[n + 1])` leave node n.
 */
export type WalkGraph = {
  readonly nodeIds: readonly string[];
  readonly edgeIds: readonly string[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** m; at least 0.1. */
  readonly length: Float64Array;
  /** Clear width, m. */
  readonly width: Float64Array;
  /** Unimpeded speed, m/s. */
  readonly speed: Float64Array;
  /** Persons per second. */
  readonly capacity: Float64Array;
  readonly firstArc: Uint32Array;
  readonly arcs: Uint32Array;
  readonly muster: readonly { readonly id: string; readonly node: number; readonly capacity: number }[];
};

export type Walkways = Pick<PlantModel, 'walkways' | 'muster'>;

/** Builds the graph of a plant's walkways, without those that are blocked. Throws a RangeError that names an edge or muster point whose node does not exist. */
export const buildWalkGraph = ({ walkways, muster }: Walkways): WalkGraph => {
  const index = new Map(walkways.nodes.map((node, i) => [node.id, i]));
  const nodeOf = (id: string, owner: string): number => {
    const found = index.get(id);
    if (found === undefined) throw new RangeError(`${owner}: no walkway node ${id}`);
    return found;
  };
  const { nodes } = walkways;
  const edges = walkways.edges.filter(({ blocked }) => blocked !== true);
  const from = Uint32Array.from(edges, (edge) => nodeOf(edge.from, `edge ${edge.id}`));
  const to = Uint32Array.from(edges, (edge) => nodeOf(edge.to, `edge ${edge.id}`));
  const x = Float64Array.from(nodes, (node) => node.position[0]);
  const y = Float64Array.from(nodes, (node) => node.position[1]);
  return linkArcs({
    nodeIds: nodes.map((node) => node.id),
    edgeIds: edges.map((edge) => edge.id),
    x,
    y,
    from,
    to,
    length: Float64Array.from(edges, (_edge, e) => Math.max(0.1, Math.hypot(x[from[e]!]! - x[to[e]!]!, y[from[e]!]! - y[to[e]!]!))),
    width: Float64Array.from(edges, (edge) => edge.width),
    speed: Float64Array.from(edges, (edge) => waySpeed(edge.kind)),
    capacity: Float64Array.from(edges, (edge) => wayCapacity(edge.kind, edge.width)),
    muster: muster.map((point) => ({ id: point.id, node: nodeOf(point.node, `muster point ${point.id}`), capacity: point.capacity })),
  });
};

/** Adds the arcs by node to the other columns of a graph; for graphs that do not come from a plant model. */
export const linkArcs = (parts: Omit<WalkGraph, 'firstArc' | 'arcs'>): WalkGraph => {
  const count = parts.nodeIds.length;
  const firstArc = new Uint32Array(count + 1);
  for (let e = 0; e < parts.from.length; e += 1) {
    firstArc[parts.from[e]! + 1]! += 1;
    firstArc[parts.to[e]! + 1]! += 1;
  }
  for (let n = 0; n < count; n += 1) firstArc[n + 1]! += firstArc[n]!;
  const place = firstArc.slice(0, count);
  const arcs = new Uint32Array(2 * parts.from.length);
  for (let e = 0; e < parts.from.length; e += 1) {
    arcs[place[parts.from[e]!]!++] = 2 * e;
    arcs[place[parts.to[e]!]!++] = 2 * e + 1;
  }
  return { ...parts, firstArc, arcs };
};

export const tailOf = (graph: WalkGraph, arc: number): number => ((arc & 1) === 0 ? graph.from[arc >> 1]! : graph.to[arc >> 1]!);
export const headOf = (graph: WalkGraph, arc: number): number => ((arc & 1) === 0 ? graph.to[arc >> 1]! : graph.from[arc >> 1]!);

/** Unimpeded seconds along an edge. */
export const freeSeconds = (graph: WalkGraph, edge: number): number => graph.length[edge]! / graph.speed[edge]!;

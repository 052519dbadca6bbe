import type { WalkGraph } from './graph.ts';

/** Where somebody steps onto the walkways: the nearest edge, how far along it from its `from` end (m), and how far away it is (m). */
export type Footing = { readonly edge: number; readonly along: number; readonly away: number };

/** Finds the nearest edge to a point by a grid of buckets; build once per graph. Null on a graph without edges. */
export const createLocator = (graph: WalkGraph, bucket = 25): ((x: number, y: number) => Footing | null) => {
  const buckets = new Map<string, number[]>();
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  const column = (x: number) => Math.floor(x / bucket);
  for (let e = 0; e < graph.from.length; e += 1) {
    const [a, b] = [graph.from[e]!, graph.to[e]!];
    const [x0, x1] = [column(Math.min(graph.x[a]!, graph.x[b]!)), column(Math.max(graph.x[a]!, graph.x[b]!))];
    const [y0, y1] = [column(Math.min(graph.y[a]!, graph.y[b]!)), column(Math.max(graph.y[a]!, graph.y[b]!))];
    [west, east, south, north] = [Math.min(west, x0), Math.max(east, x1), Math.min(south, y0), Math.max(north, y1)];
    for (let i = x0; i <= x1; i += 1) {
      for (let j = y0; j <= y1; j += 1) {
        const key = `${i}/${j}`;
        const list = buckets.get(key);
        if (list === undefined) buckets.set(key, [e]);
        else list.push(e);
      }
    }
  }
  return (x, y) => {
    if (graph.from.length === 0) return null;
    const [i, j] = [column(x), column(y)];
    const farthest = Math.max(Math.abs(i - west), Math.abs(i - east), Math.abs(j - south), Math.abs(j - north)) + 1;
    let best: Footing | null = null;
    for (let ring = 0; ring <= farthest; ring += 1) {
      // Nothing in this ring of buckets can be nearer than its inner border.
      if (best !== null && best.away <= (ring - 1) * bucket) break;
      for (let di = -ring; di <= ring; di += 1) {
        const step = Math.abs(di) === ring ? 1 : Math.max(1, 2 * ring);
        for (let dj = -ring; dj <= ring; dj += step) {
          for (const e of buckets.get(`${i + di}/${j + dj}`) ?? []) {
            const candidate = project(graph, e, x, y);
            if (best === null || candidate.away < best.away) best = candidate;
          }
        }
      }
    }
    return best;
  };
};

/** The nearest point of one edge. */
export const project = (graph: WalkGraph, edge: number, x: number, y: number): Footing => {
  const [a, b] = [graph.from[edge]!, graph.to[edge]!];
  const [ax, ay] = [graph.x[a]!, graph.y[a]!];
  const [dx, dy] = [graph.x[b]! - ax, graph.y[b]! - ay];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
  return { edge, along: t * graph.length[edge]!, away: Math.hypot(x - ax - t * dx, y - ay - t * dy) };
};

import type { PlantModel } from '../../src-shared/plant/index.ts';

/** The walkway graph by node number. */
export type Routes = {
  readonly ids: readonly string[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  nearest(x: number, y: number, allows?: (node: number) => boolean): number;
  /** Cost and the node before, from one start to every node; an edge costs its length times `weight` of its far end. */
  from(start: number, weight?: (node: number) => number): { readonly cost: Float64Array; readonly before: Int32Array };
};

export const createRoutes = ({ nodes, edges }: PlantModel['walkways']): Routes => {
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const x = Float64Array.from(nodes, ({ position }) => position[0]);
  const y = Float64Array.from(nodes, ({ position }) => position[1]);
  const next: { readonly to: number; readonly length: number }[][] = nodes.map(() => []);
  for (const edge of edges) {
    const [a, b] = [index.get(edge.from)!, index.get(edge.to)!];
    const length = Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!);
    next[a]!.push({ to: b, length });
    next[b]!.push({ to: a, length });
  }
  return {
    ids: nodes.map(({ id }) => id),
    x,
    y,
    nearest(px, py, allows = () => true) {
      let best = 0;
      let least = Infinity;
      for (let i = 0; i < nodes.length; i += 1) {
        const gap = Math.hypot(x[i]! - px, y[i]! - py);
        if (gap < least && allows(i)) [best, least] = [i, gap];
      }
      return best;
    },
    from(start, weight = () => 1) {
      const cost = new Float64Array(nodes.length).fill(Infinity);
      const before = new Int32Array(nodes.length).fill(-1);
      const open: (readonly [cost: number, node: number])[] = [[0, start]];
      cost[start] = 0;
      for (let entry = pop(open); entry !== undefined; entry = pop(open)) {
        const [soFar, here] = entry;
        if (soFar > cost[here]!) continue;
        for (const { to, length } of next[here]!) {
          const total = soFar + length * weight(to);
          if (total >= cost[to]!) continue;
          cost[to] = total;
          before[to] = here;
          push(open, [total, to]);
        }
      }
      return { cost, before };
    },
  };
};

type Entry = readonly [cost: number, node: number];

/** Binary heap, least cost first. */
const push = (heap: Entry[], entry: Entry): void => {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]![0] <= entry[0]) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = entry;
};

const pop = (heap: Entry[]): Entry | undefined => {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && heap[child + 1]![0] < heap[child]![0]) child += 1;
    if (heap[child]![0] >= last[0]) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
};

/** The nodes from the start of a search to `to`, without the start. */
export const pathTo = (before: Int32Array, to: number): number[] => {
  const path: number[] = [];
  for (let node = to; node >= 0; node = before[node]!) path.push(node);
  return path.reverse().slice(1);
};

/** A network in which flow is found one unit after another; arcs may be added at any time. */
export type Flow = {
  /** Adds an arc and returns its number. */
  add(from: number, to: number, capacity: number): number;
  /** Sends one more unit from one vertex to another along the fewest arcs, undoing earlier units where that helps; false when no more can go. */
  augment(from: number, to: number): boolean;
  /** Units on an arc. */
  on(arc: number): number;
  /** The vertices that one more unit could still reach from here: the side of a least cut when no more can go. */
  reachable(from: number): ReadonlySet<number>;
};

/** Maximum flow by shortest augmenting paths (Edmonds & Karp 1972). Whole capacities give a whole flow. */
export const createFlow = (vertices: number): Flow => {
  // Arc 2k and its reverse 2k + 1; `next` chains the arcs that leave a vertex.
  const [heads, rest, next]: [number[], number[], number[]] = [[], [], []];
  const first = new Int32Array(vertices).fill(-1);
  const via = new Int32Array(vertices);
  const seen = new Uint32Array(vertices);
  const queue = new Int32Array(vertices);
  let round = 0;
  const put = (from: number, to: number, capacity: number): void => {
    next.push(first[from]!);
    first[from] = heads.length;
    heads.push(to);
    rest.push(capacity);
  };
  /** Visits what can be reached, breadth first, until `to` is; returns how many were visited. */
  const search = (from: number, to: number): number => {
    round += 1;
    seen[from] = round;
    queue[0] = from;
    let size = 1;
    for (let at = 0; at < size; at += 1) {
      for (let arc = first[queue[at]!]!; arc >= 0; arc = next[arc]!) {
        const head = heads[arc]!;
        if (seen[head] === round || rest[arc]! <= 0) continue;
        seen[head] = round;
        via[head] = arc;
        queue[size] = head;
        size += 1;
        if (head === to) return size;
      }
    }
    return size;
  };
  return {
    add(from, to, capacity) {
      put(from, to, capacity);
      put(to, from, 0);
      return heads.length / 2 - 1;
    },
    augment(from, to) {
      search(from, to);
      if (seen[to] !== round) return false;
      for (let vertex = to; vertex !== from; vertex = heads[via[vertex]! ^ 1]!) {
        rest[via[vertex]!]! -= 1;
        rest[via[vertex]! ^ 1]! += 1;
      }
      return true;
    },
    on: (arc) => rest[2 * arc + 1]!,
    reachable: (from) => new Set(queue.subarray(0, search(from, -1))),
  };
};

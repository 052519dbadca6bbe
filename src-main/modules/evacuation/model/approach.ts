import { headOf, tailOf, type WalkGraph } from './graph.ts';
import { freeDistances } from './search.ts';

/** A way over whole edges, node by node. */
export type Approach = { readonly nodes: readonly number[]; readonly lengthM: number };

/**
 * The quickest way from one node to any other over edges that are not blocked (1); null where there is none. One search serves all targets.
 */
export const approachesFrom = (graph: WalkGraph, start: number, blocked: Uint8Array): ((target: number) => Approach | null) => {
  const seconds = freeDistances(graph, start, blocked);
  return (target) => {
    if (!Number.isFinite(seconds[target]!)) return null;
    const nodes = [target];
    let lengthM = 0;
    for (let node = target; node !== start; ) {
      const arc = stepBack(graph, { seconds, blocked, node });
      lengthM += graph.length[arc >> 1]!;
      node = headOf(graph, arc);
      nodes.push(node);
    }
    return { nodes: nodes.toReversed(), lengthM };
  };
};

/** The arc out of a node that leads back to the start soonest. */
const stepBack = (graph: WalkGraph, at: { readonly seconds: Float64Array; readonly blocked: Uint8Array; readonly node: number }): number => {
  const { seconds, blocked, node } = at;
  let best = -1;
  let least = Infinity;
  for (let i = graph.firstArc[node]!; i < graph.firstArc[node + 1]!; i += 1) {
    const arc = graph.arcs[i]!;
    const through = seconds[headOf(graph, arc)]! + graph.length[arc >> 1]! / graph.speed[arc >> 1]!;
    if (blocked[arc >> 1] !== 0 || through >= least) continue;
    least = through;
    best = arc;
  }
  if (best < 0) throw new Error(`node ${graph.nodeIds[node]} was reached by no edge`);
  return best;
};

/** Nodes that an open edge touches. */
export const touchedNodes = (graph: WalkGraph, blocked: Uint8Array): Uint8Array => {
  const touched = new Uint8Array(graph.nodeIds.length);
  for (let e = 0; e < graph.from.length; e += 1) if (blocked[e] === 0) touched[tailOf(graph, 2 * e)] = touched[headOf(graph, 2 * e)] = 1;
  return touched;
};

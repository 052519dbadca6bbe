import { headOf, tailOf, type WalkGraph } from './graph.ts';
import { approachSeconds, endsOf, groupOf, type Group, type Walkers } from './groups.ts';
import { createLocator, project, type Footing } from './locate.ts';
import type { Walk, Way } from './search.ts';

/** A way that somebody has been sent: its edges in the order of walking, to a muster point (index). */
export type SentWay = { readonly edges: Uint32Array; readonly muster: number };
/** Somebody who keeps the way they were sent, from where they are now. */
export type Kept = { readonly person: number; readonly group: Group; readonly way: Way; readonly walk: Walk };

/** What is left of a way from where a group stands; null for somebody who is on none of its edges or nodes, or when its edges do not join. */
export const restOfWay = (graph: WalkGraph, group: Group, { edges, muster }: SentWay): Way | null => {
  // Backwards from the muster point: nodes[i] is where edge i is entered.
  const nodes = new Int32Array(edges.length + 1);
  nodes[edges.length] = graph.muster[muster]!.node;
  for (let i = edges.length - 1; i >= 0; i -= 1) {
    const [tail, head] = [tailOf(graph, 2 * edges[i]!), headOf(graph, 2 * edges[i]!)];
    if (tail !== nodes[i + 1] && head !== nodes[i + 1]) return null;
    nodes[i] = tail === nodes[i + 1] ? head : tail;
  }
  const ends = endsOf(graph, group);
  const walking = edges.lastIndexOf(group.footing.edge);
  const ahead = walking < 0 ? undefined : ends.find((end) => end.node === nodes[walking + 1]);
  const reached = ends.map((end) => ({ end, at: nodes.lastIndexOf(end.node) })).reduce((a, b) => (b.at > a.at ? b : a));
  const start = ahead === undefined ? reached : { end: ahead, at: walking + 1 };
  if (start.at < 0) return null;
  return { start: start.end, arcs: Uint32Array.from(edges.subarray(start.at), (edge, i) => (tailOf(graph, 2 * edge) === nodes[start.at + i] ? 2 * edge : 2 * edge + 1)), muster };
};

type Terms = { readonly graph: WalkGraph; readonly walkers: Walkers; /** By walker; null for whoever has been sent nowhere. */ readonly sent: readonly (SentWay | null)[] };

/** A position wanders by so much, m: whoever is no farther from their way is on it. */
const WANDER = 15;

/** One person as somebody on the way that they were sent, when they are near it. */
const onWay = (graph: WalkGraph, group: Group, { edges }: SentWay): Group | null => {
  let nearest: Footing | null = null;
  for (const edge of edges) {
    const footing = project(graph, edge, group.x, group.y);
    if (footing.away <= WANDER && (nearest === null || footing.away <= nearest.away)) nearest = footing;
  }
  return nearest === null ? null : { ...group, footing: nearest };
};

/**
 * Whoever can keep their way: walked from where they are, at the time of passing, it leads into no greater danger. Those nearest to their end come first; `walk` says
 * null where a way no longer serves, `take` reserves it.
 */
export const keepWays = ({ graph, walkers, sent }: Terms, { walk, take }: { walk(group: Group, way: Way, readyS: number): Walk | null; take(kept: Kept): void }): { readonly kept: readonly Kept[]; /** Who is not on their way, or whose way is none. */ readonly astray: readonly number[] } => {
  if (sent.every((way) => way === null)) return { kept: [], astray: [] };
  const locate = createLocator(graph);
  const astray: number[] = [];
  const asked = sent.flatMap((way, person) => {
    const found = way === null ? null : groupOf({ locate, walkers }, person);
    const group = way === null || found === null ? null : restOfWay(graph, found, way) === null ? onWay(graph, found, way) : found;
    const rest = way === null || group === null ? null : restOfWay(graph, group, way);
    if (way !== null && rest === null) astray.push(person);
    return group === null || rest === null ? [] : [{ person, group, way: rest, readyS: approachSeconds(group, walkers, person) }];
  });
  const alone = asked.flatMap((one) => {
    const found = walk(one.group, one.way, one.readyS);
    return found === null ? [] : [{ ...one, aloneS: found.arrivalS }];
  });
  const kept = alone.toSorted((a, b) => a.aloneS - b.aloneS || a.person - b.person).flatMap(({ person, group, way, readyS }): readonly Kept[] => {
    const found = walk(group, way, readyS);
    if (found === null) return [];
    const one = { person, group, way, walk: found };
    take(one);
    return [one];
  });
  return { kept, astray };
};

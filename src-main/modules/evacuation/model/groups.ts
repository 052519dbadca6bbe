import { headOf, tailOf, type WalkGraph } from './graph.ts';
import { createLocator, type Footing } from './locate.ts';
import { PLANNED_SPEED } from './walking.ts';

/** People to be led out, as columns: position (plant metres), danger level where they stand (0, 1, 2), free speed (m/s) and seconds until they set off. */
export type Walkers = {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly level: Uint8Array;
  readonly speed?: Float64Array;
  readonly readyS?: Float64Array;
};

/** People who stand at one place and are equally fast, so that one search serves them all. */
export type Group = {
  readonly people: number[];
  readonly x: number;
  readonly y: number;
  readonly footing: Footing;
  readonly level: number;
  /** Own free speed over the planned one. */
  readonly pace: number;
};

/** Seconds from where a person stands to the place on the edge where the group steps onto it. */
export const approachSeconds = (group: Group, walkers: Walkers, person: number): number =>
  (group.footing.away + Math.hypot(walkers.x[person]! - group.x, walkers.y[person]! - group.y)) / (PLANNED_SPEED * group.pace) + (walkers.readyS?.[person] ?? 0);

type Locate = ReturnType<typeof createLocator>;

/** One person as a group of their own; null where the graph has no edge. */
export const groupOf = ({ locate, walkers }: { readonly locate: Locate; readonly walkers: Walkers }, person: number): Group | null => {
  const [x, y] = [walkers.x[person]!, walkers.y[person]!];
  const footing = locate(x, y);
  return footing === null ? null : { people: [person], x, y, footing, level: walkers.level[person]!, pace: (walkers.speed?.[person] ?? PLANNED_SPEED) / PLANNED_SPEED };
};

/** Groups people by edge, by place along it (within 8 m), danger level and speed. People are left out where the graph has no edge, and those in `except`. */
export const groupWalkers = (graph: WalkGraph, walkers: Walkers, except: ReadonlySet<number> = NOBODY): readonly Group[] => {
  const locate = createLocator(graph);
  const groups = new Map<string, Group>();
  for (let i = 0; i < walkers.x.length; i += 1) {
    const one = except.has(i) ? null : groupOf({ locate, walkers }, i);
    if (one === null) continue;
    const { footing, level, pace } = one;
    const key = `${footing.edge}/${Math.round(footing.along / 8)}/${Math.round(footing.away / 8)}/${level}/${pace.toFixed(2)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, one);
    else group.people.push(i);
  }
  return [...groups.values()];
};

const NOBODY: ReadonlySet<number> = new Set();

/** An end of the edge that a group stands on, with the metres to it. */
export type End = { readonly node: number; readonly metres: number };

// Within a metre of a node people stand at it and not on one of its edges.
const AT_NODE = 1;

/** The ends that a group can make for, the nearer one first: one if it stands at a node, else both. */
export const endsOf = (graph: WalkGraph, { footing }: Group): readonly End[] => {
  const back = { node: tailOf(graph, 2 * footing.edge), metres: footing.along };
  const ahead = { node: headOf(graph, 2 * footing.edge), metres: graph.length[footing.edge]! - footing.along };
  const [near, far] = back.metres <= ahead.metres ? [back, ahead] : [ahead, back];
  return near.metres <= AT_NODE ? [{ node: near.node, metres: 0 }] : [near, far];
};

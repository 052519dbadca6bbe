import { endsOf, groupWalkers, type End, type Group, type Walkers } from './groups.ts';
import { headOf, type WalkGraph } from './graph.ts';
import type { EdgeHazard } from './hazard.ts';
import type { EvacuationPlan } from './plan.ts';
import { freeDistances } from './search.ts';
import { simulateWalk, type Itinerary } from './simulate.ts';

/** How an evacuation goes: last arrival (s), sum and worst of the loads gained (reference loads), people caught by danger, people walking. */
export type Performance = { readonly arrivalS: number; readonly totalLoad: number; readonly worstLoad: number; readonly caught: number; readonly walking: number };

type Context = { readonly graph: WalkGraph; readonly walkers: Walkers; readonly hazard: EdgeHazard };

/** The plan's own performance, walked with queues and crowding. */
export const performanceOf = (context: Context, plan: EvacuationPlan): Performance => {
  const itineraries: Itinerary[] = [];
  const groups = groupByPerson(context);
  for (const route of plan.routes) {
    for (const person of route.people) itineraries.push({ group: groups.get(person)!, person, start: route.way.start, arcs: route.way.arcs });
  }
  return summary(context, itineraries);
};

/**
 * The same people if each walked the shortest way to the nearest muster point, as signs on a wall would send them: blind to danger and
 * to queues. `only` leaves out the people that the plan shelters, so that both walk the same crowd.
 */
export const nearestExitPerformance = (context: Context & { readonly blocked?: Uint8Array }, only?: ReadonlySet<number>): Performance => {
  return summary(context, shortestWays(context).filter(({ person }) => only === undefined || only.has(person)));
};

/** Everybody's shortest way to the nearest muster point. People who have none are left out. */
export const shortestWays = ({ graph, walkers, blocked = new Uint8Array(graph.edgeIds.length) }: Omit<Context, 'hazard'> & { readonly blocked?: Uint8Array }): readonly Itinerary[] => {
  const distances = graph.muster.map((point) => freeDistances(graph, point.node, blocked));
  return groupWalkers(graph, walkers).flatMap((group): readonly Itinerary[] => {
    const way = nearest({ graph, blocked, distances }, group);
    return way === null ? [] : group.people.map((person) => ({ group, person, ...way }));
  });
};

const nearest = ({ graph, blocked, distances }: { readonly graph: WalkGraph; readonly blocked: Uint8Array; readonly distances: readonly Float64Array[] }, group: Group): { readonly start: End; readonly arcs: Uint32Array } | null => {
  const speed = graph.speed[group.footing.edge]!;
  const choices = distances.flatMap((toMuster) => endsOf(graph, group).map((end) => ({ toMuster, end, seconds: end.metres / speed + toMuster[end.node]! })));
  const best = choices.reduce<(typeof choices)[number] | null>((least, choice) => (Number.isFinite(choice.seconds) && (least === null || choice.seconds < least.seconds) ? choice : least), null);
  if (best === null) return null;
  const arcs: number[] = [];
  let node = best.end.node;
  while (best.toMuster[node]! > 0) {
    let next = -1;
    for (let i = graph.firstArc[node]!; i < graph.firstArc[node + 1]!; i += 1) {
      const arc = graph.arcs[i]!;
      if (blocked[arc >> 1] !== 0) continue;
      if (next < 0 || through(graph, best.toMuster, arc) < through(graph, best.toMuster, next)) next = arc;
    }
    arcs.push(next);
    node = headOf(graph, next);
  }
  return { start: best.end, arcs: Uint32Array.from(arcs) };
};

const through = (graph: WalkGraph, toMuster: Float64Array, arc: number): number => graph.length[arc >> 1]! / graph.speed[arc >> 1]! + toMuster[headOf(graph, arc)]!;

const groupByPerson = ({ graph, walkers }: Context): Map<number, Group> => new Map(groupWalkers(graph, walkers).flatMap((group) => group.people.map((person) => [person, group] as const)));

const summary = (context: Context, itineraries: readonly Itinerary[]): Performance => {
  const { arrivalS, load, caught } = simulateWalk(context.graph, itineraries, context);
  return {
    arrivalS: arrivalS.reduce((a, b) => Math.max(a, b), 0),
    totalLoad: load.reduce((a, b) => a + b, 0),
    worstLoad: load.reduce((a, b) => Math.max(a, b), 0),
    caught: caught.reduce((a, b) => a + b, 0),
    walking: itineraries.length,
  };
};

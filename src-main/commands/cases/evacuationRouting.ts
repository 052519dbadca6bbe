import { networkOf, noHazard, planEvacuation, nearestExitPerformance, walkersAt, type EdgeHazard, type TimedWay } from '../../modules/evacuation/index.ts';
import { bare, evaluated, MissingInput, numberOf, textOf, type Evaluation, type ReferenceCase } from './caseAdapter.ts';
import { lastArrival, planOn } from './evacuationScenes.ts';

type Exit = { readonly seconds: number; readonly perSecond: number };

/** Parallel exits from one crowd: when the last has left and how many took each. */
const clear = (people: number, exits: readonly Exit[]): { readonly seconds: number; readonly sent: readonly number[] } => {
  const graph = networkOf({ nodes: ['crowd', ...exits.map((_exit, k) => `exit${k}`)], ways: exits.map((exit, k) => ({ from: 'crowd', to: `exit${k}`, ...exit })), muster: exits.map((_exit, k) => ({ node: `exit${k}` })) });
  const plan = planOn(graph, walkersAt(graph, [{ node: 'crowd', people }]));
  const sent = exits.map((_exit, k) => plan.routes.filter((route) => route.way.muster === k).reduce((sum, route) => sum + route.people.length, 0));
  return { seconds: lastArrival(plan), sent };
};

export const quickestFlow = ({ inputs }: ReferenceCase): Evaluation => {
  const exits = bare(inputs['exits']);
  if (!Array.isArray(exits)) throw new MissingInput('inputs.exits is no list');
  const { seconds, sent } = clear(numberOf(inputs, 'N', 'persons'), exits.map((exit: Readonly<Record<string, unknown>>) => ({ seconds: numberOf(exit, 'travel_time_s', 'travel_time'), perSecond: numberOf(exit, 'capacity_p_per_s', 'capacity') })));
  return evaluated({ clearance_time: seconds, persons_per_exit: sent });
};

/** `4 x 1.33*(1.0-0.3) p/s, then 3, then 2; equal distance t0=15 s` → clearance with each number of exits. */
const blockedExits = (inputs: ReferenceCase['inputs']): Evaluation => {
  const words = textOf(inputs, 'exits_open');
  const first = /(\d+)\s*x\s*([\d.]+)(?:\s*\*\s*\(\s*([\d.]+)\s*-\s*([\d.]+)\s*\))?/.exec(words);
  const distance = Number(/t0\s*=\s*([\d.]+)/.exec(words)?.[1] ?? Number.NaN);
  if (first === null || !Number.isFinite(distance)) throw new MissingInput('inputs.exits_open does not state exits, capacity and t0');
  const perSecond = Number(first[2]) * (first[3] === undefined ? 1 : Number(first[3]) - Number(first[4]));
  const counts = [Number(first[1]), ...[...words.matchAll(/then\s+(\d+)/g)].map((found) => Number(found[1]))];
  const people = numberOf(inputs, 'N', 'persons');
  return evaluated({ clearance: counts.map((count) => clear(people, Array.from({ length: count }, () => ({ seconds: distance, perSecond }))).seconds) });
};

type Leg = { readonly from: string; readonly to: string; readonly s: number };

/** Named routes as legs, one edge that closes at a moment: which route the plan takes when somebody starts at given times. */
const closingEdge = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const routes = Object.entries(bare(inputs['routes']) as Readonly<Record<string, readonly Leg[]>>);
  const closed = /edge\s+([\w.]+)\s*-\s*([\w.]+)\s+impassable from t\s*=\s*([\d.]+)/.exec(textOf(inputs, 'hazard'));
  if (closed === null) throw new MissingInput('inputs.hazard names no edge and no moment');
  const legs = routes.flatMap(([, route]) => route);
  const start = legs[0]!.from;
  const ends = [...new Set(routes.map(([, route]) => route.at(-1)!.to))];
  const ways: readonly TimedWay[] = legs.map((leg) => ({ from: leg.from, to: leg.to, seconds: leg.s, perSecond: 10 }));
  const graph = networkOf({ nodes: [...new Set(legs.flatMap((leg) => [leg.from, leg.to]))], ways, muster: ends.map((node) => ({ node })) });
  const edges = graph.edgeIds.length;
  const calm = noHazard({ nodes: graph.nodeIds.length, edges });
  const level = new Uint8Array(2 * edges);
  legs.forEach((leg, e) => (level[edges + e] = leg.from === closed[1] && leg.to === closed[2] ? 1 : 0));
  const closing: EdgeHazard = { at: Float64Array.of(0, Number(closed[3])), loadRate: new Float32Array(2 * edges), level, nodeLevel: new Uint8Array(2 * graph.nodeIds.length) };
  const from = (at: number) => ({ ...walkersAt(graph, [{ node: start, people: 1 }]), readyS: Float64Array.of(at) });
  const routeTo = (hazard: EdgeHazard, at: number): { readonly route: string | null; readonly arrival: number | null } => {
    const planned = planEvacuation({ graph, walkers: from(at), hazard }).routes[0];
    const end = planned === undefined ? undefined : ends[planned.way.muster];
    const name = routes.find(([, route]) => route.at(-1)!.to === end)?.[0] ?? null;
    return { route: name, arrival: planned?.arrivalS[0] ?? null };
  };
  const got = Object.keys(expected).map((name) => {
    const at = Number(/(?:start|at)_([\d.]+)/.exec(name)?.[1] ?? 0);
    if (name.startsWith('static')) {
      const walked = nearestExitPerformance({ graph, walkers: from(at), hazard: closing });
      return [name, { route: routeTo(calm, at).route, would_be_caught: walked.caught > 0 }] as const;
    }
    return [name, routeTo(name.includes('without_hazard') ? calm : closing, at)] as const;
  });
  return evaluated(Object.fromEntries(got));
};

export const timedRouting = (reference: ReferenceCase): Evaluation => {
  if ('exits_open' in reference.inputs) return blockedExits(reference.inputs);
  if ('routes' in reference.inputs) return closingEdge(reference);
  throw new MissingInput('inputs state neither routes nor exits');
};

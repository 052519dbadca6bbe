import { approachSeconds, groupWalkers, type Group, type Walkers } from './groups.ts';
import { createHeap } from './heap.ts';
import { keepWays, type Kept, type SentWay } from './kept.ts';
import { quickestWays } from './quickest.ts';
import { createSearch, type Walk, type Way } from './search.ts';
import { createSlots } from './slots.ts';
import type { WalkGraph } from './graph.ts';
import type { EdgeHazard } from './hazard.ts';

export type PlanInput = {
  readonly graph: WalkGraph;
  readonly walkers: Walkers;
  readonly hazard: EdgeHazard;
  readonly blocked?: Uint8Array;
  /** Free places at each muster point; its capacity by default. 0 closes it. */
  readonly places?: Int32Array;
  /** Seconds of detour that one reference load is worth. */
  readonly loadWeight?: number;
  /** A way on which somebody would gain more than this (reference loads) is not offered: they shelter. */
  readonly loadLimit?: number;
  /** The way that each walker has been sent before, null for none: who can still walk it keeps it, and only the others are planned for. */
  readonly sent?: readonly (SentWay | null)[];
  /** The danger by which the ways of those who were sent are judged; that of new ways by default. */
  readonly sentHazard?: EdgeHazard;
  /** Seconds by which each edge counts as longer than it is, so that ways which may close are left to those who have no other. */
  readonly toll?: Float64Array;
  /** Seconds by which a person may be later than the best way found for them, so that a crowd shares one search. */
  readonly slackS?: number;
};

/** People sent the same way. `people` are indices of the walkers; times and loads are of those people, in the same order. */
export type PlannedRoute = { readonly people: Int32Array; readonly footing: { readonly x: number; readonly y: number; readonly edge: number }; readonly way: Way; readonly arrivalS: Float64Array; readonly load: Float64Array; /** When the last of them has passed the edge they stand on, then each arc, s. */ readonly passedS: Float64Array; /** Whether they were sent this way before. */ readonly isKept: boolean };
export type EvacuationPlan = { readonly routes: readonly PlannedRoute[]; /** Indices of walkers for whom no way avoids the danger. */ readonly shelter: Int32Array; /** Of those who were sent a way before, who is not on it; they are planned for like the others. */ readonly astray: Int32Array };

/**
 * Capacity-constrained routing to muster points (the family of CCRP: Lu, George & Shekhar 2005). Groups are served in order of their earliest
 * possible arrival; each person reserves the entry slots of their way, so whoever comes later sees the queue and takes another way
 * when that is quicker. Danger is judged at the moment of passing. Where a small crowd has to wait it is sent by the quickest flow if the network is small too, else planned several times
 * over, each time serving those earlier who came last before (squeaky-wheel optimisation: Joslin & Clements 1999), and the best plan counts. Deterministic: same input, same plan.
 */
export const planEvacuation = (input: PlanInput): EvacuationPlan => {
  const { kept, astray } = keptOf(input);
  const people = input.walkers.x.length;
  const isSmall = people <= SMALL_CROWD && input.graph.edgeIds.length <= SMALL_NETWORK;
  const groups = groupWalkers(input.graph, input.walkers, new Set(kept.map(({ person }) => person)));
  const first = planOnce(input, { groups, kept }, noBias(input, groups));
  let best = first;
  // Where nobody waits and no muster point is full, everybody has their own best way already.
  if (!first.isFree && people <= SMALL_CROWD) {
    const exact = isSmall && kept.length === 0 ? planAlong(input, groups, first) : null;
    best = exact === null ? corrected(input, { groups, kept }, first) : isBetter(exact, first) ? exact : first;
  }
  return { routes: best.routes, shelter: best.shelter, astray: Int32Array.from(astray) };
};

const isBetter = (one: Round, other: Round): boolean => one.shelter.length < other.shelter.length || (one.shelter.length === other.shelter.length && one.latest < other.latest);

/** The best of several rounds in which those who came last before are served earlier, and the edges before which they queued are tolled. */
const corrected = (input: PlanInput, crowd: { readonly groups: readonly Group[]; readonly kept: readonly Kept[] }, first: Round): Round => {
  const bias = noBias(input, crowd.groups);
  let best = first;
  for (let round = 1, idle = 0, last = first; round < ROUNDS && idle < PATIENCE && last.latest > 0; round += 1) {
    const { latest } = last;
    last.lastOf.forEach((arrival, index) => {
      if (arrival >= LATE * latest) bias.ahead[index]! += AHEAD * latest;
    });
    bias.toll.forEach((old, edge) => (bias.toll[edge] = 0.8 * old + (last.scarce[edge] === 1 ? TOLL * latest : 0)));
    last = planOnce(input, crowd, bias);
    idle = isBetter(last, best) ? 0 : idle + 1;
    if (idle === 0) best = last;
  }
  return best;
};

const noBias = ({ graph }: PlanInput, groups: readonly Group[]): Bias => ({ ahead: new Float64Array(groups.length), toll: new Float64Array(graph.edgeIds.length) });

/** Whoever keeps their way comes before everybody who is planned for. */
const keptOf = (input: PlanInput): ReturnType<typeof keepWays> => {
  const { graph, walkers, sent } = input;
  if (sent === undefined) return { kept: [], astray: [] };
  const { search, places, reserve, searchIn } = roomFor(input, new Float64Array(graph.edgeIds.length));
  const judge = input.sentHazard === undefined ? search : searchIn(input.sentHazard);
  const serves = (group: Group, way: Way, readyS: number): Walk | null => {
    const walk = places[way.muster]! > 0 ? judge.walk(group, way, readyS) : null;
    return walk !== null && walk.load <= KEPT_LOAD * (input.loadLimit ?? Infinity) ? walk : null;
  };
  return keepWays({ graph, walkers, sent }, { walk: serves, take: reserve });
};

/** Ways and muster points with nobody on them yet, and how somebody takes their part of them. */
const roomFor = (input: PlanInput, bias: Float64Array) => {
  const { graph, hazard, loadWeight = 600 } = input;
  const slots = createSlots(graph.capacity);
  const places = input.places?.slice() ?? Int32Array.from(graph.muster, (point) => point.capacity);
  const toll = input.toll === undefined ? bias : bias.map((seconds, edge) => seconds + input.toll![edge]!);
  const blocked = input.blocked ?? new Uint8Array(graph.edgeIds.length);
  const searchIn = (danger: EdgeHazard) => createSearch({ graph, hazard: danger, blocked, slots, loadWeight, places, toll });
  const reserve = ({ group, way, walk }: Pick<Kept, 'group' | 'way' | 'walk'>): void => {
    places[way.muster]! -= 1;
    if (walk.setOff !== null) slots.take(group.footing.edge, walk.setOff);
    for (let i = 0; i < way.arcs.length; i += 1) slots.take(way.arcs[i]! >> 1, walk.entries[i]!);
  };
  return { search: searchIn(hazard), searchIn, blocked, places, reserve };
};

/** By how much more than the load limit a way that somebody has begun may cost, so that an estimate at the limit does not turn them about. */
const KEPT_LOAD = 1.25;
const SMALL_CROWD = 300;
const ROUNDS = 16;
/** Rounds without anything better after which a correction is given up. */
const PATIENCE = 8;
/** Edges up to which the quickest flow is found exactly, as in a building. */
const SMALL_NETWORK = 100;
/** Parts of the last arrival by which latecomers are served earlier, and by which scarce edges are tolled. */
const [AHEAD, TOLL] = [0.2, 0.06];
/** Whoever arrives in the last tenth counts as late. */
const LATE = 0.9;

/** Seconds by which groups are served before their turn, and by which edges count as longer than they are. */
type Bias = { readonly ahead: Float64Array; readonly toll: Float64Array };
type Round = Omit<EvacuationPlan, 'astray'> & { /** Cost of the last person of each group, and of all, without tolls. */ readonly lastOf: Float64Array; readonly latest: number; /** Edges before which those who come late queue. */ readonly scarce: Uint8Array; /** Nobody queues anywhere, and every muster point has room left. */ readonly isFree: boolean };

const planOnce = (input: PlanInput, { groups, kept }: { readonly groups: readonly Group[]; readonly kept: readonly Kept[] }, { ahead, toll }: Bias): Round => {
  const { walkers, loadLimit = Infinity } = input;
  const people = walkers.x.length;
  const slack = input.slackS ?? (people <= 60 ? 0 : people <= 2_000 ? 2 : 5);
  const { search, places, reserve } = roomFor(input, toll);
  const shelter: number[] = [];
  const tally = createTally(input, groups.length);
  const queue = createHeap();
  const waiting = groups.map((group): Waiting => ({ group, next: 0, bound: 0, way: null, order: bySetOff(group, walkers) }));
  const placed = new Uint8Array(people);
  for (const { order } of waiting) for (const person of order) placed[person] = 1;
  for (const one of kept) {
    placed[one.person] = 1;
    reserve(one);
  }
  for (let i = 0; i < people; i += 1) if (placed[i] === 0) shelter.push(i);
  waiting.forEach((_entry, index) => queue.push(-ahead[index]!, index));

  while (queue.size > 0) {
    const index = queue.pop();
    const entry = waiting[index]!;
    const { group, order } = entry;
    const readyOf = (person: number): number => approachSeconds(group, walkers, person);
    const worth = (way: Way | null): number => {
      const walk = way === null || places[way.muster]! <= 0 ? null : search.walk(group, way, readyOf(order[entry.next]!));
      return walk === null ? Infinity : search.cost(walk);
    };
    // Reservations only ever make a way later: a kept way that costs no more than its bound is still the best.
    if (!(worth(entry.way) <= entry.bound + slack)) {
      entry.way = search.find(group, readyOf(order[entry.next]!));
      entry.bound = worth(entry.way);
      if (entry.bound === Infinity) {
        for (; entry.next < order.length; entry.next += 1) shelter.push(order[entry.next]!);
        continue;
      }
      if (entry.bound - ahead[index]! > queue.minimum + slack) {
        queue.push(entry.bound - ahead[index]!, index);
        continue;
      }
    }
    const way = entry.way!;
    while (entry.next < order.length && places[way.muster]! > 0) {
      const person = order[entry.next]!;
      const walk = search.walk(group, way, readyOf(person));
      if (walk === null || search.cost(walk) > entry.bound + slack) break;
      entry.next += 1;
      if (walk.load > loadLimit) {
        shelter.push(person);
        continue;
      }
      reserve({ group, way, walk });
      tally.add(index, { group, way, walk, person }, search.cost(walk) - walk.toll);
    }
    if (entry.next < order.length) queue.push(entry.bound - ahead[index]!, index);
  }
  return tally.round({ kept, shelter, places });
};

/** The ways of the quickest flow, walked in the order of arrival and at its moments; null where somebody has none, or not without danger. */
const planAlong = (input: PlanInput, groups: readonly Group[], { latest, shelter }: Round): Round | null => {
  const { graph, walkers, hazard, loadLimit = Infinity } = input;
  const { search, places, reserve, blocked } = roomFor(input, new Float64Array(graph.edgeIds.length));
  const sendings = quickestWays({ graph, walkers, hazard, blocked, places, groups, horizonS: latest });
  if (sendings.length + shelter.length < walkers.x.length) return null;
  const tally = createTally(input, groups.length);
  for (const { person, group: index, way, entersS } of sendings.toSorted((a, b) => a.arrivalS - b.arrivalS)) {
    const group = groups[index]!;
    const walk = search.walk(group, way, approachSeconds(group, walkers, person), entersS);
    if (walk === null || walk.load > loadLimit) return null;
    reserve({ group, way, walk });
    tally.add(index, { group, way, walk, person }, search.cost(walk) - walk.toll);
  }
  return tally.round({ kept: [], shelter: [...shelter], places });
};

/** What comes of a round of planning. `cost` of a walk is without tolls, s. */
const createTally = (input: PlanInput, groups: number) => {
  const drafts = new Map<string, Draft>();
  const lastOf = new Float64Array(groups);
  const queued = new Float64Array(input.graph.edgeIds.length);
  return {
    add(index: number, { group, way, walk, person }: Pick<Kept, 'group' | 'way' | 'walk' | 'person'>, cost: number): void {
      lastOf[index] = Math.max(lastOf[index]!, cost);
      for (const edge of walk.queues) queued[edge] = Math.max(queued[edge]!, cost);
      const key = `${index}/${way.start.node}/${way.arcs.join(',')}`;
      const draft = drafts.get(key) ?? { group, way, members: [] };
      draft.members.push({ person, walk });
      drafts.set(key, draft);
    },
    round({ kept, shelter, places }: { readonly kept: readonly Kept[]; readonly shelter: readonly number[]; readonly places: Int32Array }): Round {
      const latest = lastOf.reduce((a, b) => Math.max(a, b), 0);
      const keptRoutes = kept.map(({ person, group, way, walk }) => finish({ group, way, members: [{ person, walk }] }, true));
      return {
        routes: [...keptRoutes, ...[...drafts.values()].map((draft) => finish(draft, false))],
        shelter: Int32Array.from(shelter),
        lastOf,
        latest,
        isFree: queued.every((arrival) => arrival === 0) && places.every((left, m) => left > 0 || (input.places?.[m] ?? 1) === 0),
        scarce: Uint8Array.from(queued, (arrival) => (arrival >= LATE * latest && latest > 0 ? 1 : 0)),
      };
    },
  };
};

type Waiting = { readonly group: Group; readonly order: readonly number[]; next: number; bound: number; way: Way | null };
type Draft = { readonly group: Group; readonly way: Way; readonly members: { readonly person: number; readonly walk: Walk }[] };

const bySetOff = (group: Group, walkers: Walkers): readonly number[] => group.people.toSorted((a, b) => approachSeconds(group, walkers, a) - approachSeconds(group, walkers, b));

const finish = ({ group, way, members }: Draft, isKept: boolean): PlannedRoute => ({
  people: Int32Array.from(members, (member) => member.person),
  footing: { x: group.x, y: group.y, edge: group.footing.edge },
  way,
  arrivalS: Float64Array.from(members, ({ walk }) => walk.arrivalS),
  load: Float64Array.from(members, ({ walk }) => walk.load),
  passedS: Float64Array.from({ length: way.arcs.length + 1 }, (_value, i) => members.reduce((last, { walk }) => Math.max(last, walk.passed[i]!), 0)),
  isKept,
});

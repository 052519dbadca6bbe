import type { MusterPoint, PlantModel } from '../../../src-shared/plant/index.ts';
import { buildWalkGraph, freeSeconds, headOf, nearestExitPerformance, performanceOf, planEvacuation, tailOf, type EvacuationPlan, type PlannedRoute, type SentWay, type WalkGraph } from '../evacuation/index.ts';
import type { AssessInput, Assessment, RouteDraft, Unassessed } from './assessment.ts';
import { fireDanger } from './fireDanger.ts';
import { gasDanger } from './gasDanger.ts';
import { severityOf, type Danger } from './model/danger.ts';
import { closesInS, dangerAhead, dangerLevel, MARGIN, type DangerAhead } from './model/edges.ts';
import { innerLoad } from './model/levels.ts';
import { insideRing } from './model/rings.ts';
import { rescueOf, rescueStarts, type RescueStart } from './rescue.ts';

/** What the worker keeps of a plant between calls. */
export type Ground = { readonly graph: WalkGraph; readonly muster: readonly MusterPoint[]; readonly starts: readonly RescueStart[] };

export const groundOf = (plant: Pick<PlantModel, 'walkways' | 'muster' | 'structures'>): Ground => {
  const graph = buildWalkGraph(plant);
  return { graph, muster: plant.muster, starts: rescueStarts(graph, plant) };
};

// People this far upwind or aside of a source that reaches less far are let stay.
const ALWAYS_WITHIN = 100;
/** Whoever is within so many times what has others leave goes along with them. */
const ALONG = 1.5;
/** At the edge of the danger a second on a way counts as so many more; and cells answer late while leaks grow: new ways keep off what five times the high end of the estimate would close. */
const BRINK = 9;
const GROWTH = 5;
/** An estimate that rises and falls by so much has not changed. */
const BREATH = 1.5;

/**
 * From readings to ways out: where it leaks, what it endangers, who is inside, and how everybody inside, near and downwind leaves. Runs in
 * the `engines` worker. A danger that no engine can compute is refused with the engine's own sentence.
 */
export const assess = (ground: Ground, input: AssessInput): Assessment | Unassessed => {
  const found = input.danger.kind === 'gas' ? gasDanger(input.danger) : fireDanger(input.danger);
  if ('refused' in found) return found;
  const { danger, source } = found;
  const { graph, muster } = ground;
  const { x, y } = input.people;
  const severity = Uint8Array.from(x, (px, i) => severityOf(danger.levels, danger.at(px, y[i]!)));
  const middle = danger.levels.find((level) => level.severity === 2)?.level ?? Infinity;
  const inner = danger.levels.find((level) => level.severity === 3)?.level ?? Infinity;
  // Nobody walks from a lesser level into a greater one: not into the contour, nor from there to where the high end of the uncertainty kills, nor to where the best estimate does.
  const thresholds = [MARGIN * middle, MARGIN * inner, inner / danger.high].toSorted((a, b) => a - b);
  // Who was sent out through the contour is not turned back by an estimate that puts them just outside it; what kills is never relaxed.
  const outgoing = thresholds.with(0, thresholds[0]! / BREATH);
  const now = dangerAhead(graph, danger, { thresholds, ageS: input.ageS });
  // Who walks is not turned about by an estimate that wavers at the edge: their way is cut where the danger itself comes, not a fifth before, and to whoever is inside where it kills.
  const kept = dangerAhead(graph, danger, { thresholds: [middle, inner, inner], ageS: input.ageS });
  const reached = graph.edgeIds.filter((_id, e) => now.level[e]! > 0);
  // What the danger has just left is closed to whoever is newly sent, not to who is on it.
  const hazard = withClosed(graph, now, new Set(input.keptClosed));
  const musterUsable = Uint8Array.from(muster, (_point, m) => (severityOf(danger.levels, danger.at(graph.x[graph.muster[m]!.node]!, graph.y[graph.muster[m]!.node]!)) === 0 ? 1 : 0));
  const { led, due } = leadOut(input, danger, severity);
  const walkers = { x: pick(x, led), y: pick(y, led), level: Uint8Array.from(led, (i) => dangerLevel(danger.at(x[i]!, y[i]!), isEscaping(input, i) ? outgoing : thresholds)) };
  const places = Int32Array.from(muster, (point, m) => (musterUsable[m] === 1 ? point.capacity : 0));
  const limit = input.danger.kind === 'gas' ? innerLoad(input.danger.substance, danger.levels) : 10;
  const sent = sentWays(graph, input, led);
  const impassable = new Set(input.blocked);
  const blocked = Uint8Array.from(graph.edgeIds, (id) => (impassable.has(id) ? 1 : 0));
  const plan = planEvacuation({ graph, walkers, hazard, blocked, places, loadLimit: limit, sent, sentHazard: kept, toll: caution(graph, hazard, { middle, high: GROWTH * danger.high }) });
  const context = { graph, walkers, hazard: now };
  const chosen = performanceOf(context, plan);
  const nearest = nearestExitPerformance({ ...context, blocked }, new Set(plan.routes.flatMap((route) => [...route.people])));
  return {
    source,
    model: danger.model,
    contours: danger.contours,
    outer: danger.outer,
    severity,
    reached,
    closedEdges: graph.edgeIds.filter((_id, e) => hazard.level[e]! > 0 || blocked[e] === 1),
    closingEdges: graph.edgeIds.flatMap((edge, e) => {
      const inS = closesInS(hazard, e);
      return inS > 0 && Number.isFinite(inS) ? [{ edge, inS }] : [];
    }),
    musterUsable,
    routes: freshOf(plan, { graph, hazard, blocked, sent }).map((route) => draftRoute({ graph, hazard }, route, led)),
    shelter: Int32Array.from(plan.shelter, (i) => led[i]!),
    urgency: urgencyOf({ sent, led, due, severity }),
    chosen: { arrivalS: chosen.arrivalS, dose: chosen.totalLoad, intoDanger: chosen.caught },
    nearestExit: { arrivalS: nearest.arrivalS, dose: nearest.totalLoad, intoDanger: nearest.caught },
    rescue: rescueOf({ graph, starts: ground.starts, danger, wind: input.danger.weather, blocked, held: input.standing }),
  };
};

const isEscaping = ({ sent }: AssessInput, person: number): boolean => sent.ways[sent.wayOf[person] ?? -1]?.isEscape ?? false;

const withClosed = (graph: WalkGraph, hazard: DangerAhead, closed: ReadonlySet<string>): DangerAhead => {
  const level = hazard.level.slice();
  const edges = graph.edgeIds.length;
  graph.edgeIds.forEach((id, e) => {
    if (closed.has(id)) for (let at = e; at < level.length; at += edges) level[at] = Math.max(1, level[at]!);
  });
  return { ...hazard, level };
};

/** Who is due to leave: inside any level, within 100 m or inside the outer contour, and whoever was sent before. Who is only half as far again away goes along when others are told. */
const leadOut = (input: AssessInput, danger: Danger, severity: Uint8Array): { readonly led: readonly number[]; readonly due: Uint8Array } => {
  const { x, y } = input.people;
  const outermost = danger.outer.filter((contour) => contour.severity === 1).flatMap((contour) => contour.rings);
  const isWithin = (i: number, times: number): boolean => {
    const [dx, dy] = [(x[i]! - danger.x) / times, (y[i]! - danger.y) / times];
    return Math.hypot(dx, dy) <= ALWAYS_WITHIN || outermost.some((ring) => insideRing(ring, danger.x + dx, danger.y + dy));
  };
  const due = Uint8Array.from(severity, (level, i) => (input.always[i] === 1 || level > 0 || isWithin(i, 1) ? 1 : 0));
  return { due, led: [...severity.keys()].filter((i) => due[i] === 1 || isWithin(i, ALONG)) };
};

/** How soon each person must hear of their new way: 0 when others do, 1 with the next announcement, 2 at once, as whoever's way no longer serves and whoever is in danger. */
const urgencyOf = ({ sent, led, due, severity }: { readonly sent: readonly (SentWay | null)[]; readonly led: readonly number[]; readonly due: Uint8Array; readonly severity: Uint8Array }): Uint8Array => {
  const urgency = new Uint8Array(severity.length);
  led.forEach((person, i) => {
    urgency[person] = sent[i] !== null || severity[person]! >= 2 ? 2 : due[person]!;
  });
  return urgency;
};

/**
 * Seconds by which ways count as longer because they may close: nothing where not even a leak that has grown beyond the high end of the uncertainty reaches the danger's level, rising with the logarithm of the
 * strength to nine times its own at the brink. A way is thus begun at some distance from the danger and kept until it is reached, so that an estimate that breathes sends nobody about.
 */
const caution = (graph: WalkGraph, { peak }: DangerAhead, { middle, high }: { readonly middle: number; readonly high: number }): Float64Array =>
  Float64Array.from(graph.edgeIds, (_id, e) => (peak[e] === 0 ? 0 : BRINK * freeSeconds(graph, e) * Math.min(1, Math.max(0, Math.log((peak[e]! * high) / middle) / Math.max(0.1, Math.log(high * MARGIN))))));

/** A made-up leak in the middle of the site, for warming up. */
export const rehearsal = ({ site: { width, depth } }: Pick<PlantModel, 'site'>): AssessInput => {
  const [x, y] = [width / 2, depth / 2];
  const readings = [0, 1, 2, 3].map((k) => ({ x: x + 15 * k, y: y + 5 * (k % 2), z: 1.5, ppm: 300 / (1 + k), detectionLimit: 5 }));
  return { danger: { kind: 'gas', substance: 'ammonia', weather: { windSpeed: 3, windFrom: 270, stability: 'D' }, terrain: 'urban', wake: null, previous: null, readings, candidates: [{ id: 'rehearsal', x, y, mostKgS: 10 }], declared: null }, people: { x: Float64Array.of(x + 30, x - 40), y: Float64Array.of(y, y + 20) }, always: Uint8Array.of(1, 1), sent: { ways: [], wayOf: Int32Array.of(-1, -1) }, ageS: 30, keptClosed: [], blocked: [], standing: [] };
};

const pick = (column: Float64Array, of: readonly number[]): Float64Array => Float64Array.from(of, (i) => column[i]!);

/** Of those who are led, the way that each was sent before; null for an unknown edge, as after another plant model. */
const sentWays = (graph: WalkGraph, { sent }: AssessInput, led: readonly number[]): readonly (SentWay | null)[] => {
  const index = new Map(sent.ways.length === 0 ? [] : graph.edgeIds.map((id, e) => [id, e]));
  const ways = sent.ways.map(({ edges, muster }): SentWay | null => (edges.every((id) => index.has(id)) ? { edges: Uint32Array.from(edges, (id) => index.get(id)!), muster } : null));
  return led.map((person) => ways[sent.wayOf[person] ?? -1] ?? null);
};

/** Routes of those who need one. Whoever strayed from an open way is left on it: a position that wanders is no reason to send anybody elsewhere. */
const freshOf = (plan: EvacuationPlan, { graph, hazard, blocked, sent }: { readonly graph: WalkGraph; readonly hazard: DangerAhead; readonly blocked: Uint8Array; readonly sent: readonly (SentWay | null)[] }): readonly PlannedRoute[] => {
  const isOpen = (way: SentWay): boolean => way.edges.every((edge) => blocked[edge] === 0 && closesInS(hazard, edge) === Infinity) && hazard.nodeLevel[hazard.nodeLevel.length - graph.nodeIds.length + graph.muster[way.muster]!.node] === 0;
  const left = new Set(Array.from(plan.astray).filter((i) => isOpen(sent[i]!)));
  return plan.routes.flatMap((route): readonly PlannedRoute[] => {
    const members = route.isKept ? [] : [...route.people.keys()].filter((k) => !left.has(route.people[k]!));
    return members.length === 0 ? [] : [{ ...route, people: route.people.filter((_person, k) => members.includes(k)), arrivalS: route.arrivalS.filter((_s, k) => members.includes(k)), load: route.load.filter((_load, k) => members.includes(k)) }];
  });
};

const draftRoute = ({ graph, hazard }: { readonly graph: WalkGraph; readonly hazard: DangerAhead }, route: PlannedRoute, led: readonly number[]): RouteDraft => {
  const { way, footing, passedS } = route;
  const isOnEdge = way.start.metres > 0;
  const walked = [...(isOnEdge ? [footing.edge] : []), ...Array.from(way.arcs, (arc) => arc >> 1)];
  const passed = isOnEdge ? passedS : passedS.subarray(1);
  const nodes = [way.start.node, ...Array.from(way.arcs, (arc) => headOf(graph, arc))];
  // Closed while people are still on it: who stands where the danger comes walks out through it.
  const split = walked.findLastIndex((edge, i) => closesInS(hazard, edge) < passed[i]!) + 1;
  const ids = walked.map((edge) => graph.edgeIds[edge]!);
  const path = [footing.x, footing.y, ...stepOn(graph, route), ...nodes.flatMap((node) => [graph.x[node]!, graph.y[node]!])];
  return {
    people: Int32Array.from(route.people, (i) => led[i]!),
    muster: way.muster,
    path: Float64Array.from(path),
    escapeEdges: ids.slice(0, split),
    edges: ids.slice(split),
    lengthM: pathLength(path),
    arrivalS: Float64Array.from(route.arrivalS),
    dose: Float64Array.from(route.load),
    ahead: closestShave(walked.slice(split).map((edge, i) => ({ edge: graph.edgeIds[edge]!, passedS: passed[split + i]!, closesS: closesInS(hazard, edge) }))),
  };
};

/** Where the danger comes soonest after people have passed. */
const closestShave = (passages: readonly { readonly edge: string; readonly passedS: number; readonly closesS: number }[]): RouteDraft['ahead'] =>
  passages.filter(({ closesS }) => Number.isFinite(closesS)).reduce<RouteDraft['ahead']>((least, one) => (least === null || one.closesS - one.passedS < least.closesS - least.passedS ? one : least), null);

/** Where the group steps onto its edge, when it is not at a node. */
const stepOn = (graph: WalkGraph, { way, footing }: PlannedRoute): readonly number[] => {
  if (way.start.metres === 0) return [];
  const other = tailOf(graph, 2 * footing.edge) === way.start.node ? headOf(graph, 2 * footing.edge) : tailOf(graph, 2 * footing.edge);
  const share = way.start.metres / graph.length[footing.edge]!;
  const [ax, ay] = [graph.x[way.start.node]!, graph.y[way.start.node]!];
  return [ax + share * (graph.x[other]! - ax), ay + share * (graph.y[other]! - ay)];
};

const pathLength = (path: readonly number[]): number => {
  let length = 0;
  for (let i = 2; i < path.length; i += 2) length += Math.hypot(path[i]! - path[i - 2]!, path[i + 1]! - path[i - 1]!);
  return length;
};

import type { MusterPoint, PlantModel } from '../../../src-shared/plant/index.ts';
import { buildWalkGraph, headOf, nearestExitPerformance, performanceOf, planEvacuation, tailOf, type PlannedRoute, type WalkGraph } from '../evacuation/index.ts';
import type { AssessInput, Assessment, RouteDraft, Unassessed } from './assessment.ts';
import { fireDanger } from './fireDanger.ts';
import { gasDanger } from './gasDanger.ts';
import { severityOf, type Danger } from './model/danger.ts';
import { dangerLevel, dangerOnWays } from './model/edges.ts';
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
  const limits = { closed: middle, lethal: inner };
  const ways = dangerOnWays(graph, danger, limits);
  const reached = graph.edgeIds.filter((_id, e) => ways.level[e]! > 0);
  const kept = new Set(input.keptClosed);
  graph.edgeIds.forEach((id, e) => {
    if (ways.level[e] === 0 && kept.has(id)) ways.level[e] = 1;
  });
  const musterUsable = Uint8Array.from(muster, (_point, m) => (severityOf(danger.levels, danger.at(graph.x[graph.muster[m]!.node]!, graph.y[graph.muster[m]!.node]!)) === 0 ? 1 : 0));
  const led = leadOut(input, danger, severity);
  const walkers = { x: pick(x, led), y: pick(y, led), level: Uint8Array.from(led, (i) => dangerLevel(danger.at(x[i]!, y[i]!), limits)) };
  const hazard = { at: new Float64Array(1), ...ways };
  const places = Int32Array.from(muster, (point, m) => (musterUsable[m] === 1 ? point.capacity : 0));
  const limit = input.danger.kind === 'gas' ? innerLoad(input.danger.substance, danger.levels) : 10;
  const plan = planEvacuation({ graph, walkers, hazard, places, loadLimit: limit });
  const context = { graph, walkers, hazard };
  const chosen = performanceOf(context, plan);
  const nearest = nearestExitPerformance(context, new Set(plan.routes.flatMap((route) => [...route.people])));
  return {
    source,
    model: danger.model,
    contours: danger.contours,
    outer: danger.outer,
    severity,
    reached,
    closedEdges: graph.edgeIds.filter((_id, e) => ways.level[e]! > 0),
    musterUsable,
    routes: plan.routes.map((route) => draftRoute({ graph, level: ways.level }, route, led)),
    shelter: Int32Array.from(plan.shelter, (i) => led[i]!),
    chosen: { arrivalS: chosen.arrivalS, dose: chosen.totalLoad, intoDanger: chosen.caught },
    nearestExit: { arrivalS: nearest.arrivalS, dose: nearest.totalLoad, intoDanger: nearest.caught },
    rescue: rescueOf({ graph, starts: ground.starts, danger, wind: input.danger.weather, held: input.standing }),
  };
};

/** Who leaves: inside any level, within 100 m or half the danger's reach, or inside the outer contour, and whoever was sent before. */
const leadOut = (input: AssessInput, danger: Danger, severity: Uint8Array): readonly number[] => {
  const { x, y } = input.people;
  const outermost = danger.outer.filter((contour) => contour.severity === 1).flatMap((contour) => contour.rings);
  return [...severity.keys()].filter(
    (i) => input.always[i] === 1 || severity[i]! > 0 || Math.hypot(x[i]! - danger.x, y[i]! - danger.y) <= ALWAYS_WITHIN || outermost.some((ring) => insideRing(ring, x[i]!, y[i]!)),
  );
};

/** A made-up leak in the middle of the site, for warming up. */
export const rehearsal = ({ site: { width, depth } }: Pick<PlantModel, 'site'>): AssessInput => {
  const [x, y] = [width / 2, depth / 2];
  const readings = [0, 1, 2, 3].map((k) => ({ x: x + 15 * k, y: y + 5 * (k % 2), z: 1.5, ppm: 300 / (1 + k), detectionLimit: 5 }));
  return { danger: { kind: 'gas', substance: 'ammonia', weather: { windSpeed: 3, windFrom: 270, stability: 'D' }, terrain: 'urban', wake: null, previous: null, readings, candidates: [{ id: 'rehearsal', x, y, mostKgS: 10 }], declared: null }, people: { x: Float64Array.of(x + 30, x - 40), y: Float64Array.of(y, y + 20) }, always: Uint8Array.of(1, 1), keptClosed: [], standing: [] };
};

const pick = (column: Float64Array, of: readonly number[]): Float64Array => Float64Array.from(of, (i) => column[i]!);

const draftRoute = ({ graph, level }: { readonly graph: WalkGraph; readonly level: Uint8Array }, route: PlannedRoute, led: readonly number[]): RouteDraft => {
  const { way, footing } = route;
  const walked = [...(way.start.metres > 0 ? [footing.edge] : []), ...Array.from(way.arcs, (arc) => arc >> 1)];
  const nodes = [way.start.node, ...Array.from(way.arcs, (arc) => headOf(graph, arc))];
  const escaping = walked.findIndex((edge) => level[edge] === 0);
  const split = escaping < 0 ? walked.length : escaping;
  const ids = walked.map((edge) => graph.edgeIds[edge]!);
  const path = [footing.x, footing.y, ...stepOn(graph, route), ...nodes.flatMap((node) => [graph.x[node]!, graph.y[node]!])];
  return {
    people: Int32Array.from(route.people, (i) => led[i]!),
    muster: way.muster,
    path: Float64Array.from(path),
    escapeEdges: ids.slice(0, split),
    edges: ids.slice(split),
    lengthM: pathLength(path),
    arrivalS: Math.max(...route.arrivalS),
    dose: Math.max(...route.load),
  };
};

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

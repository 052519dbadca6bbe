import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { approachesFrom, touchedNodes, type Approach, type WalkGraph } from '../evacuation/index.ts';
import type { RescueDraft } from './assessment.ts';
import { severityOf, type Danger } from './model/danger.ts';
import { dangerOnWays, MARGIN } from './model/edges.ts';
import { insideRing } from './model/rings.ts';
import { chooseStands } from './model/stands.ts';

/** Clear width that a fire engine needs, m (GB 50016-2014 §7.1.8). */
const ENGINE_WIDTH = 4;

/** Where rescuers set out from: nodes of the graph, the same for engines and on foot where both can start there. */
export type RescueStart = { readonly id: string; readonly start: 'fire-station' | 'gate'; readonly engineNode: number; readonly footNode: number };

/** The fire stations and gates of a plant, each at its nearest node; a gate is a node of its own. Engines leave a station by a road that leads to a gate, where there is one. */
export const rescueStarts = (graph: WalkGraph, plant: Pick<PlantModel, 'walkways' | 'structures'>): readonly RescueStart[] => {
  const narrow = tooNarrow(graph);
  const onRoad = touchedNodes(graph, narrow);
  const gates = plant.walkways.nodes.flatMap((node, n): RescueStart[] => (node.kind === 'gate' ? [{ id: node.id, start: 'gate', engineNode: onRoad[n] === 1 ? n : -1, footNode: n }] : []));
  const fromGates = gates.filter(({ engineNode }) => engineNode >= 0).map(({ engineNode }) => approachesFrom(graph, engineNode, narrow));
  const nodes = graph.nodeIds.map((_id, n) => n);
  const roads = nodes.filter((n) => onRoad[n] === 1 && (fromGates.length === 0 || fromGates.some((to) => to(n) !== null)));
  const stations = plant.structures.flatMap(({ id, use, shape }): RescueStart[] => {
    if (use !== 'fire-station') return [];
    const [x, y] = [0, 1].map((axis) => shape.reduce((sum, point) => sum + point[axis]!, 0) / shape.length) as [number, number];
    const nearest = (among: readonly number[]): number => among.reduce((best, n) => (best < 0 || Math.hypot(graph.x[n]! - x, graph.y[n]! - y) < Math.hypot(graph.x[best]! - x, graph.y[best]! - y) ? n : best), -1);
    return [{ id, start: 'fire-station', engineNode: nearest(roads), footNode: nearest(nodes) }];
  });
  return [...stations, ...gates];
};

const tooNarrow = (graph: WalkGraph): Uint8Array => Uint8Array.from(graph.width, (width) => (width < ENGINE_WIDTH ? 1 : 0));

type Scene = { readonly graph: WalkGraph; readonly starts: readonly RescueStart[]; readonly danger: Danger; readonly wind: { readonly windFrom: number; readonly windSpeed: number }; /** Edges that nobody can pass (1). */ readonly blocked: Uint8Array; /** Node ids. */ readonly held: readonly string[] };

/**
 * Standing points for rescuers and the ways to them: points outside every contour and outside those of the high end of the uncertainty, upwind
 * or aside; ways that touch no contour, for fire engines where a road leads there, else on foot. Muster points are left to those who are led out.
 */
export const rescueOf = (scene: Scene): readonly RescueDraft[] => {
  const { graph, danger } = scene;
  const outermost = Math.min(...danger.levels.map(({ level }) => level));
  const closed = dangerOnWays(graph, danger, [MARGIN * outermost]).map((level, e) => level | scene.blocked[e]!);
  const wide = tooNarrow(graph).map((narrow, e) => narrow | closed[e]!);
  const byEngine = standsOver(scene, wide, false);
  return byEngine.length > 0 ? byEngine : standsOver(scene, closed, true);
};

const standsOver = ({ graph, starts, danger, wind, held }: Scene, blocked: Uint8Array, onFoot: boolean): readonly RescueDraft[] => {
  const open = touchedNodes(graph, blocked);
  const outer = danger.outer.flatMap((contour) => contour.rings);
  const isMuster = new Set(graph.muster.map(({ node }) => node));
  const ways = starts.flatMap((start) => {
    const node = onFoot ? start.footNode : start.engineNode;
    return node < 0 ? [] : [{ start, to: approachesFrom(graph, node, blocked) }];
  });
  const isSafe = (x: number, y: number): boolean => severityOf(danger.levels, danger.at(x, y)) === 0 && !outer.some((ring) => insideRing(ring, x, y));
  const places = graph.nodeIds.flatMap((_id, node) => {
    const [x, y] = [graph.x[node]!, graph.y[node]!];
    return open[node] === 1 && !isMuster.has(node) && isSafe(x, y) && ways.some(({ to }) => to(node) !== null) ? [{ node, x, y }] : [];
  });
  const heldNodes = new Set(held.map((id) => graph.nodeIds.indexOf(id)));
  return chooseStands(places, { x: danger.x, y: danger.y, ...wind, held: heldNodes }).map(({ node, ...stand }) => {
    const reached = ways.flatMap(({ start, to }) => {
      const way = to(node);
      return way === null ? [] : [{ from: start.id, start: start.start, path: pathOf(graph, way), lengthM: way.lengthM }];
    });
    const shortest = (kind: RescueStart['start']) => reached.filter(({ start }) => start === kind).toSorted((a, b) => a.lengthM - b.lengthM).slice(0, 1);
    return { node: graph.nodeIds[node]!, x: graph.x[node]!, y: graph.y[node]!, ...stand, onFoot, ways: [...shortest('fire-station'), ...shortest('gate')] };
  });
};

const pathOf = (graph: WalkGraph, { nodes }: Approach): Float64Array<ArrayBuffer> => Float64Array.from(nodes.flatMap((node) => [graph.x[node]!, graph.y[node]!]));

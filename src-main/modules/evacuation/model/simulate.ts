import { approachSeconds, type End, type Group, type Walkers } from './groups.ts';
import { headOf, type WalkGraph } from './graph.ts';
import { edgeLevel, loadDuring, nodeLevel, paceAt, type EdgeHazard } from './hazard.ts';
import { createHeap } from './heap.ts';
import { weidmannSpeed } from './walking.ts';

/** One person's walk: the end of their edge that they make for, then arcs. */
export type Itinerary = { readonly group: Group; readonly person: number; readonly start: End; readonly arcs: Uint32Array };
/** When each itinerary arrives, what load it gained (waiting included), and whether it walked into a greater danger than it set off in. */
export type Outcome = { readonly arrivalS: Float64Array; readonly load: Float64Array; readonly caught: Uint8Array };

/**
 * Walks itineraries through the plant with queues: an edge lets people in at its capacity, first come first served, and the more people are
 * on it the slower they walk (Weidmann's diagram, relative to the unimpeded speed). Both directions share the edge. The same walk
 * judges our plan and nearest-exit routing. Waiting room at nodes is unbounded.
 */
export const simulateWalk = (graph: WalkGraph, itineraries: readonly Itinerary[], context: { readonly walkers: Walkers; readonly hazard: EdgeHazard }): Outcome => {
  const { walkers, hazard } = context;
  const count = itineraries.length;
  const [arrivalS, load, caught] = [new Float64Array(count), new Float64Array(count), new Uint8Array(count)];
  const step = new Int32Array(count).fill(-1);
  const danger = new Uint8Array(count);
  const nextEntry = new Float64Array(graph.edgeIds.length);
  const inside = new Float64Array(graph.edgeIds.length);
  const events = createHeap(Math.max(16, count));
  const enter = (edge: number, now: number): number => {
    const entered = Math.max(now, nextEntry[edge]!);
    nextEntry[edge] = entered + 1 / graph.capacity[edge]!;
    return entered;
  };
  const setOffs = createHeap(Math.max(16, count));
  itineraries.forEach(({ group, person }, i) => setOffs.push(approachSeconds(group, walkers, person), i));
  while (setOffs.size > 0) {
    const ready = setOffs.minimum;
    const i = setOffs.pop();
    const { group, start } = itineraries[i]!;
    const { edge } = group.footing;
    const entered = start.metres === 0 ? ready : enter(edge, ready);
    const reached = entered + start.metres / (graph.speed[edge]! * group.pace * paceAt(hazard, edge, entered));
    load[i] = loadDuring(hazard, edge, { from: 0, to: reached });
    danger[i] = group.level;
    events.push(reached, i);
  }
  while (events.size > 0) {
    const now = events.minimum;
    const i = events.pop();
    const { arcs, group } = itineraries[i]!;
    if (step[i]! >= 0) inside[arcs[step[i]!]! >> 1]! -= 1;
    step[i]! += 1;
    if (step[i]! >= arcs.length) {
      arrivalS[i] = now;
      continue;
    }
    const arc = arcs[step[i]!]!;
    const edge = arc >> 1;
    const entered = enter(edge, now);
    const density = inside[edge]! / (graph.length[edge]! * graph.width[edge]!);
    // Never slower than a tenth: queues stand before the edge, not on it.
    const crowding = Math.max(0.1, weidmannSpeed(density) / weidmannSpeed(0));
    const left = entered + graph.length[edge]! / (graph.speed[edge]! * group.pace * crowding * paceAt(hazard, edge, entered));
    inside[edge]! += 1;
    load[i]! += loadDuring(hazard, edge, { from: now, to: left });
    const passed = edgeLevel(hazard, edge, { from: entered, to: left });
    if (passed > danger[i]!) caught[i] = 1;
    danger[i] = Math.min(passed, nodeLevel(hazard, headOf(graph, arc), { from: left, to: left }));
    events.push(left, i);
  }
  return { arrivalS, load, caught };
};

import { LEVEL_SPECIFIC_FLOW, effectiveWidth, hydraulicCapacity, networkOf, noHazard, PLANNED_SPEED, planEvacuation, shortestWays, simulateWalk, smokeSpeed, stairK, wayCapacity, walkersAt, type EdgeHazard, type EvacuationPlan, type TimedWay, type WalkGraph, type Walkers } from '../../modules/evacuation/index.ts';

/** Scenes of guidelines as networks, run through the engine's public interface. */
const open = (graph: WalkGraph): EdgeHazard => noHazard({ nodes: graph.nodeIds.length, edges: graph.edgeIds.length });
export const lastArrival = (plan: EvacuationPlan): number => plan.routes.reduce((last, route) => Math.max(last, ...route.arrivalS), 0);
export const planOn = (graph: WalkGraph, walkers: Walkers, hazard = open(graph)): EvacuationPlan => planEvacuation({ graph, walkers, hazard, slackS: 0 });

/** One person, alone, along a way of so many metres at their own speed. */
export const walkTime = (metres: number, speed: number): number => {
  const graph = networkOf({ nodes: ['a', 'b'], ways: [{ from: 'a', to: 'b', seconds: metres / PLANNED_SPEED, perSecond: 10 }], muster: [{ node: 'b' }] });
  return lastArrival(planOn(graph, { ...walkersAt(graph, [{ node: 'a', people: 1 }]), speed: Float64Array.of(speed) }));
};

/** A crowd at a door: persons per second and the moment the last one has passed it. */
export const doorTime = (door: { readonly width: number; readonly persons: number; readonly boundary: number; readonly specific?: number }): { readonly perSecond: number; readonly seconds: number } => {
  const perSecond = effectiveWidth(door.width, door.boundary) * (door.specific ?? LEVEL_SPECIFIC_FLOW);
  // Whoever passes takes the door for one headway.
  const graph = networkOf({ nodes: ['room', 'out'], ways: [{ from: 'room', to: 'out', seconds: 1 / perSecond, perSecond }], muster: [{ node: 'out' }] });
  return { perSecond, seconds: lastArrival(planOn(graph, walkersAt(graph, [{ node: 'room', people: door.persons }]))) };
};

/** A room full of people with exits spread around its walls: the last one out. Floor in squares of 2 m. */
export const roomTime = (room: { readonly length: number; readonly width: number; readonly persons: number; readonly exits: number; readonly exitWidth: number }): number => {
  const [columns, rows] = [Math.max(1, Math.round(room.length / 2)), Math.max(1, Math.round(room.width / 2))];
  const id = (i: number, j: number): string => `${i}.${j}`;
  const floor: TimedWay[] = [];
  const step = { seconds: 2 / PLANNED_SPEED, perSecond: wayCapacity('walkway', 2), width: 2 };
  for (let i = 0; i < columns; i += 1) for (let j = 0; j < rows; j += 1) {
    if (i + 1 < columns) floor.push({ from: id(i, j), to: id(i + 1, j), ...step });
    if (j + 1 < rows) floor.push({ from: id(i, j), to: id(i, j + 1), ...step });
  }
  const rim = [...Array.from({ length: columns }, (_value, i) => id(i, 0)), ...Array.from({ length: rows }, (_value, j) => id(columns - 1, j)), ...Array.from({ length: columns }, (_value, i) => id(columns - 1 - i, rows - 1)), ...Array.from({ length: rows }, (_value, j) => id(0, rows - 1 - j))];
  const exits = Array.from({ length: room.exits }, (_value, k) => ({ node: `exit${k}`, from: rim[Math.floor(((k + 0.5) / room.exits) * rim.length)]! }));
  const graph = networkOf({
    nodes: [...Array.from({ length: columns * rows }, (_value, k) => id(k % columns, Math.floor(k / columns))), ...exits.map((exit) => exit.node)],
    ways: [...floor, ...exits.map((exit) => ({ from: exit.from, to: exit.node, seconds: 1, perSecond: wayCapacity('walkway', room.exitWidth), width: room.exitWidth }))],
    muster: exits.map((exit) => ({ node: exit.node })),
  });
  const crowds = Array.from({ length: columns * rows }, (_value, k) => ({ node: id(k % columns, Math.floor(k / columns)), people: Math.floor((room.persons * (k + 1)) / (columns * rows)) - Math.floor((room.persons * k) / (columns * rows)) }));
  return lastArrival(planEvacuation({ graph, walkers: walkersAt(graph, crowds), hazard: open(graph), slackS: 1 }));
};

/** A crowd at the far side of a room, one exit 15 m nearer than the other. */
export const exitSplit = (persons: number): { readonly nearer: number; readonly farther: number } => {
  const way = (to: string, metres: number) => ({ from: 'crowd', to, seconds: metres / PLANNED_SPEED, perSecond: wayCapacity('walkway', 1) });
  const graph = networkOf({ nodes: ['crowd', 'near', 'far'], ways: [way('near', 20), way('far', 35)], muster: [{ node: 'near' }, { node: 'far' }] });
  const sent = [0, 0];
  for (const route of planOn(graph, walkersAt(graph, [{ node: 'crowd', people: persons }])).routes) sent[route.way.muster]! += route.people.length;
  return { nearer: sent[0]!, farther: sent[1]! };
};

/** A corridor into a stair of the same width, walked up: flows, and whether the queue at its foot grows. */
export const stairQueue = (persons: number, speedUp: number): { readonly stairFlow: number; readonly corridorFlow: number; readonly growing: boolean } => {
  const [corridorFlow, stairFlow] = [wayCapacity('indoor', 2), Math.min(wayCapacity('stair', 2), effectiveWidth(2) * hydraulicCapacity(stairK(180, 280)) * (speedUp / 0.92))];
  const scene = (perSecond: number) => networkOf({ nodes: ['room', 'foot', 'top'], ways: [{ from: 'room', to: 'foot', seconds: 10, perSecond: corridorFlow }, { from: 'foot', to: 'top', seconds: 10 / speedUp, perSecond }], muster: [{ node: 'top' }] });
  const arrivals = (graph: WalkGraph): number[] => planOn(graph, walkersAt(graph, [{ node: 'room', people: persons }])).routes.flatMap((route) => [...route.arrivalS]).toSorted((a, b) => a - b);
  const [held, free] = [arrivals(scene(stairFlow)), arrivals(scene(corridorFlow))];
  const waits = held.map((arrival, i) => arrival - free[i]!);
  return { stairFlow, corridorFlow, growing: waits.at(-1)! > waits[Math.floor(waits.length / 2)]! && waits[Math.floor(waits.length / 2)]! > waits[0]! };
};

/** When people with given reaction times begin to move, each in front of an exit of their own. */
export const setOffTimes = (reaction: readonly number[]): readonly number[] => {
  const graph = networkOf({ nodes: ['room', 'out'], ways: [{ from: 'room', to: 'out', seconds: 10, perSecond: reaction.length }], muster: [{ node: 'out' }] });
  const plan = planOn(graph, { ...walkersAt(graph, [{ node: 'room', people: reaction.length }]), readyS: Float64Array.from(reaction) });
  const begins = new Float64Array(reaction.length);
  for (const route of plan.routes) route.people.forEach((person, i) => (begins[person] = route.arrivalS[i]! - 10));
  return [...begins];
};

/** Two crowds that cross one corridor of 10 m × 2 m against each other: when the right-hand crowd is through, for each size of the other. */
export const counterflowTimes = (right: number, left: readonly number[]): readonly number[] => {
  const ways: readonly TimedWay[] = [{ from: 'W', to: 'w', seconds: 5 / PLANNED_SPEED, perSecond: 10, width: 10 }, { from: 'w', to: 'e', seconds: 10 / PLANNED_SPEED, perSecond: wayCapacity('indoor', 2), width: 2 }, { from: 'e', to: 'E', seconds: 5 / PLANNED_SPEED, perSecond: 10, width: 10 }];
  const towards = (node: string): WalkGraph => networkOf({ nodes: ['W', 'w', 'e', 'E'], ways, muster: [{ node }] });
  const graph = towards('E');
  return left.map((other) => {
    const walkers = walkersAt(graph, [{ node: 'E', people: right }, { node: 'W', people: other }]);
    const west = shortestWays({ graph: towards('W'), walkers }).filter(({ person }) => person < right);
    const east = shortestWays({ graph, walkers }).filter(({ person }) => person >= right);
    const { arrivalS } = simulateWalk(graph, [...west, ...east], { walkers, hazard: open(graph) });
    return arrivalS.reduce((a, b) => Math.max(a, b), 0);
  });
};

/** One storey of people who leave by equal stairs, each behind a door: walk to the door, pass it, go down one storey of 4 m along a slope of 32.7°. */
export const buildingTime = (building: { readonly persons: number; readonly stairs: number; readonly stairWidth: number; readonly doorWidth: number; readonly distance: number }): number => {
  const { persons, stairs, stairWidth, doorWidth, distance } = building;
  const k = stairK(7, 11);
  const slope = 4 / Math.sin(Math.atan(7 / 11));
  const each = Array.from({ length: stairs }, (_value, i) => i);
  const graph = networkOf({
    nodes: ['floor', ...each.flatMap((i) => [`door${i}`, `stair${i}`, `out${i}`])],
    ways: each.flatMap((i) => [
      { from: 'floor', to: `door${i}`, seconds: distance / PLANNED_SPEED, perSecond: persons },
      { from: `door${i}`, to: `stair${i}`, seconds: 1, perSecond: effectiveWidth(doorWidth) * LEVEL_SPECIFIC_FLOW },
      { from: `stair${i}`, to: `out${i}`, seconds: slope / (0.85 * k), perSecond: effectiveWidth(stairWidth) * hydraulicCapacity(k) },
    ]),
    muster: each.map((i) => ({ node: `out${i}` })),
  });
  return lastArrival(planOn(graph, walkersAt(graph, [{ node: 'floor', people: persons }])));
};

/** One person along a corridor filled with smoke of one extinction, 1/m. */
export const inSmoke = (corridor: { readonly length: number; readonly speed: number; readonly extinction: number }): number => {
  const { length, speed, extinction } = corridor;
  const graph = networkOf({ nodes: ['a', 'b'], ways: [{ from: 'a', to: 'b', seconds: length / PLANNED_SPEED, perSecond: 10 }], muster: [{ node: 'b' }] });
  const hazard = { ...open(graph), pace: Float32Array.of(smokeSpeed(speed, extinction) / speed) };
  return lastArrival(planOn(graph, { ...walkersAt(graph, [{ node: 'a', people: 1 }]), speed: Float64Array.of(speed) }, hazard));
};

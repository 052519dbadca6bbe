export { nearestExitPerformance, performanceOf, shortestWays, type Performance } from './model/compare.ts';
export { carbonMonoxideRate, hyperventilation, hypoxiaRate, mixtureRate } from './model/doses.ts';
export { buildWalkGraph, headOf, tailOf, type WalkGraph } from './model/graph.ts';
export type { Walkers } from './model/groups.ts';
export { noHazard, type EdgeHazard } from './model/hazard.ts';
export { networkOf, walkersAt, type TimedWay } from './model/network.ts';
export { planEvacuation, type EvacuationPlan, type PlanInput, type PlannedRoute } from './model/plan.ts';
export { simulateWalk, type Itinerary, type Outcome } from './model/simulate.ts';
export * from './model/walking.ts';

import { buildWalkGraph, noHazard, planEvacuation, nearestExitPerformance, performanceOf, type WalkGraph, type Walkers } from '../src-main/modules/evacuation/index.ts';

/** A works laid out as a grid of ways 20 m apart, with its gates along the rim: `nodes` junctions and about twice as many edges. */
export const gridPlant = (nodes: number, exits: number): WalkGraph => {
  const side = Math.ceil(Math.sqrt(nodes));
  const id = (i: number, j: number) => `n${i}.${j}`;
  const at = Array.from({ length: side * side }, (_value, k) => [k % side, Math.floor(k / side)] as const);
  const edge = (a: string, b: string, width: number) => ({ id: `${a}-${b}`, from: a, to: b, width, kind: 'walkway' as const });
  return buildWalkGraph({
    walkways: {
      nodes: at.map(([i, j]) => ({ id: id(i, j), position: [20 * i, 20 * j], kind: 'junction' as const })),
      edges: at.flatMap(([i, j]) => [...(i + 1 < side ? [edge(id(i, j), id(i + 1, j), j % 5 === 0 ? 4 : 1.5)] : []), ...(j + 1 < side ? [edge(id(i, j), id(i, j + 1), i % 5 === 0 ? 4 : 1.5)] : [])]),
    },
    muster: Array.from({ length: exits }, (_value, k) => {
      const along = Math.round(((k + 0.5) / exits) * 4 * (side - 1));
      const [face, step] = [Math.floor(along / (side - 1)), along % (side - 1)];
      const [i, j] = [[step, 0], [side - 1, step], [side - 1 - step, side - 1], [0, side - 1 - step]][face % 4] as [number, number];
      return { id: `m${k}`, name: { zh: `集合点${k}`, en: `Muster ${k}` }, node: id(i, j), capacity: 100_000 };
    }),
  });
};

/** People spread over the works by a fixed scatter. */
export const crowd = (graph: WalkGraph, people: number): Walkers => {
  const size = Math.max(...graph.x);
  const scatter = (k: number, factor: number) => ((k * factor) % 1) * size;
  return { x: Float64Array.from({ length: people }, (_value, k) => scatter(k + 1, 0.6180339887)), y: Float64Array.from({ length: people }, (_value, k) => scatter(k + 1, 0.7548776662)), level: new Uint8Array(people) };
};

/** A round danger in the middle of the works: closed within 80 m, with load falling off around it. */
export const dangerAmid = (graph: WalkGraph) => {
  const hazard = noHazard({ nodes: graph.nodeIds.length, edges: graph.edgeIds.length });
  const middle = Math.max(...graph.x) / 2;
  const far = (x: number, y: number) => Math.hypot(x - middle, y - middle);
  for (let n = 0; n < graph.nodeIds.length; n += 1) hazard.nodeLevel[n] = far(graph.x[n]!, graph.y[n]!) < 80 ? 1 : 0;
  for (let e = 0; e < graph.edgeIds.length; e += 1) {
    const [a, b] = [graph.from[e]!, graph.to[e]!];
    const distance = Math.min(far(graph.x[a]!, graph.y[a]!), far(graph.x[b]!, graph.y[b]!));
    hazard.level[e] = distance < 80 ? 1 : 0;
    hazard.loadRate[e] = 0.01 * Math.exp(-distance / 60);
  }
  return hazard;
};

const big = gridPlant(5_000, 8);
const bigCrowd = crowd(big, 10_000);
const site = gridPlant(5_000, 6);
const siteCrowd = crowd(site, 1_000);
const danger = dangerAmid(site);

/** Each entry runs once per call; the size says what it worked on. */
export const benchmarks = [
  { name: 'evacuationPlan', size: `10,000 people, ${big.edgeIds.length} edges, 8 exits`, run: () => planEvacuation({ graph: big, walkers: bigCrowd, hazard: noHazard({ nodes: big.nodeIds.length, edges: big.edgeIds.length }) }) },
  { name: 'evacuationReplan', size: `1,000 people, ${site.nodeIds.length} nodes, danger amid`, run: () => planEvacuation({ graph: site, walkers: siteCrowd, hazard: danger }) },
  {
    name: 'evacuationCompare',
    size: '1,000 people, plan walked and nearest-exit walked',
    run: () => {
      const context = { graph: site, walkers: siteCrowd, hazard: danger };
      return [performanceOf(context, planEvacuation(context)), nearestExitPerformance(context)];
    },
  },
] as const;

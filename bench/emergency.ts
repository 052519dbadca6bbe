import { assess, type AssessInput, type Ground } from '../src-main/modules/emergency/index.ts';
import { plumeField } from '../src-main/modules/consequence/index.ts';
import { crowd, gridPlant } from './evacuation.ts';

const graph = gridPlant(5_000, 6);
const ground: Ground = { graph, muster: graph.muster.map(({ id, node, capacity }) => ({ id, name: { zh: id, en: id }, node: graph.nodeIds[node]!, capacity })), starts: [0, graph.nodeIds.length - 1].map((node) => ({ id: graph.nodeIds[node]!, start: 'gate', engineNode: node, footNode: node })) };
const people = crowd(graph, 1_000);
const middle = Math.max(...graph.x) / 2;
const weather = { windSpeed: 3, windFrom: 225, stability: 'D' as const };

/** Detectors on a ring and downwind of a 1.2 kg/s leak of ammonia in the middle of the works. */
const readings = () => {
  const field = plumeField({ substance: 'ammonia', rateKgS: 1.2, source: { x: middle, y: middle, z: 1 }, weather, averagingTimeS: 60, grid: { x0: 0, y0: 0, cell: 10, nx: 1, ny: 1 }, levels: [] });
  if (!field.ok) throw new Error(field.refusal.text.en);
  return Array.from({ length: 16 }, (_value, k) => {
    const [angle, away] = [(k * 2 * Math.PI) / 8, k < 8 ? 15 : 60];
    const [x, y] = [middle + away * Math.cos(angle), middle + away * Math.sin(angle)];
    return { x, y, z: 1.5, ppm: Math.min(1_000, field.value.at(x, y, 1.5)), detectionLimit: 30, saturatedAt: 980 };
  });
};
const danger: AssessInput['danger'] = { kind: 'gas', substance: 'ammonia', weather, readings: readings(), candidates: Array.from({ length: 12 }, (_value, k) => ({ id: `V-${k}`, x: middle + 20 * (k % 4) - 30, y: middle + 20 * Math.floor(k / 4) - 20, mostKgS: 30 })), declared: null, terrain: 'rural', wake: null, previous: null };

/** From readings to leak, plume, people inside and routes for everybody: what a change of wind costs in the worker. */
export const benchmarks = [
  { name: 'emergencyAssess', size: `${graph.nodeIds.length} nodes, 1,000 people, all led out; 16 detectors`, run: () => assess(ground, { danger, people, always: new Uint8Array(1_000).fill(1), sent: { ways: [], wayOf: new Int32Array(1_000).fill(-1) }, ageS: 60, keptClosed: [], blocked: [], standing: [] }) },
] as const;

import { expect, test } from 'vitest';
import { buildPlant } from '../../testing/buildPlant.ts';
import { groundOf } from './index.ts';
import { rescueOf } from './rescue.ts';
import { fireLevels } from './model/levels.ts';

/** A fire 30 m around (300, 100); a road from the gate in the west to the east, a footpath past the fire station, and a wide yard beside it that leads nowhere. */
const plant = buildPlant((change) => {
  change.site = { ...change.site, width: 600, depth: 200 };
  change.walkways.nodes = [
    { id: 'G', position: [0, 100], kind: 'gate' }, { id: 'A', position: [100, 100] }, { id: 'B', position: [180, 100] }, { id: 'C', position: [300, 100] }, { id: 'D', position: [420, 100] },
    { id: 'Y1', position: [95, 150] }, { id: 'Y2', position: [105, 150] }, { id: 'M1', position: [0, 110], kind: 'muster' },
  ];
  change.walkways.edges = [
    { id: 'GA', from: 'G', to: 'A', width: 6, kind: 'road' }, { id: 'AB', from: 'A', to: 'B', width: 6, kind: 'road' }, { id: 'BC', from: 'B', to: 'C', width: 6, kind: 'road' }, { id: 'CD', from: 'C', to: 'D', width: 6, kind: 'road' },
    { id: 'Y', from: 'Y1', to: 'Y2', width: 6 }, { id: 'P', from: 'Y1', to: 'A', width: 1.5 }, { id: 'M', from: 'G', to: 'M1', width: 2 },
  ];
  change.muster = [{ id: 'MP', name: { zh: '集合点', en: 'Muster' }, node: 'M1', capacity: 10 }];
  change.structures = [{ id: 'FS', kind: 'building', use: 'fire-station', shape: [[90, 145], [110, 145], [110, 155], [90, 155]] }];
});
const { graph, starts } = groundOf(plant);
const danger = { model: 'test', x: 300, y: 100, levels: fireLevels, at: (x: number, y: number) => (Math.hypot(x - 300, y - 100) < 30 ? 50 : 0), loadRateAt: () => 0, arrivalAt: () => 0, high: 1, reach: 40, contours: [], outer: [] };

test('engines leave the station by the road that leads out, not by the nearer yard, and stand upwind', () => {
  const [best] = rescueOf({ graph, starts, danger, wind: { windFrom: 270, windSpeed: 4 }, blocked: new Uint8Array(graph.edgeIds.length), held: [] });
  expect(best).toMatchObject({ node: 'B', side: 'upwind', distanceM: 120, onFoot: false });
  expect(best!.ways).toMatchObject([{ from: 'FS', start: 'fire-station', lengthM: 80 }, { from: 'G', start: 'gate', lengthM: 180 }]);
});

test('what lies behind the fire is not reached through it', () => {
  expect(rescueOf({ graph, starts, danger, wind: { windFrom: 90, windSpeed: 4 }, blocked: new Uint8Array(graph.edgeIds.length), held: [] })).toEqual([]);
});

import { expect, test } from 'vitest';
import { createFakeClock } from '../../src-main/testing/fakeClock.ts';
import { contains, createEmitter } from '../../src-shared/kernel/index.ts';
import type { Source, TwinSources } from '../scene/twinProps.ts';
import { blockedEdges, isCloud, nest } from './contours.ts';
import { watchSources, windOf } from './feed.ts';
import { fitPlan, footprint, pickPlan, planExtent, planShapes } from './planShapes.ts';
import { smallPlant } from './testing/smallPlant.ts';

const plant = smallPlant();

test('footprints stand where the equipment stands and turn with it', () => {
  const tank = footprint(plant.equipment[0]!);
  expect(Math.max(...tank.map(([x]) => x)) - 20).toBeCloseTo(6);
  const pump = footprint(plant.equipment[2]!);
  expect(Math.max(...pump.map(([, y]) => y)) - 12).toBeCloseTo(1.2);
  expect(planShapes(plant).areas.filter(({ tone }) => tone === 'equipment')).toHaveLength(4);
});

test('the smallest thing under the pointer is picked, the zone last', () => {
  const people = { x: Float64Array.of(50), y: Float64Array.of(40) };
  const pick = (x: number, y: number) => pickPlan(plant, [x, y], { reach: 1, people, zones: true });
  expect(pick(20, 30)).toEqual({ kind: 'equipment', id: 'TK-1' });
  expect(pick(50.5, 40)).toEqual({ kind: 'person', id: 'W-1' });
  expect(pick(26.3, 36)).toEqual({ kind: 'detector', id: 'GD-1' });
  expect(pick(95, 75.5)).toEqual({ kind: 'muster', id: 'MP-1' });
  expect(pick(10, 60)).toEqual({ kind: 'zone', id: 'Z-1' });
  expect(pick(99, 5)).toBeNull();
});

test('a unit’s view shows its zone, any other the site', () => {
  expect(planExtent(plant, 'V-1').slice(0, 2)).toEqual([5, 5]);
  expect(planExtent(plant, 'overview')).toEqual([0, 0, 100, 80]);
  const fitted = fitPlan([0, 0, 100, 80], [1_000, 400]);
  expect([fitted.x, fitted.y]).toEqual([50, 40]);
  expect(fitted.scale).toBeCloseTo(4.7);
});

test('wind from the west blows east, from the north south, whatever the plant north', () => {
  const at = (degrees: number, north = 0) => windOf({ ...plant, site: { ...plant.site, north } }, { speed: 4, fromDegrees: degrees })!;
  expect(Math.cos(at(270).to)).toBeCloseTo(1);
  expect(Math.sin(at(0).to)).toBeCloseTo(-1);
  expect(Math.sin(at(30, 30).to)).toBeCloseTo(-1);
  expect(windOf(plant, null)).toBeNull();
});

test('a ring inside a ring is a hole; radiation is a line, gas an area', () => {
  const box = (x0: number, x1: number) => [[x0, x0], [x1, x0], [x1, x1], [x0, x1]] as const;
  const [polygon, ...rest] = nest([box(4, 6), box(0, 10)]);
  expect(rest).toEqual([]);
  expect(polygon!.map((ring) => contains(ring, 5, 5))).toEqual([true, true]);
  expect(['ppm', '%', 'kW/m2', 'Pa', 'kPa'].map((unit) => isCloud({ unit }))).toEqual([true, true, false, false, false]);
});

test('an edge somebody must walk to get out is not crossed out', () => {
  const route = { id: 'r', people: [], muster: 'MP-1', path: new Float64Array(), escapeEdges: ['E-1'], edges: [], lengthM: 0, arrivalS: 0, dose: 0, replanned: 0, plannedAt: 0, each: [], ahead: null };
  expect(blockedEdges({ closedEdges: ['E-1', 'E-2'], routes: [route] })).toEqual(['E-2']);
});

test('values redraw at most twice a second, alarms at once, nothing after the end', () => {
  const clock = createFakeClock();
  const [values, alarms] = [createEmitter<void>(), createEmitter<void>()];
  const quiet: Source<never> = { get: () => undefined as never, subscribe: () => createEmitter().listen(() => {}) };
  const source = (emitter: typeof values): Source<never> => ({ ...quiet, subscribe: (listener) => emitter.listen(listener) });
  let drawn = 0;
  const sources: TwinSources = { values: source(values), wind: quiet, people: quiet, zoneRisks: quiet, riskField: quiet, emergencies: quiet, alarms: source(alarms), cameraEvents: quiet };
  const watching = watchSources(sources, clock, () => (drawn += 1));
  clock.advance(1_000);
  for (let i = 0; i < 50; i += 1) {
    values.emit();
    clock.advance(40);
  }
  expect(drawn).toBeGreaterThanOrEqual(4);
  expect(drawn).toBeLessThanOrEqual(5);
  const before = drawn;
  alarms.emit();
  expect(drawn).toBe(before + 1);
  values.emit();
  watching[Symbol.dispose]();
  clock.advance(5_000);
  values.emit();
  alarms.emit();
  expect(drawn).toBe(before + 1);
});

import { describe, expect, it } from 'vitest';
import { contains } from '../../src-shared/kernel/index.ts';
import { PlantModel } from '../../src-shared/plant/index.ts';
import { fromRepository, readText } from '../platform.ts';
import { drawBinhai } from './binhai.ts';
import { printPlant } from './generate.ts';

const plant = drawBinhai();
const ids = (items: readonly { readonly id: string }[]) => new Set(items.map(({ id }) => id));

describe('the plant model of Binhai Works', () => {
  it('is what lies in assets', () => {
    expect(readText(fromRepository('assets', 'plants', 'binhai', 'plant.json'))).toBe(printPlant(plant));
    expect(PlantModel.parse(JSON.parse(printPlant(plant)))).toEqual(plant);
  });

  it('has the size that the issue asks for', () => {
    expect(plant.equipment.length).toBeGreaterThanOrEqual(150);
    expect(plant.tags.length).toBeGreaterThanOrEqual(2000);
    expect(plant.detectors.length).toBeGreaterThanOrEqual(80);
    expect(plant.people).toHaveLength(120);
    expect(plant.cameras).toHaveLength(12);
    expect(plant.equipment.filter((item) => item.machine !== undefined)).toHaveLength(6);
    expect(plant.walkways.nodes.length).toBeGreaterThanOrEqual(250);
    expect(plant.walkways.nodes.filter(({ kind }) => kind === 'gate').length).toBeGreaterThanOrEqual(3);
    expect(plant.muster.length).toBeGreaterThanOrEqual(4);
  });

  it('uses every id once', () => {
    for (const list of [plant.areas, plant.zones, plant.units, plant.equipment, plant.tags, plant.detectors, plant.cameras, plant.people, plant.structures, plant.pipes, plant.walkways.nodes, plant.walkways.edges, plant.muster, plant.views]) expect(ids(list).size).toBe(list.length);
    expect(new Set(plant.people.map(({ wearable }) => wearable)).size).toBe(120);
    expect(new Set(plant.people.map(({ name }) => name)).size).toBe(120);
  });

  it('refers only to what exists', () => {
    const [areas, zones, units, equipment, tags, nodes] = [plant.areas, plant.zones, plant.units, plant.equipment, plant.tags, plant.walkways.nodes].map(ids) as [Set<string>, Set<string>, Set<string>, Set<string>, Set<string>, Set<string>];
    const missing: string[] = [];
    const check = (known: Set<string>, id: string | undefined, from: string) => id !== undefined && !known.has(id) && missing.push(`${from} → ${id}`);
    for (const zone of plant.zones) check(areas, zone.area, zone.id);
    for (const unit of plant.units) { check(areas, unit.area, unit.id); check(zones, unit.zone, unit.id); }
    for (const item of plant.equipment) { check(units, item.unit, item.id); check(zones, item.zone, item.id); check(tags, item.inventory?.levelTag, item.id); for (const tag of Object.values(item.machine?.tags ?? {})) check(tags, tag, item.id); }
    for (const tag of plant.tags) check(equipment, tag.equipment, tag.id);
    for (const detector of plant.detectors) { check(tags, detector.tag, detector.id); check(zones, detector.zone, detector.id); }
    for (const camera of plant.cameras) check(zones, camera.zone, camera.id);
    for (const pipe of plant.pipes) { check(equipment, pipe.from, pipe.id); check(equipment, pipe.to, pipe.id); }
    for (const edge of plant.walkways.edges) { check(nodes, edge.from, edge.id); check(nodes, edge.to, edge.id); }
    for (const point of plant.muster) check(nodes, point.node, point.id);
    for (const view of plant.views) check(units, view.unit, view.id);
    for (const tag of Object.values(plant.weather)) check(tags, tag, 'weather');
    expect(missing).toEqual([]);
  });

  it('keeps equipment and detectors inside their zone', () => {
    const polygon = new Map(plant.zones.map((zone) => [zone.id, zone.polygon]));
    const outside = [...plant.equipment, ...plant.detectors].filter(({ zone, position }) => !contains(polygon.get(zone)!, position[0], position[1])).map(({ id }) => id);
    expect(outside).toEqual([]);
  });

  it('has one connected walkway graph that stays out of bunds, basins and buildings', () => {
    const position = new Map(plant.walkways.nodes.map((node) => [node.id, node.position]));
    const next = new Map<string, string[]>();
    for (const { from, to } of plant.walkways.edges) for (const [a, b] of [[from, to], [to, from]] as const) next.set(a, [...(next.get(a) ?? []), b]);
    const seen = new Set<string>();
    const open = [plant.walkways.nodes[0]!.id];
    for (let here = open.pop(); here !== undefined; here = open.pop()) {
      if (seen.has(here)) continue;
      seen.add(here);
      open.push(...(next.get(here) ?? []));
    }
    expect(seen.size).toBe(plant.walkways.nodes.length);
    const closed = plant.structures.filter(({ kind }) => kind === 'building' || kind === 'bund' || kind === 'water');
    const through = plant.walkways.edges.filter(({ kind }) => kind !== 'indoor').flatMap((edge) => {
      const [a, b] = [position.get(edge.from)!, position.get(edge.to)!];
      return [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((part) => closed.filter(({ shape }) => contains(shape, a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)).map(({ id }) => `${edge.id} through ${id}`));
    });
    expect(through).toEqual([]);
  });

  it('has alarms rationalised to about 5, 15 and 80 %, in order, and explained where they matter', () => {
    const alarms = plant.tags.flatMap((tag) => tag.alarms);
    const share = (keep: (priority: number) => boolean) => alarms.filter(({ priority }) => keep(priority)).length / alarms.length;
    expect(share((priority) => priority === 1)).toBeLessThan(0.08);
    expect(share((priority) => priority === 2)).toBeLessThan(0.2);
    expect(share((priority) => priority >= 3)).toBeGreaterThan(0.75);
    expect(alarms.filter(({ priority, action, message, cause, consequence }) => priority <= 2 && !(action && message && cause && consequence))).toEqual([]);
    const disordered = plant.tags.filter((tag) => {
      const limits = ['LOLO', 'LO', 'HI', 'HIHI'].flatMap((kind) => tag.alarms.filter((alarm) => alarm.kind === kind).map(({ limit }) => limit));
      return limits.some((limit, i) => i > 0 && limit <= limits[i - 1]!) || limits.some((limit) => limit < tag.range[0] || limit > tag.range[1]);
    });
    expect(disordered.map(({ id }) => id)).toEqual([]);
    const alarmingAtRest = plant.tags.filter(({ normal, alarms: own }) => normal && own.some(({ kind, limit }) => (kind.startsWith('HI') && limit <= normal[1]) || (kind.startsWith('LO') && limit >= normal[0]) || (kind === 'DISCRETE' && limit === normal[0])));
    expect(alarmingAtRest.map(({ id }) => id)).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { buildAlarm, buildPlant } from '../../testing/buildPlant.ts';
import { createRegistry } from './index.ts';

const registry = createRegistry({ plant: buildPlant() });

it('finds a tag by id and by index, with its equipment, zone and place', () => {
  const index = registry.tagIndex('GT-101') ?? -1;
  expect(registry.tagAt(index).id).toBe('GT-101');
  expect(registry.tag('GT-101')).toBe(registry.tagAt(index));
  expect([registry.equipmentOf(index).id, registry.zoneOf(index), registry.unitOf('TK-101')?.id]).toEqual(['TK-101', 'Z1', 'U1']);
  expect(registry.placeOf(index)).toEqual({ zh: '罐区 · 储罐 · 液氨罐', en: 'Tank farm · Storage · Ammonia tank' });
  const alike = createRegistry({ plant: buildPlant((plant) => void (plant.units[0]!.name = plant.zones[0]!.name)) });
  expect(alike.placeOf(index)).toEqual({ zh: '罐区 · 液氨罐', en: 'Tank farm · Ammonia tank' });
  expect(registry.detectorOf(index)?.id).toBe('GD-101');
  expect(registry.tagsOf('TK-101').map((one) => registry.tagAt(one).id)).toEqual(['PT-101', 'LT-101', 'GT-101']);
});

it('knows the zone around a point and who wears what', () => {
  expect([registry.zoneAt(20, 50), registry.zoneAt(80, 50), registry.zoneAt(-5, 50)]).toEqual([0, 1, -1]);
  expect(registry.wearerOf('W2')).toBe(1);
  expect(registry.equipmentIn('Z1').map((item) => item.id)).toEqual(['TK-101']);
});

it('gives undefined for unknown ids and throws for an index outside the model', () => {
  expect([registry.tag('X'), registry.tagIndex('X'), registry.zone('X'), registry.person('X'), registry.wearerOf('X')]).toEqual(Array(5).fill(undefined));
  expect(() => registry.equipmentOf(999)).toThrow('no tag index 999');
});

it('replaces the alarm settings of a tag and says that the plant model has another revision', () => {
  const own = createRegistry({ plant: buildPlant() });
  const index = own.tagIndex('VT-201') ?? -1;
  own.setAlarms(index, [buildAlarm('HI', 9)]);
  expect(own.tag('VT-201')?.alarms).toEqual([buildAlarm('HI', 9)]);
  expect(own.revision.get()).toBe(1);
});

import { describe, expect, test } from 'vitest';
import { contains, emptyBatch, type Point } from '../../../src-shared/kernel/index.ts';
import { context, room, settle, type Change } from '../../testing/emergencyRoom.ts';

describe('emergency', () => {
  test('one detector is a suspicion; a second one within a minute confirms, opens an incident and leads people out of and around the cloud', async () => {
    const { start, alarm, leak, clock, book, plant } = room();
    using emergency = start();
    leak(0.3, 270);
    alarm('GT-0');
    await settle();
    const [suspected] = emergency.table.rows();
    expect(suspected).toMatchObject({ state: 'suspected', kind: 'gas', zone: 'Z1', incident: null });
    expect(book.incidents).toHaveLength(0);
    clock.advance(20_000);
    alarm('GT-4');
    clock.advance(1_000);
    emergency.tick();
    await settle();
    const [row] = emergency.table.rows();
    expect(row).toMatchObject({ state: 'confirmed', confirmedBy: 'system', incident: 'inc-1', equipment: 'TK-101' });
    expect(Math.hypot(row!.plume!.source[0] - 150, row!.plume!.source[1] - 150)).toBeLessThan(15);
    expect(row!.plume!.rateKgS.p50).toBeGreaterThan(0.1);
    expect(row!.plume!.rateKgS.p50).toBeLessThan(0.9);
    // The wind blows from the west: the danger lies east of the source.
    const danger = row!.plume!.contours.find((contour) => contour.severity === 2)!;
    const xs = danger.rings.flatMap((ring) => Array.from(ring).filter((_value, i) => i % 2 === 0));
    expect(Math.max(...xs) - 150).toBeGreaterThan(3 * (150 - Math.min(...xs)));
    expect(row!.inside.length).toBeGreaterThan(3);
    expect(row!.routes.length).toBeGreaterThan(0);
    for (const route of row!.routes) for (const edge of route.edges) expect(row!.closedEdges).not.toContain(edge);
    // Nobody outside the contour is led through it.
    for (const route of row!.routes.filter((each) => each.escapeEdges.length === 0)) expect(touches(route.path, danger.rings)).toBe(false);
    const led = new Set([...row!.routes.flatMap((route) => route.people), ...row!.shelter]);
    for (const { person } of row!.inside) expect(led).toContain(person);
    expect(row!.muster.reduce((sum, count) => sum + count.expected, 0)).toBe(row!.routes.flatMap((route) => route.people).length);
    expect(row!.actions[0]!.id).toBe('sound-alarm');
    expect(book.entries.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['alarm', 'value', 'plume', 'people', 'route']));
    const recorded = JSON.parse(book.entries.find((entry) => entry.kind === 'value')!.data) as { readonly tag: string; readonly value: number; readonly quality: string; readonly at: number }[];
    expect(recorded.find(({ tag }) => tag === 'GT-0')).toMatchObject({ quality: 'good', value: expect.any(Number), at: expect.any(Number) });
    expect(plant.muster.map((point) => point.id)).toContain(row!.routes[0]!.muster);
  });

  test('when the wind turns, the plume turns and cut routes are planned anew', async () => {
    const { start, alarm, leak, clock } = room();
    using emergency = start();
    leak(1.5, 270);
    alarm('GT-0');
    alarm('GT-4');
    await settle();
    const before = emergency.table.rows()[0]!;
    for (let second = 0; second < 40; second += 1) {
      leak(1.5, 180);
      clock.advance(1_000);
      emergency.tick();
      await settle();
    }
    const after = emergency.table.rows()[0]!;
    expect(after.plume!.wind.fromDegrees).toBeGreaterThan(175);
    expect(after.plume!.wind.fromDegrees).toBeLessThan(195);
    expect(after.closedEdges).not.toEqual(before.closedEdges);
    for (const route of after.routes) for (const edge of route.edges) expect(after.closedEdges).not.toContain(edge);
    expect(after.planned!.version).toBeGreaterThan(before.planned!.version);
  });

  test('rescuers are sent upwind from the fire station and the gate, outside every contour, and keep their place while the wind wavers', async () => {
    const { start, alarm, leak, clock } = room((plant) => {
      plant.walkways.nodes[0]!.kind = 'gate';
      plant.structures = [{ id: 'FS', name: { zh: '消防站', en: 'Fire station' }, kind: 'building', use: 'fire-station', shape: [[20, 200], [40, 200], [40, 220], [20, 220]] }];
    });
    using emergency = start();
    leak(0.3, 270);
    alarm('GT-0');
    alarm('GT-4');
    await settle();
    const before = emergency.table.rows()[0]!;
    const [best, ...others] = before.rescue!;
    expect(best).toMatchObject({ side: 'upwind', onFoot: true, zone: 'Z1' });
    expect(best!.ways.map(({ start: kind, name }) => [kind, name.en])).toEqual([['fire-station', 'Fire station'], ['gate', 'N0.0']]);
    const rings = [...before.plume!.contours, ...before.plume!.outer].flatMap((contour) => contour.rings);
    for (const stand of [best!, ...others]) {
      const [x, y] = stand.position;
      expect(stand.distanceM).toBeGreaterThanOrEqual(100);
      expect(rings.some((ring) => touches(Float64Array.of(x, y, x, y), [ring]))).toBe(false);
      // The wind is from the west: nobody is sent to its lee.
      expect(stand.position[0]).toBeLessThan(before.plume!.source[0] + 25);
      for (const way of stand.ways) {
        expect(Array.from(way.path.slice(-2))).toEqual(stand.position);
        expect(touches(way.path, before.plume!.contours.flatMap((contour) => contour.rings))).toBe(false);
      }
    }
    for (let second = 0; second < 12; second += 1) {
      leak(0.3, 262);
      clock.advance(1_000);
      emergency.tick();
      await settle();
    }
    expect(emergency.table.rows()[0]!.rescue![0]!.node).toBe(best!.node);
    // Turned about, the same place lies in the lee and another is taken.
    for (let second = 0; second < 40; second += 1) {
      leak(0.3, 90);
      clock.advance(1_000);
      emergency.tick();
      await settle();
    }
    expect(emergency.table.rows()[0]!.rescue![0]!.position[0]).toBeGreaterThan(before.plume!.source[0]);
  });

  test('assesses each emergency at most once a second and not at all when nothing changes for five', async () => {
    const { start, alarm, leak, clock, calls, registry } = room();
    using emergency = start();
    leak(1.5, 270);
    alarm('GT-0');
    for (let step = 0; step < 49; step += 1) {
      clock.advance(100);
      emergency.tick();
      await settle();
    }
    expect(calls).toHaveLength(1);
    for (let step = 0; step < 40; step += 1) {
      leak(step % 2 === 0 ? 0.05 : 0.15, 270);
      clock.advance(100);
      emergency.onSamples({ ...emptyBatch(0), tag: Uint32Array.of(registry.tagIndex('GT-0')!) });
      emergency.tick();
      await settle();
    }
    expect(calls.length).toBeGreaterThan(3);
    expect(calls.length).toBeLessThanOrEqual(6);
  });

  test('counts who arrived and who is missing', async () => {
    const { start, alarm, leak, clock, where } = room();
    using emergency = start();
    leak(1.5, 270);
    alarm('GT-0');
    alarm('GT-4');
    await settle();
    const [person, muster] = [emergency.table.rows()[0]!.routes[0]!.people[0]!, emergency.table.rows()[0]!.routes[0]!.muster];
    where[Number(person.slice(1))] = muster === 'MW' ? [20, 150] : [380, 150];
    clock.advance(1_000);
    emergency.tick();
    const counted = emergency.table.rows()[0]!.muster.find((count) => count.muster === muster)!;
    expect(counted.arrived).toBe(1);
    expect(counted.missing).not.toContain(person);
    expect(counted.expected).toBe(1 + counted.missing.length);
  });

  test('a suspicion that fades is dropped without an incident', async () => {
    const { start, alarm, leak, clock, active, book } = room();
    using emergency = start();
    leak(0.5, 270);
    alarm('GT-0');
    await settle();
    active.put({ ...active.get('GT-0/HI')!, state: 'returned' });
    clock.advance(6 * 60_000);
    emergency.tick();
    expect(emergency.table.rows()[0]!.state).toBe('stood-down');
    expect(book.incidents).toHaveLength(0);
  });

  test('a restarted station takes up the open incident and does not open another; a stood-down one stays down', async () => {
    const { start, alarm, leak, book } = room();
    leak(1.5, 270);
    {
      using first = start();
      alarm('GT-0');
      alarm('GT-4');
      await settle();
      expect(first.table.rows()[0]!.incident).toBe('inc-1');
    }
    using second = start();
    await settle();
    expect(second.table.rows()).toHaveLength(1);
    expect(second.table.rows()[0]).toMatchObject({ state: 'confirmed', incident: 'inc-1' });
    expect(second.table.rows()[0]!.routes.length).toBeGreaterThan(0);
    expect(book.incidents).toHaveLength(1);
    const id = second.table.rows()[0]!.id;
    expect(await second.handlers.standDown({ id, reason: '处置完毕' }, context)).toMatchObject({ ok: true });
    expect(second.table.get(id)).toMatchObject({ state: 'stood-down', routes: [] });
  });

  test('a declared leak is taken up again after a restart, with who declared it', async () => {
    const { start, book } = room();
    {
      using first = start();
      await first.handlers.declare({ kind: 'gas', substance: 'chlorine', position: [300, 200], rateKgS: 0.5 }, context);
    }
    using second = start();
    await settle();
    expect(second.table.rows()).toHaveLength(1);
    expect(second.table.rows()[0]).toMatchObject({ state: 'confirmed', confirmedBy: '王强', incident: 'inc-1', plume: { source: [300, 200], substance: 'chlorine' } });
    expect(book.incidents).toHaveLength(1);
  });

  test('an operator confirms, orders and declares; unknown names are refused', async () => {
    const { start, alarm, leak, book } = room();
    using emergency = start();
    leak(1.5, 270);
    alarm('GT-0');
    const id = emergency.table.rows()[0]!.id;
    expect(await emergency.handlers.confirm({ id }, context)).toMatchObject({ ok: true });
    expect(emergency.table.get(id)).toMatchObject({ state: 'confirmed', confirmedBy: '王强' });
    expect(await emergency.handlers.order({ id, action: 'isolate-source' }, context)).toMatchObject({ ok: true });
    expect(emergency.table.get(id)!.actions.find((action) => action.id === 'isolate-source')).toMatchObject({ done: true, by: '王强' });
    expect(book.entries.filter((entry) => entry.kind === 'order')).toHaveLength(2);
    expect(await emergency.handlers.order({ id, action: 'dance' }, context)).toMatchObject({ ok: false, refusal: { code: 'NotFound' } });
    expect(await emergency.handlers.confirm({ id: 'nobody' }, context)).toMatchObject({ ok: false, refusal: { code: 'NotFound' } });
    expect(await emergency.handlers.declare({ kind: 'gas', substance: 'ammonia', position: [-5, 0], rateKgS: 1 }, context)).toMatchObject({ ok: false, refusal: { code: 'OutsideSite' } });
    const declared = await emergency.handlers.declare({ kind: 'gas', substance: 'chlorine', position: [300, 200], rateKgS: 0.5 }, context);
    expect(declared.ok).toBe(true);
    await settle();
    const row = emergency.table.rows().find((each) => each.plume?.substance === 'chlorine')!;
    expect(row.plume!.source).toEqual([300, 200]);
    expect(row.state).toBe('confirmed');
  });

  test('a flame detector begins a fire; the burning tank radiates farther downwind, and people are led away', async () => {
    const { start, alarm, set } = room((plant) => {
      plant.equipment[0] = { ...plant.equipment[0]!, kind: 'storage-tank', substance: 'gasoline', size: [20, 20, 8], inventory: { capacityKg: 2_000_000, pressurePa: 105_000, temperatureK: 293 } };
    });
    set('WS', 8);
    using emergency = start();
    alarm('FT-1', 'DISCRETE');
    await settle();
    const [row] = emergency.table.rows();
    expect(row).toMatchObject({ kind: 'fire', equipment: 'TK-101', state: 'suspected' });
    expect(row!.plume!.model).toContain('pool-fire');
    const inner = row!.plume!.contours.find((contour) => contour.severity === 2)!;
    expect(inner.unit).toBe('kW/m2');
    const xs = inner.rings.flatMap((ring) => Array.from(ring).filter((_value, i) => i % 2 === 0));
    expect(Math.max(...xs) - 150).toBeGreaterThan(1.2 * (150 - Math.min(...xs)));
    expect(row!.routes.length).toBeGreaterThan(0);
    for (const route of row!.routes) for (const edge of route.edges) expect(row!.closedEdges).not.toContain(edge);
    expect(row!.actions.map((action) => action.id)).toContain('foam-pool');
  });

  test('what is held under pressure burns as a jet', async () => {
    const { start, alarm } = room((plant) => {
      plant.equipment[0] = { ...plant.equipment[0]!, kind: 'sphere', substance: 'lpg', inventory: { capacityKg: 200_000, pressurePa: 900_000, temperatureK: 295 } };
    });
    using emergency = start();
    alarm('FT-1', 'DISCRETE');
    await settle();
    expect(emergency.table.rows()[0]!.plume!.model).toContain('jet fire');
    expect(emergency.table.rows()[0]!.actions[3]!.id).toBe('isolate-source');
  });
});

/** Whether a path has a point, sampled each metre, inside any ring. */
const touches = (path: Float64Array, rings: readonly Float64Array[]): boolean => {
  const polygons = rings.map((ring) => Array.from({ length: ring.length / 2 }, (_value, i): Point => [ring[2 * i]!, ring[2 * i + 1]!]));
  for (let i = 2; i < path.length; i += 2) {
    const [ax, ay, bx, by] = [path[i - 2]!, path[i - 1]!, path[i]!, path[i + 1]!];
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay)));
    for (let k = 0; k <= steps; k += 1) {
      const [x, y] = [ax + ((bx - ax) * k) / steps, ay + ((by - ay) * k) / steps];
      if (polygons.some((polygon) => contains(polygon, x, y))) return true;
    }
  }
  return false;
};

describe('a camera that sees fire', () => {
  const flammable: Change = (plant) => {
    plant.equipment[0]!.substance = 'gasoline';
    plant.cameras = [
      { id: 'CAM-1', name: { zh: '罐区摄像机', en: 'Tank camera' }, zone: 'Z1', position: [90, 150, 6], heading: 0, tilt: 5, fieldOfView: 60 },
      { id: 'CAM-2', name: { zh: '背向', en: 'Looks away' }, zone: 'Z2', position: [300, 150, 6], heading: 0, tilt: 5, fieldOfView: 60 },
    ];
  };
  const look = (place: ReturnType<typeof room>, camera: number) => ({ camera: place.plant.cameras[camera]!, at: place.clock.now(), text: { zh: '明火', en: 'Fire' }, evidence: 'evi-1' });

  test('raises a suspicion at what can burn in its picture, confirms nothing alone, and confirms with a flame detector', async () => {
    const place = room(flammable);
    using desk = place.start();
    for (let second = 0; second < 10; second += 1) {
      desk.seeFire(look(place, 0));
      place.clock.advance(1_000);
      desk.tick();
    }
    expect(desk.table.rows()).toMatchObject([{ kind: 'fire', state: 'suspected', equipment: 'TK-101', zone: 'Z1' }]);
    place.alarm('FT-1', 'DISCRETE');
    await Promise.resolve();
    expect(desk.table.rows()).toMatchObject([{ state: 'confirmed', confirmedBy: 'system' }]);
    const { incident } = desk.table.rows()[0]!;
    expect(place.book.timeline(incident!).some((entry) => entry.text.en.includes('Tank camera'))).toBe(true);
  });

  test('joins the fire that a detector has begun, with its picture on record; where nothing can burn it raises none', () => {
    const place = room(flammable);
    using desk = place.start();
    desk.seeFire(look(place, 1));
    expect(desk.table.rows()).toEqual([]);
    place.alarm('FT-1', 'DISCRETE');
    expect(desk.table.rows()).toMatchObject([{ state: 'suspected' }]);
    desk.seeFire(look(place, 0));
    const [row] = desk.table.rows();
    expect(row).toMatchObject({ state: 'confirmed' });
    expect(place.book.timeline(row!.incident!).filter((entry) => entry.data.includes('evi-1'))).toHaveLength(1);
  });
});

import { describe, expect, test } from 'vitest';
import type { AlarmRow, IncidentEntry, IncidentRow } from '../../../src-shared/contract/index.ts';
import { contains, createEmitter, createTable, emptyBatch, ok, Quality, silentLog, type Point } from '../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createSequentialIds } from '../../testing/ids.ts';
import { createRegistry } from '../registry/index.ts';
import { plumeField } from '../consequence/index.ts';
import { assess, createEmergency, groundOf, type AssessInput, type IncidentBook } from './index.ts';

/** A 400 m × 300 m site: an ammonia tank in the middle, six detectors around it, a ladder of ways with muster points at both ends. */
const site = (change: Change) =>
  buildPlant((plant) => {
    plant.site = { ...plant.site, width: 400, depth: 300 };
    plant.zones[0]!.polygon = [[0, 0], [200, 0], [200, 300], [0, 300]];
    plant.zones[1]!.polygon = [[200, 0], [400, 0], [400, 300], [200, 300]];
    plant.equipment[0]!.position = [150, 150, 0];
    const at: readonly Point[] = [[158, 150], [142, 150], [150, 158], [150, 142], [165, 165], [165, 135], [210, 150], [250, 160], [150, 210]];
    plant.tags = [...plant.tags.filter((tag) => tag.id !== 'GT-101'), ...at.map((_place, i) => ({ id: `GT-${i}`, name: { zh: `氨${i}`, en: `Ammonia ${i}` }, equipment: 'TK-101', kind: 'gas' as const, unit: '[ppm]', range: [0, 2000] as [number, number], alarms: [{ kind: 'HI' as const, limit: 25, priority: 2 as const }] })), { id: 'FT-1', name: { zh: '火焰', en: 'Flame' }, equipment: 'TK-101', kind: 'flame' as const, unit: '1', range: [0, 1] as [number, number] }];
    plant.detectors = [...at.map((place, i) => ({ id: `GD-${i}`, name: { zh: `氨探测器${i}`, en: `Detector ${i}` }, tag: `GT-${i}`, kind: 'gas' as const, substance: 'ammonia' as const, zone: 'Z1', position: [place[0], place[1], 1.5] as [number, number, number] })), { id: 'FD-1', name: { zh: '火焰探测器', en: 'Flame detector' }, tag: 'FT-1', kind: 'flame' as const, zone: 'Z1', position: [150, 170, 5] as [number, number, number] }];
    const columns = [20, 60, 100, 140, 180, 220, 260, 300, 340, 380];
    const rows = [30, 90, 150, 210, 270];
    const id = (i: number, j: number) => `N${i}.${j}`;
    plant.walkways.nodes = columns.flatMap((x, i) => rows.map((y, j) => ({ id: id(i, j), position: [x, y] as [number, number], kind: (i === 0 || i === 9) && j === 2 ? ('muster' as const) : ('junction' as const) })));
    plant.walkways.edges = columns.flatMap((_x, i) => rows.flatMap((_y, j) => [...(i + 1 < columns.length ? [{ id: `E${i}.${j}`, from: id(i, j), to: id(i + 1, j), width: 2 }] : []), ...(j + 1 < rows.length ? [{ id: `V${i}.${j}`, from: id(i, j), to: id(i, j + 1), width: 2 }] : [])]));
    plant.muster = [{ id: 'MW', name: { zh: '西', en: 'West' }, node: id(0, 2), capacity: 50 }, { id: 'ME', name: { zh: '东', en: 'East' }, node: id(9, 2), capacity: 50 }];
    plant.people = Array.from({ length: 12 }, (_value, i) => ({ id: `P${i}`, name: `员工${i}`, role: { zh: '操作工', en: 'Operator' }, team: { zh: '甲班', en: 'A' }, wearable: `W${i}` }));
    plant.pipes = [];
    change(plant);
  });
type Change = NonNullable<Parameters<typeof buildPlant>[0]>;

const room = (change: Change = () => {}) => {
  const plant = site(change);
  const registry = createRegistry({ plant });
  const clock = createFakeClock();
  const known = new Map<number, { at: number; value: number; quality: number }>();
  const set = (tag: string, value: number) => void known.set(registry.tagIndex(tag)!, { at: clock.now(), value, quality: Quality.good });
  const where = plant.people.map((_person, i): [number, number] => [170 + 15 * i, 150 + (i % 3) * 20]);
  const active = createTable<string, AlarmRow>((alarm) => alarm.id);
  const raised = createEmitter<AlarmRow>();
  const book = createBook(() => clock.now());
  const calls: AssessInput[] = [];
  const ground = groundOf(plant);
  const engines = {
    call: async <T,>(method: string, input: unknown): Promise<T> => {
      if (method !== 'assess') return null as T;
      calls.push(input as AssessInput);
      return structuredClone(assess(ground, structuredClone(input as AssessInput))) as T;
    },
  };
  const ids = createSequentialIds();
  set('WS', 3);
  set('WD', 270);
  const start = () =>
    createEmergency({
      registry, clock, ids, engines, incidents: book, log: silentLog, values: { last: (tag) => known.get(tag) }, alarms: { table: active, onDidRaise: raised.listen },
      people: { positions: () => ({ person: Float64Array.from(where.keys()), x: Float64Array.from(where, ([x]) => x), y: Float64Array.from(where, ([, y]) => y), z: new Float64Array(where.length), heartRate: new Float64Array(where.length), at: new Float64Array(where.length).fill(clock.now()), accuracy: new Float64Array(where.length).fill(Number.NaN), zone: new Float64Array(where.length) }) },
    });
  const alarm = (tag: string, kind = 'HI') => {
    const detector = registry.detectorOf(registry.tagIndex(tag)!)!;
    const row: AlarmRow = { id: `${tag}/${kind}`, tag, equipment: 'TK-101', zone: detector.zone, kind, priority: 2, state: 'unacknowledged', message: { zh: '高', en: 'high' }, place: detector.name, value: 30, limit: 25, unit: '[ppm]', raisedAt: clock.now(), seenAt: clock.now(), changedAt: clock.now(), acknowledgedBy: null, acknowledgedAt: null, shelvedUntil: null, shelvedBy: null, shelveReason: null, suppressedBy: null, outOfServiceBy: null, outOfServiceReason: null, firstOut: null, group: null, source: null, isStale: false, count: 1, cause: null, consequence: null, action: null, respondWithinS: null };
    active.put(row);
    raised.emit(row);
  };
  /** Detectors read what a leak of this rate at the tank gives under the wind of the moment. */
  const leak = (rateKgS: number, windFrom: number) => {
    set('WD', windFrom);
    const field = plumeField({ substance: 'ammonia', rateKgS, source: { x: 150, y: 150, z: 1 }, weather: { windSpeed: 3, windFrom, stability: 'D' }, terrain: 'urban', wake: { width: 8, height: 3 }, grid: { x0: 0, y0: 0, cell: 5, nx: 80, ny: 60 } });
    if (!field.ok) throw new Error(field.refusal.text.en);
    for (const detector of plant.detectors) if (detector.kind === 'gas') set(detector.tag, Math.min(2000, field.value.at(detector.position[0], detector.position[1], 1.5)));
  };
  return { plant, clock, start, alarm, leak, set, where, book, calls, active, registry };
};

const createBook = (now: () => number): IncidentBook & { readonly entries: IncidentEntry[]; readonly incidents: IncidentRow[] } => {
  const entries: IncidentEntry[] = [];
  const incidents: IncidentRow[] = [];
  return {
    entries,
    incidents,
    table: { rows: () => incidents },
    open(input, by) {
      const title = typeof input.title === 'string' ? { zh: input.title, en: input.title } : input.title;
      const row: IncidentRow = { id: `inc-${incidents.length + 1}`, title, kind: input.kind, state: 'open', zone: input.zone, openedAt: now(), openedBy: by.name, closedAt: null, conclusion: null, entries: 0 };
      incidents.push(row);
      return ok(row);
    },
    record(incident, { kind, actor = 'station', text, data = {} }) {
      const entry: IncidentEntry = { sequence: entries.length, incident, at: now(), kind, actor, text, data: JSON.stringify(data) };
      entries.push(entry);
      return ok(entry);
    },
    timeline: (incident) => entries.filter((entry) => entry.incident === incident),
  };
};

const settle = async () => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
};
const actor = { id: 'op', name: '王强', role: 'operator' };
const context = { actor, commandId: 'c-1', at: 0 };

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

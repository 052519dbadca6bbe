import type { AlarmRow, EvacuationRoute, IncidentEntry, IncidentRow } from '../../src-shared/contract/index.ts';
import { createEmitter, createTable, ok, Quality, silentLog, type Point } from '../../src-shared/kernel/index.ts';
import { buildPlant } from './buildPlant.ts';
import { createFakeClock } from './fakeClock.ts';
import { createSequentialIds } from './ids.ts';
import { plumeField } from '../modules/consequence/index.ts';
import { PLANNED_SPEED } from '../modules/evacuation/index.ts';
import { createRegistry } from '../modules/registry/index.ts';
import { assess, createEmergency, groundOf, type AssessInput, type IncidentBook } from '../modules/emergency/index.ts';

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
export type Change = NonNullable<Parameters<typeof buildPlant>[0]>;

export const room = (change: Change = () => {}) => {
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
  const begun = new Map<string, { readonly path: Float64Array; metres: number }>();
  /** Everybody who has been sent goes on along their way for a second. */
  const walk = (routes: readonly EvacuationRoute[]) => {
    for (const route of routes) {
      for (const person of route.people) {
        const one = begun.get(person)?.path === route.path ? begun.get(person)! : { path: route.path, metres: 0 };
        one.metres += PLANNED_SPEED;
        begun.set(person, one);
        where[plant.people.findIndex(({ id }) => id === person)] = along(route.path, one.metres);
      }
    }
  };
  /** Whether somebody who walks a route has yet to enter one of its edges. */
  const isAhead = ({ people, path, escapeEdges, edges }: EvacuationRoute, edge: string): boolean => {
    const ids = [...escapeEdges, ...edges];
    // The last corners of the path are the ends of the edges.
    const corner = path.length / 2 - 1 - (ids.length - ids.indexOf(edge));
    const until = Array.from({ length: Math.max(0, corner) }, (_leg, i) => Math.hypot(path[2 * i + 2]! - path[2 * i]!, path[2 * i + 3]! - path[2 * i + 1]!)).reduce((sum, leg) => sum + leg, 0);
    return people.some((person) => (begun.get(person)?.metres ?? 0) < until);
  };
  return { plant, clock, start, alarm, leak, set, where, walk, isAhead, book, calls, active, registry };
};

/** The place so many metres along a path; its end when it is shorter. */
const along = (path: Float64Array, metres: number): [number, number] => {
  let left = metres;
  for (let i = 0; i + 3 < path.length; i += 2) {
    const [ax, ay, bx, by] = [path[i]!, path[i + 1]!, path[i + 2]!, path[i + 3]!];
    const length = Math.hypot(bx - ax, by - ay);
    if (left < length) return [ax + ((bx - ax) * left) / length, ay + ((by - ay) * left) / length];
    left -= length;
  }
  return [path.at(-2)!, path.at(-1)!];
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

export const settle = async () => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
};
const actor = { id: 'op', name: '王强', role: 'operator' };
export const context = { actor, commandId: 'c-1', at: 0 };

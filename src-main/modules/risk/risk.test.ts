import { describe, expect, onTestFinished, test } from 'vitest';
import type { AlarmRow, AssetHealth, HazardRow } from '../../../src-shared/contract/index.ts';
import { createTable, Quality, silentLog } from '../../../src-shared/kernel/index.ts';
import { buildPlant, buildRecords } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createInspection } from '../inspection/index.ts';
import { createPeople } from '../people/index.ts';
import { createPermits } from '../permits/index.ts';
import { createRegistry } from '../registry/index.ts';
import { openSql } from '../../platform/sql.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { createFieldEngine, createRisk, riskMigrations, type FieldInput } from './index.ts';
import { createWarningStore } from './store.ts';

const room = (records = buildRecords(), change: Parameters<typeof buildPlant>[0] = () => {}) => {
  const plant = buildPlant(change);
  const registry = createRegistry({ plant });
  const clock = createFakeClock();
  const known = new Map<number, { at: number; value: number; quality: number }>();
  const set = (tag: string, value: number, quality: number = Quality.good) => void known.set(registry.tagIndex(tag)!, { at: clock.now(), value, quality });
  for (const tag of plant.tags) set(tag.id, 1);
  set('WS', 4);
  set('WD', 225);
  set('AT', 18);
  set('LT-101', 60);
  const alarms = createTable<string, AlarmRow>((alarm) => alarm.id);
  const assets = createTable<string, AssetHealth>((asset) => asset.equipment);
  const hazards = createTable<string, HazardRow>((hazard) => hazard.id);
  const calls: FieldInput[] = [];
  const compute = createFieldEngine(plant);
  const engines = { call: async <T,>(_method: string, input: unknown): Promise<T> => (calls.push(input as FieldInput), structuredClone(compute(structuredClone(input as FieldInput))) as T) };
  const people = createPeople({ plant, clock });
  const folder = temporaryFolder();
  const sql = openSql(folder.file('risk.db'), riskMigrations);
  onTestFinished(() => [sql, folder].forEach((each) => each[Symbol.dispose]()));
  const risk = createRisk({ registry, sql, values: { last: (tag) => known.get(tag) }, people, alarms: { table: alarms }, inference: { assets }, permits: createPermits({ records, registry, clock }), hazards: { table: hazards }, inspection: createInspection({ records, clock }), engines, clock, log: silentLog });
  const seconds = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      clock.advance(1_000);
      risk.tick();
      for (let k = 0; k < 4; k += 1) await Promise.resolve();
    }
  };
  return { risk, set, alarms, assets, hazards, calls, seconds, clock, people, sql };
};

const alarm = (rest: Partial<AlarmRow> = {}): AlarmRow => ({ id: 'GT-101/HIHI', tag: 'GT-101', equipment: 'TK-101', zone: 'Z1', kind: 'HIHI', priority: 1, state: 'unacknowledged', message: { zh: '氨浓度高高', en: 'Ammonia high-high' }, place: { zh: '罐区', en: 'Tank farm' }, value: 80, limit: 50, unit: '[ppm]', raisedAt: 0, seenAt: 0, changedAt: 0, acknowledgedBy: null, acknowledgedAt: null, shelvedUntil: null, shelveReason: null, count: 1, cause: null, consequence: null, action: null, respondWithinS: null, source: null, isStale: false, shelvedBy: null, suppressedBy: null, outOfServiceBy: null, outOfServiceReason: null, group: null, firstOut: null, ...rest });

describe('zone risk', () => {
  test('a calm plant has nothing against it; an alarm, a permit and an overdue inspection are named causes that add up', async () => {
    const { risk, alarms, seconds } = room(
      buildRecords({
        permits: [{ id: 'PW-1', kind: 'hot-work', level: 'first', title: { zh: '动火', en: 'Welding' }, zone: 'Z2', from: '-1h', to: '+4h', people: ['P2'] }],
        inspections: [{ id: 'IN-1', title: { zh: '安全阀', en: 'Relief valve' }, equipment: 'K-201', due: '-10d' }],
        qualifications: [{ person: 'P2', kind: '焊接', validTo: '-3d' }],
      }),
    );
    await seconds(2);
    expect(risk.zones.get('Z1')).toMatchObject({ index: 0, grade: 'low', staticGrade: 'major', causes: [], advice: null });
    const work = risk.zones.get('Z2')!;
    expect(work.causes.map((cause) => cause.factor)).toEqual(expect.arrayContaining(['management', 'people']));
    expect(work.causes.flatMap((cause) => cause.evidence.map((each) => each.id))).toEqual(expect.arrayContaining(['PW-1', 'IN-1', 'P2']));
    alarms.put(alarm());
    await seconds(1);
    const gas = risk.zones.get('Z1')!;
    expect(gas.grade).toBe('considerable');
    expect(gas.advice!.text.en).toContain('leak');
    for (const row of risk.zones.rows()) {
      expect(row.causes.reduce((sum, cause) => sum + cause.points, 0)).toBeCloseTo(row.index, 6);
      expect(Object.values(row.factors).reduce((sum, points) => sum + points, 0)).toBeCloseTo(row.index, 6);
    }
    alarms.put(alarm({ id: 'GT-101/HI', kind: 'HI', priority: 2 }));
    await seconds(1);
    expect(risk.zones.get('Z1')!.causes).toHaveLength(1);
    for (const tag of ['PT-101', 'LT-101']) alarms.put(alarm({ id: `${tag}/HIHI`, tag }));
    await seconds(1);
    expect(risk.zones.get('Z1')!.grade).toBe('major');
    alarms.drop('GT-101/HI');
    alarms.drop('GT-101/HIHI');
    for (const tag of ['PT-101', 'LT-101']) alarms.drop(`${tag}/HIHI`);
    await seconds(30);
    expect(risk.zones.get('Z1')).toMatchObject({ index: 0, grade: 'major' });
    await seconds(40);
    expect(risk.zones.get('Z1')!.grade).toBe('low');
  });

  test('keeps one point a minute for an hour and sends a row only when something changed', async () => {
    const { risk, seconds } = room();
    let rows = 0;
    risk.zones.onDidChange((change) => void (rows += change.put.length));
    await seconds(59);
    expect(rows).toBeLessThanOrEqual(4);
    await seconds(62 * 60);
    expect(risk.zones.get('Z1')!.history).toHaveLength(60);
  });

  test('instruments that went silent count, and a wearing machine', async () => {
    const { risk, set, assets, seconds } = room();
    await seconds(25);
    set('GT-101', 3, Quality.stale);
    assets.put({ equipment: 'K-201', model: 'rul', at: 0, state: 'warning', p10Days: 3, p50Days: 6, p90Days: 9, capDays: 60, failureWithin: { d3: 0.1, d7: 0.6, d15: 0.97 }, drivers: [{ tag: 'VT-201', text: { zh: '振动高', en: 'vibration up' }, weight: 4, since: 0 }], factors: [], history: { at: [], p50Days: [] } });
    await seconds(1);
    expect(risk.zones.get('Z1')!.causes[0]!.text.en).toContain('detectors give no usable value');
    expect(risk.zones.get('Z2')!.causes[0]).toMatchObject({ factor: 'machine', evidence: [{ kind: 'equipment', id: 'K-201', value: 'P50 6.0 d' }, { kind: 'tag', id: 'VT-201' }] });
  });
});

test('a deluge whose water is out is a finding of its zone, loses its credit in the field and gets both back', async () => {
  const { risk, set, calls, seconds } = room(buildRecords(), (change) => void (change.equipment[0]!.protections = { deluge: { rateLMinM2: 9, supply: [{ anyOf: ['PT-101'], atLeast: 0.5 }] } }));
  await seconds(22);
  expect(calls.at(-1)!.protections[0]).toMatchObject({ deluge: 4.33e-2, relief: 1 });
  expect(risk.zones.get('Z1')!.causes).toEqual([]);
  set('PT-101', 0.2);
  await seconds(12);
  expect(calls.at(-1)!.protections[0]!.deluge).toBe(1);
  expect(risk.zones.get('Z1')!.causes).toMatchObject([{ factor: 'machine', text: { en: 'No working deluge on one vessel' }, evidence: [{ kind: 'tag', id: 'PT-101' }] }]);
  set('PT-101', 0.8);
  await seconds(12);
  expect(calls.at(-1)!.protections[0]!.deluge).toBe(4.33e-2);
  expect(risk.zones.get('Z1')!.causes).toEqual([]);
});

describe('the days ahead', () => {
  const work = { id: 'PW-9', kind: 'hot-work', level: 'special', title: { zh: '动火', en: 'Welding' }, zone: 'Z1', from: '+5h', to: '+9h', people: ['P2'] } as const;
  test('planned work, a plan and a qualification that runs out raise the hours in which they fall, and warn until they begin', async () => {
    const { risk, clock, seconds } = room(
      buildRecords({ permits: [{ ...work, people: [...work.people] }], qualifications: [{ person: 'P2', kind: '焊接', validTo: '+2h' }], plans: [{ id: 'PL-1', title: { zh: '开车', en: 'Start-up' }, zone: 'Z2', from: '+4d', to: '+5d', kind: 'start-up' }, { id: 'PL-2', title: { zh: '动火', en: 'Welding' }, zone: 'Z1', from: '+5h', to: '+9h', kind: 'special-work' }] }),
    );
    await seconds(3);
    const { hours, days } = risk.forecasts.get('Z1')!;
    expect(hours.slice(0, 4).every((index) => index === 0)).toBe(true);
    expect(hours.slice(5, 8).every((index) => index > 20)).toBe(true);
    expect(hours.slice(10).every((index) => index === 0)).toBe(true);
    expect(days[0]).toBe(Math.max(...hours));
    expect(Math.max(...risk.forecasts.get('Z2')!.days.slice(0, 3))).toBe(0);
    expect(risk.forecasts.get('Z2')!.days[4]).toBeGreaterThan(5);
    const [warning, ...others] = risk.warnings.rows();
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ id: 'work-PW-9', kind: 'work', zone: 'Z1', grade: 'general', probability15: null, hitRate: null });
    expect(warning!.p10Days).toBeCloseTo(5 / 24, 2);
    expect(warning!.p90Days).toBeCloseTo(9 / 24, 2);
    expect(warning!.drivers.map(({ en }) => en).join()).toContain('has run out');
    clock.advance(5 * 3_600_000);
    await seconds(3);
    expect(risk.warnings.rows()).toEqual([]);
  });

  test('strong wind is taken to last a day, said so, and dropped when it falls', async () => {
    const { risk, set, seconds } = room();
    set('WS', 14);
    await seconds(60);
    expect(risk.warnings.rows()).toMatchObject([{ id: 'weather-wind', kind: 'weather', p10Days: 0, p90Days: 1 }]);
    expect(risk.warnings.rows()[0]!.drivers[0]!.en).toContain('By persistence');
    const { hours, days } = risk.forecasts.get('Z1')!;
    expect(Math.min(...hours)).toBeGreaterThan(0);
    expect(Math.max(...days.slice(1))).toBe(0);
    set('WS', 3);
    await seconds(60);
    expect(risk.warnings.rows()).toEqual([]);
  });

  test('warns while the disk refuses, and keeps what it warned of once it can', async () => {
    const { risk, set, seconds, sql } = room();
    const kept = () => createWarningStore(sql).tally('weather').open;
    sql.run('PRAGMA query_only = 1');
    set('WS', 14);
    await seconds(60);
    expect([risk.warnings.size, kept()]).toEqual([1, 0]);
    sql.run('PRAGMA query_only = 0');
    await seconds(4);
    expect(kept()).toBe(1);
  });
});

describe('risk field', () => {
  test('is computed at once, again only on change and not within ten seconds', async () => {
    const { risk, calls, seconds, set, hazards } = room();
    await seconds(30);
    expect(calls).toHaveLength(1);
    const calm = risk.field.get()!;
    expect(calm).toMatchObject({ nx: 20, ny: 20, cell: 5 });
    expect(Math.max(...calm.perYear)).toBeGreaterThan(1e-7);
    expect(calm.top[0]!.equipment).toBe('TK-101');
    hazards.put({ id: 'H-1', title: { zh: '法兰渗漏', en: 'Seeping flange' }, grade: 'major', state: 'found', zone: 'Z1', equipment: 'TK-101', source: 'person', reportedBy: 'P1', reportedAt: 0, assignee: null, due: null, rectifiedAt: null, closedAt: null, overdue: false, note: '', evidence: null, photo: null, comparison: null });
    await seconds(1);
    expect(calls).toHaveLength(2);
    expect(calls[1]!.leak[0]).toBe(3);
    expect(Math.max(...risk.field.get()!.perYear)).toBeGreaterThan(2.5 * Math.max(...calm.perYear));
    set('LT-101', 5);
    await seconds(5);
    expect(calls).toHaveLength(2);
    await seconds(6);
    expect(calls).toHaveLength(3);
  });

  test('takes the longest overdue inspection of an item, and counts nobody whose wearable is silent', async () => {
    const inspection = (id: string, due: string) => ({ id, title: { zh: '检验', en: 'Test' }, equipment: 'TK-101', due });
    const { calls, seconds, people, clock } = room(buildRecords({ inspections: [inspection('IN-1', '-1d'), inspection('IN-2', '-400d')] }));
    const alone = room(buildRecords({ inspections: [inspection('IN-2', '-400d')] }));
    const stand = (person: number) => people.apply({ person: Uint32Array.of(person), x: Float64Array.of(20), y: Float64Array.of(40), z: Float64Array.of(0), heartRate: Float64Array.of(80), accuracy: Float64Array.of(1), at: Float64Array.of(clock.now()), seenAt: clock.now() });
    stand(0);
    clock.advance(31_000);
    stand(1);
    await seconds(1);
    await alone.seconds(1);
    expect(calls[0]!.leak[0]).toBe(alone.calls[0]!.leak[0]);
    expect(calls[0]!.people.x).toHaveLength(1);
  });

  test('answers where rescuers wait once there is a field: on a wide road of little risk, away from what leaks', async () => {
    const { risk, seconds } = room(buildRecords(), (plant) => {
      plant.site = { ...plant.site, width: 400 };
      plant.walkways.nodes.push({ id: 'R1', position: [160, 50] }, { id: 'R2', position: [390, 50] }, { id: 'R3', position: [20, 55] });
      plant.walkways.edges.push({ id: 'RR1', from: 'R1', to: 'R2', width: 6, kind: 'road' }, { id: 'RR2', from: 'R3', to: 'R1', width: 6, kind: 'road' });
    });
    const ask = async () => risk.handlers.rescuePositions({}, { actor: null, commandId: '', at: 0 });
    expect(await ask()).toBeNull();
    await seconds(12);
    const { positions } = (await ask())!;
    expect(positions.length).toBeGreaterThan(0);
    for (const { node, serves } of positions) {
      expect(['R1', 'R2']).toContain(node);
      expect(serves.every(({ distanceM }) => distanceM >= 100)).toBe(true);
    }
    expect(positions.flatMap(({ serves }) => serves.map(({ equipment }) => equipment))).toContain('TK-101');
  });

  test('answers the major hazards of the units from live levels', async () => {
    const { risk, set } = room();
    const [unit] = await risk.handlers.majorHazards({}, { actor: null, commandId: '', at: 0 });
    // 40 t × 60 % of ammonia: S = 24/10, R = 2 · 2 · 2.4.
    expect(unit).toMatchObject({ unit: 'U1', s: 2.4, grade: 'four', items: [{ substance: 'ammonia', tonnes: 24, threshold: 10, beta: 2 }] });
    expect(unit!.r).toBeCloseTo(9.6);
    set('LT-101', 20);
    expect((await risk.handlers.majorHazards({}, { actor: null, commandId: '', at: 0 }))[0]!.grade).toBe('none');
  });
});

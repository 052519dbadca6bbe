import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AlarmRow, EarlyWarning } from '../../../src-shared/contract/index.ts';
import { createEmitter, createTable, disposable, HOUR, MINUTE, Quality, silentLog, type SampleBatch } from '../../../src-shared/kernel/index.ts';
import { createFaults } from '../../platform/faults.ts';
import { openSql } from '../../platform/sql.ts';
import type { SupervisedWorker } from '../../platform/workers.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { buildBatch } from '../../testing/samples.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { writeAnomaly } from '../../commands/anomaly/write.ts';
import { createInference, hitRateOf, inferenceMigrations } from './index.ts';
import type { Planned } from './service.ts';
import { fitAnomaly } from './model/anomaly.ts';
import { createFeatureState, feed, type FeatureSpec } from './model/features.ts';
import { createProcessWatch } from './processWatch.ts';

const STEP_HOURS = 6;
const SENSORS = ['vibrationDe', 'oilPressure'];
const features: FeatureSpec = { sensors: SENSORS, window: 8, emaAlpha: 0.1, baseline: 4, ageScale: null, conditions: { setting: null, centres: [0] }, mean: [[2, 0.3]], deviation: [[1, 0.1]] };

const plant = buildPlant((draft) => {
  const tag = (id: string, kind: 'vibration' | 'pressure' | 'count') => ({ id, name: { zh: id, en: id }, equipment: 'K-201', kind, unit: '1', range: [0, 100_000] as [number, number] });
  draft.tags.push(tag('OP-201', 'pressure'), tag('RH-201', 'count'));
  draft.equipment[1]!.machine = { model: 'compressor', tags: { vibrationDe: 'VT-201', oilPressure: 'OP-201', runningHours: 'RH-201' } };
});
const index = (id: string) => plant.tags.findIndex((tag) => tag.id === id);

/** What the machine reads in its running hour `hour`. */
const vibration = (hour: number) => 2 + hour / 100 + Math.sin(hour);
const oil = (hour: number) => 0.3 - hour / 5_000;
const METER_START = 20_000.25;

/** A station's inference with a hand-made worker: `answer` is the model. */
const start = (answer: (key: string, windows: Float32Array, batch: number) => { output: Float32Array } | { failure: string }, historyHours = 0) => {
  const plans: Planned[] = [];
  const alarms: AlarmRow[] = [];
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const faults = createFaults(clock);
  const messages = createEmitter<unknown>();
  const started = createEmitter<void>();
  const calls: { readonly method: string; readonly key: string; readonly windows: Float32Array }[] = [];
  const worker: SupervisedWorker = {
    post: () => {},
    onMessage: messages.listen,
    onDidStart: started.listen,
    call: async <T>(method: string, input: unknown): Promise<T> => {
      const { key, windows = new Float32Array(), batch = 0 } = input as { readonly key: string; readonly windows?: Float32Array; readonly batch?: number };
      calls.push({ method, key, windows });
      return (method === 'run' ? answer(key, windows, batch) : null) as T;
    },
    [Symbol.dispose]: () => {},
  };
  const publish = (version: string, bytes: string) => {
    writeFileSync(folder.file('rul-compressor.onnx'), bytes);
    const card = {
      id: 'rul-compressor', version, kind: 'rul', file: 'rul-compressor.onnx', sha256: createHash('sha256').update(bytes).digest('hex'), purpose: { zh: '试', en: 'test' }, training: {}, metrics: {},
      input: { name: 'window', shape: ['batch', features.window, SENSORS.length * 3] }, output: { name: 'days', columns: ['p10', 'p50', 'p90', 'mean'], unit: 'step' }, capSteps: 120, stepDays: STEP_HOURS / 24, features,
      warning: { enterDays: 9, leaveDays: 14, hold: 2 },
    };
    writeFileSync(folder.file('rul-compressor.json'), JSON.stringify(card));
  };
  publish('1', 'first');
  const sql = openSql(folder.file('station.db'), inferenceMigrations);
  const now = clock.now();
  const inference = createInference({
    plant, modelsFolder: folder.path, sql, clock, log: silentLog, faults,
    plans: () => plans, alarms: () => alarms,
    workers: { start: () => worker },
    // The history as a historian tells it: an hour per bucket, empty before the machine's first.
    trend: async ({ tags, from, buckets }) =>
      tags.map((tag) => {
        const at = Float64Array.from({ length: buckets }, (_each, bucket) => from + bucket * HOUR);
        const mean = at.map((time) => {
          const hour = historyHours - Math.round((now - time) / HOUR);
          if (hour < 0) return Number.NaN;
          return tag === 'RH-201' ? METER_START + hour : tag === 'VT-201' ? vibration(hour) : oil(hour);
        });
        return { tag, at, min: mean, max: mean, mean, quality: new Uint8Array(buckets) };
      }),
  });
  const live = (hour: number) => buildBatch(clock.now(), [index('RH-201'), METER_START + hour], [index('VT-201'), vibration(hour)], [index('OP-201'), oil(hour)]);
  return { inference, clock, faults, sql, calls, publish, live, plans, alarms, ...disposable(() => [inference, sql, folder].forEach((each) => each[Symbol.dispose]())) };
};
const days = (p50: number, batch: number) => ({ output: Float32Array.from({ length: batch * 4 }, (_each, column) => [0.7, 1, 1.4, 1][column % 4]! * p50 * 4) });

/** The window that training would have made of the hours [0, hours): steps by the meter. */
const offline = (hours: number): Float32Array => {
  const bySensor = [vibration, oil].map((read) => {
    const steps = new Map<number, number[]>();
    for (let hour = 0; hour < hours; hour += 1) {
      const step = Math.floor((METER_START + hour) / STEP_HOURS);
      steps.set(step, [...(steps.get(step) ?? []), read(hour)]);
    }
    const complete = [...steps].filter(([step]) => (step + 1) * STEP_HOURS <= METER_START + hours).map(([, values]) => values.reduce((sum, each) => sum + each, 0) / values.length);
    return Float64Array.from(complete);
  });
  const state = createFeatureState(features);
  feed(state, { sensors: bySensor, setting: null });
  return state.window();
};
const lastWindow = (run: { readonly windows: Float32Array }): Float32Array => {
  const size = features.window * SENSORS.length * 3;
  // The machine as it is stands before its two variants.
  return run.windows.subarray(run.windows.length - 3 * size, run.windows.length - 2 * size);
};

describe('inference', () => {
  it('sees in service what training saw: hourly history, then live readings, stepped by the meter', async () => {
    using station = start((_key, _windows, batch) => days(20, batch), 100);
    await station.inference.rebuild();
    await station.inference.tick();
    expect([...lastWindow(station.calls.at(-1)!)]).toEqual([...offline(99)].map((value) => expect.closeTo(value, 5)));
    for (let hour = 100; hour <= 130; hour += 1) {
      station.clock.advance(HOUR);
      station.inference.apply(station.live(hour));
    }
    await station.inference.tick();
    expect([...lastWindow(station.calls.at(-1)!)]).toEqual([...offline(130)].map((value) => expect.closeTo(value, 5)));
  });

  it('warns at once after a start when its history says so, and holds the forecast until it is settled', async () => {
    using station = start((_key, _windows, batch) => days(7, batch), 100);
    await station.inference.rebuild();
    await station.inference.tick();
    expect(station.inference.warnings.rows()).toMatchObject([{ id: 'machine/K-201', zone: 'Z2', hitRate: null }]);
    expect(station.inference.assets.get('K-201')?.history.p50Days.length).toBeGreaterThan(10);
    await station.inference.rebuild();
    await station.inference.tick();
    expect(station.inference.models()[0]?.forecasts).toMatchObject({ given: 1, open: 1 });
    station.inference.apply(station.live(100 + 5 * 24));
    station.inference.apply(buildBatch(station.clock.now(), [index('XS-201'), 2]));
    expect(station.inference.models()[0]).toMatchObject({ forecasts: { hits: 1, late: 0, open: 0 } });
    // It stands tripped, and is not forecast to fail again when it is built anew; once it runs again it is.
    await station.inference.rebuild();
    await station.inference.tick();
    station.inference.apply(buildBatch(station.clock.now(), [index('XS-201'), 2]));
    expect(station.inference.models()[0]?.forecasts).toMatchObject({ given: 1, hits: 1, late: 0, open: 0 });
    station.inference.apply(buildBatch(station.clock.now(), [index('XS-201'), 1]));
    await station.inference.rebuild();
    await station.inference.tick();
    expect(station.inference.models()[0]?.forecasts).toMatchObject({ given: 2, open: 1 });
  });

  it('goes on while the disk refuses that a machine has failed, and says so once it can', async () => {
    using station = start((_key, _windows, batch) => days(7, batch), 100);
    await station.inference.rebuild();
    await station.inference.tick();
    const outcomes = () => station.sql.all<{ outcome: string | null }>('SELECT outcome FROM forecast').map(({ outcome }) => outcome);
    expect(outcomes()).toEqual([null]);
    station.sql.run('PRAGMA query_only = 1');
    station.inference.apply(buildBatch(station.clock.now(), [index('XS-201'), 2]));
    station.sql.run('PRAGMA query_only = 0');
    await station.inference.tick();
    expect(outcomes()).toEqual(['late']);
  });

  it('counts a forecast as false when a person finds the machine sound, and as early when it failed after 15 running days', async () => {
    using station = start((_key, _windows, batch) => days(7, batch), 100);
    expect(station.inference.settle({ equipment: 'K-201', outcome: 'sound' })).toMatchObject({ ok: false, refusal: { code: 'NoForecast' } });
    await station.inference.rebuild();
    await station.inference.tick();
    expect(station.inference.settle({ equipment: 'K-201', outcome: 'sound' }).ok).toBe(true);
    station.inference.apply(station.live(106));
    await station.inference.tick();
    for (let hour = 107; hour < 107 + 16 * 24; hour += 1) station.inference.apply(station.live(hour));
    await station.inference.tick();
    station.inference.settle({ equipment: 'K-201', outcome: 'failed' });
    const tally = station.inference.forecasts.tally('rul-compressor', { from: station.clock.now() - 45 * 24 * HOUR, to: station.clock.now() + MINUTE });
    expect(tally).toMatchObject({ given: 2, falseAlarms: 1, early: 1, hits: 0 });
    expect(hitRateOf(tally)).toBe(0);
  });

  it('serves by the old model until the new one is warm, and goes back to it when the new one fails', async () => {
    using station = start((key, _windows, batch) => (key === badKey ? { failure: 'broken graph' } : days(20, batch)), 100);
    const badKey = `rul-compressor@${createHash('sha256').update('second').digest('hex').slice(0, 16)}`;
    await station.inference.rebuild();
    await station.inference.tick();
    station.publish('2', 'second');
    expect(await station.inference.reload()).toMatchObject([{ state: 'ready', card: { version: '2' } }]);
    await Promise.resolve();
    await station.inference.rebuild();
    await station.inference.tick();
    expect(station.inference.models()).toMatchObject([{ state: 'ready', card: { version: '1' }, detail: { en: expect.stringContaining('broken graph') } }]);
    await station.inference.rebuild();
    await station.inference.tick();
    expect(station.inference.assets.get('K-201')?.model).toBe('rul-compressor 1');
    expect(station.faults.table.rows().some(({ code, active }) => code === 'rul-compressor/fallback' && active)).toBe(true);
    await station.inference.reload();
    expect(station.inference.models()[0]?.card?.version).toBe('1');
  });

  it('misses no forecast while a new model loads, and is back to the old one by one word of a person until the file changes', async () => {
    using station = start((_key, _windows, batch) => days(20, batch), 100);
    await station.inference.rebuild();
    await station.inference.tick();
    const answeredAt = () => station.inference.assets.get('K-201')?.at;
    station.publish('2', 'second');
    const loading = station.inference.reload();
    for (let hour = 101; hour <= 160; hour += 1) {
      station.clock.advance(HOUR);
      station.inference.apply(station.live(hour));
      const before = station.calls.filter(({ method }) => method === 'run').length;
      await station.inference.tick();
      // A step of the meter is 6 hours: each one that ends is answered at once, by whichever model serves.
      if (Math.floor((METER_START + hour) / STEP_HOURS) > Math.floor((METER_START + hour - 1) / STEP_HOURS)) {
        expect(station.calls.filter(({ method }) => method === 'run').length).toBeGreaterThan(before);
        expect(answeredAt()).toBe(station.clock.now());
      }
    }
    await loading;
    expect(station.inference.assets.get('K-201')?.model).toBe('rul-compressor 2');
    expect(station.inference.models()[0]).toMatchObject({ card: { version: '2' }, previous: { version: '1' }, usage: { runs: expect.any(Number) } });
    expect(station.inference.rollBack('rul-compressor')).toBe(true);
    await station.inference.reload();
    expect(station.inference.models()[0]).toMatchObject({ state: 'ready', card: { version: '1' }, previous: { version: '2' } });
    station.publish('3', 'third');
    await station.inference.reload();
    expect(station.inference.models()[0]).toMatchObject({ card: { version: '3' }, previous: { version: '1' } });
    expect(station.inference.rollBack('anomaly-u1')).toBe(false);
  });

  it('lets the load plan and alarms of its sensors into the probabilities between two steps, and tells them as factors', async () => {
    using station = start((_key, _windows, batch) => days(7, batch), 100);
    await station.inference.rebuild();
    await station.inference.tick();
    const health = () => station.inference.assets.get('K-201')!;
    const alone = health().failureWithin;
    const later = async () => {
      station.clock.advance(10 * 1_000);
      await station.inference.tick();
      return health();
    };
    const alarm = { tag: 'VT-201', kind: 'HIHI', state: 'unacknowledged', priority: 2, message: { zh: '振动高高', en: 'Vibration high high' } } as AlarmRow;
    station.alarms.push({ ...alarm, kind: 'DISCRETE' }, { ...alarm, tag: 'XS-201' }, { ...alarm, state: 'returned' });
    expect(await later()).toMatchObject({ factors: [], failureWithin: alone });
    station.alarms.push(alarm);
    const alarmed = await later();
    expect(alarmed.factors).toMatchObject([{ kind: 'alarm', factor: 1.75, text: { en: expect.stringContaining('Vibration high high') } }]);
    expect(alarmed.failureWithin.d7).toBeCloseTo(1 - (1 - alone.d7) ** 1.75, 9);
    expect(station.inference.warnings.rows()[0]?.probability15).toBe(alarmed.failureWithin.d15);
    station.alarms.length = 0;
    const now = station.clock.now();
    station.plans.push({ title: { zh: '检修', en: 'Overhaul' }, zone: 'Z9', equipment: 'K-201', kind: 'maintenance', from: now, to: now + 4 * 24 * HOUR }, { title: { zh: '装车', en: 'Loading' }, zone: 'Z2', equipment: null, kind: 'loading', from: now, to: now + 15 * 24 * HOUR });
    const planned = await later();
    expect(planned.factors).toMatchObject([{ kind: 'plan', text: { en: expect.stringContaining('Overhaul') } }]);
    expect(planned.failureWithin.d3).toBeLessThan(alone.d3);
    expect(planned.failureWithin.d3).toBeLessThan(0.05);
    expect(planned.p50Days).toBeCloseTo(7, 5);
  });

  it('settles by what a person says: late, repaired, still running only after the horizon, missed where nobody was warned', async () => {
    using station = start((_key, _windows, batch) => days(7, batch), 100);
    const settle = (outcome: 'failed' | 'repaired' | 'sound' | 'running') => station.inference.settle({ equipment: 'K-201', outcome });
    const tally = () => station.inference.forecasts.tally('rul-compressor', { from: 0, to: station.clock.now() + MINUTE });
    const warnAgain = async () => {
      await station.inference.rebuild();
      await station.inference.tick();
    };
    expect(settle('failed').ok).toBe(true);
    expect(tally()).toMatchObject({ given: 0, missed: 1 });
    await warnAgain();
    expect(settle('running')).toMatchObject({ ok: false, refusal: { code: 'TooEarly' } });
    expect(settle('failed').ok).toBe(true);
    await warnAgain();
    expect(settle('repaired').ok).toBe(true);
    await warnAgain();
    for (let hour = 101; hour < 101 + 16 * 24; hour += 1) station.inference.apply(station.live(hour));
    expect(settle('running').ok).toBe(true);
    expect(tally()).toMatchObject({ given: 3, open: 0, missed: 1, late: 1, repaired: 1, falseAlarms: 1 });
    expect(hitRateOf(tally())).toBe(0);
    expect(station.inference.forecasts.since(0)).toHaveLength(4);
    expect(station.inference.forecasts.since(0).find(({ outcome }) => outcome === 'missed')).toMatchObject({ p50Days: null, leadDays: null });
  });

  it('takes a trip by the limit that holds now, not the one it was started with', async () => {
    using station = start((_key, _windows, batch) => days(7, batch), 100);
    await station.inference.rebuild();
    await station.inference.tick();
    const state = plant.tags[index('XS-201')]!;
    const { alarms } = state;
    state.alarms = alarms.map((alarm) => (alarm.kind === 'DISCRETE' ? { ...alarm, limit: 7 } : alarm));
    station.inference.apply(buildBatch(station.clock.now(), [index('XS-201'), 2]));
    expect(station.inference.models()[0]?.forecasts?.open).toBe(1);
    station.inference.apply(buildBatch(station.clock.now(), [index('XS-201'), 7]));
    state.alarms = alarms;
    expect(station.inference.models()[0]?.forecasts?.open).toBe(0);
  });

  it('refuses a file whose hash is not the card\'s, says why, and goes on with what it has', async () => {
    using station = start((_key, _windows, batch) => days(20, batch), 100);
    await station.inference.reload();
    station.publish('2', 'second');
    writeFileSync(station.sql.file.replace('station.db', 'rul-compressor.onnx'), 'tampered');
    await station.inference.reload();
    expect(station.inference.models()).toMatchObject([{ state: 'ready', card: { version: '1' }, detail: { en: expect.stringContaining('hash') } }]);
    expect(station.faults.table.rows()).toMatchObject([{ code: 'rul-compressor/file', active: true }]);
  });

  it('takes no unusable value and does not age a machine that stands', async () => {
    using station = start((_key, _windows, batch) => days(20, batch));
    const batch = station.live(0);
    station.inference.apply(batch);
    const bad: SampleBatch = { ...station.live(50), quality: new Uint8Array(3).fill(Quality.bad) };
    station.inference.apply(bad);
    station.inference.apply(station.live(0));
    await station.inference.tick();
    expect(station.calls.filter(({ method }) => method === 'run')).toEqual([]);
  });
});

describe('process watch', () => {
  it('tells drift of a unit by stretches of hours: a value that is never where it used to be, while the unit is not anomalous', () => {
    using folder = temporaryFolder();
    const random = randomOf(5);
    const walk = (count: number) => [0, 1].map(() => Float64Array.from({ length: count }, () => 1 + random()));
    const runs = Array.from({ length: 60 }, () => walk(180));
    const fitted = fitAnomaly(runs, { variables: ['PT-101', 'LT-101'], lags: 1, alpha: 0.3, ridge: 0.01, blocks: 60, quantile: 1 });
    writeAnomaly(folder.file('anomaly-u1'), { ...fitted, model: { ...fitted.model, limit: 100 * fitted.model.limit } }, { version: '1', purpose: { zh: '试', en: 'test' }, unit: 'U1', sampleSeconds: 60, training: {}, metrics: {}, limits: [], runs });
    const clock = createFakeClock();
    const faults = createFaults(clock);
    using watch = createProcessWatch({ plant, modelsFolder: folder.path, clock, faults, warnings: createTable<string, EarlyWarning>(({ id }) => id) });
    const hours = (count: number, pressure: (usual: number) => number) => {
      const [p, l] = walk(count * 60);
      for (let k = 0; k < count * 60; k += 1) {
        watch.apply(buildBatch(clock.now(), [index('PT-101'), pressure(p![k]!)], [index('LT-101'), l![k]!]));
        clock.advance(MINUTE);
      }
    };
    hours(9, (usual) => usual);
    expect(watch.models()).toMatchObject([{ drift: null }]);
    hours(87, (usual) => usual);
    expect(watch.models()[0]?.drift).toMatchObject({ steps: 96 * 60 });
    expect(watch.models()[0]?.drift?.draws).toBeGreaterThanOrEqual(32);
    expect(faults.table.rows()).toEqual([]);
    hours(200, () => 1.94);
    expect(watch.units.rows()).toMatchObject([{ state: 'normal' }]);
    expect(watch.models()[0]?.drift?.features[0]).toMatchObject({ name: 'PT-101', since: expect.any(Number) });
    expect(faults.table.rows()).toMatchObject([{ code: 'anomaly-u1/drift', active: true, detail: expect.stringContaining('PT-101') }]);
  });

  it('calls a unit anomalous when its values leave their usual relation, names the driver, and recovers', () => {
    using folder = temporaryFolder();
    const pair = ['PT-101', 'LT-101'];
    const normal = [0, 1].map((variable) => Float64Array.from({ length: 400 }, (_each, k) => 1 + Math.sin(k / 9) + 0.3 * Math.sin(k * k * (variable + 2.3))));
    writeAnomaly(folder.file('anomaly-u1'), fitAnomaly([normal], { variables: pair, lags: 2, alpha: 0.3, ridge: 0.01, blocks: 4, quantile: 1 }), { version: '1', purpose: { zh: '试', en: 'test' }, unit: 'U1', sampleSeconds: 60, training: {}, metrics: {}, limits: [], runs: [normal] });
    const clock = createFakeClock();
    const warnings = createTable<string, EarlyWarning>(({ id }) => id);
    using watch = createProcessWatch({ plant, modelsFolder: folder.path, clock, faults: createFaults(clock), warnings });
    expect(watch.units.rows()).toMatchObject([{ unit: 'U1', state: 'learning' }]);
    const minutes = (from: number, count: number, offset: number) => {
      for (let k = from; k < from + count; k += 1) {
        watch.apply(buildBatch(clock.now(), [index('PT-101'), normal[0]![k]!], [index('LT-101'), normal[1]![k]! + offset]));
        clock.advance(MINUTE);
      }
    };
    minutes(0, 60, 0);
    expect(watch.units.get('U1')?.state).toBe('normal');
    minutes(60, 20, 2);
    expect(watch.units.get('U1')).toMatchObject({ state: 'anomalous', drivers: [{ text: { en: expect.stringContaining('above its usual') } }, {}] });
    expect(watch.units.get('U1')!.ratio).toBeGreaterThan(1);
    expect(warnings.rows()).toMatchObject([{ id: 'process/U1', kind: 'process', since: watch.units.get('U1')!.since, probability15: null }]);
    minutes(80, 60, 0);
    expect(watch.units.get('U1')?.state).toBe('normal');
    expect(warnings.rows()).toEqual([]);
  });
});

/** The same even draws from 0 to 1 for the same seed. */
const randomOf = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

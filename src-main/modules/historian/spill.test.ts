import { spawn } from 'node:child_process';
import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createEmitter, disposable, silentLog, type SampleBatch } from '../../../src-shared/kernel/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createFaults } from '../../platform/faults.ts';
import { createWorkers, type SupervisedWorker, type Workers } from '../../platform/workers.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';
import { createHistorian } from './index.ts';

const plant = buildPlant();
const START = Date.UTC(2026, 2, 1);
const batch = (from: number, count: number): SampleBatch => ({
  tag: new Uint32Array(count),
  at: Float64Array.from({ length: count }, (_unused, row) => START + from + row),
  value: Float64Array.from({ length: count }, (_unused, row) => from + row),
  quality: new Uint8Array(count),
  seenAt: START,
});
const spilled = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('spill-'));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));


/** A historian whose real worker can be killed, or that has none that answers while `isDown`. */
const station = (folder: string, spillBytes = 2_000_000_000) => {
  const faults = createFaults(systemClock);
  const workers = createWorkers({ folder: new URL('../../workers/', import.meta.url), extension: '.ts', clock: systemClock, log: silentLog, faults });
  let worker: SupervisedWorker | null = null;
  const kept: Workers = { ...workers, start: (name, data) => (worker = workers.start(name, data)) };
  const open = (by: Workers) => createHistorian({ workers: by, folder, plant, keep: { rawDays: 400, hourlyDays: 3_650, spillBytes }, clock: systemClock, log: silentLog, faults });
  return {
    faults,
    open: () => open(kept),
    openWithoutWorker: () => open(nobody),
    /** A message that it cannot read ends the thread. */
    kill: () => worker?.post({ kind: 'append', sequence: 0, batch: null }),
    ...disposable(() => workers[Symbol.dispose]()),
    ended: () => workers.ended(),
  };
};
/** Workers that never come up. */
const nobody: Workers = {
  start: () => ({ post() {}, onMessage: createEmitter<unknown>().listen, onDidStart: createEmitter<void>().listen, call: () => Promise.reject(new Error('restarting')), ...disposable(() => {}) }),
  ended: () => Promise.resolve(),
  ...disposable(() => {}),
};
const stored = async (historian: ReturnType<typeof createHistorian>) => [...(await historian.samples({ tag: 'PT-101', from: 0, to: 9e15, limit: 1e7 })).value];
const isWhole = (values: readonly number[], count: number) => values.length === count && values.every((value, index) => value === index);

it('loses nothing of 300,000 samples that come while its worker is killed again and again', async () => {
  using folder = temporaryFolder();
  using place = station(folder.path);
  const historian = place.open();
  let most = 0;
  for (let from = 0; from < 300_000; from += 1_000) {
    historian.append(batch(from, 1_000));
    if (from % 100_000 === 50_000) place.kill();
    most = Math.max(most, historian.backlog().spilledBytes);
    await sleep(10);
  }
  place.kill();
  await until(() => historian.lagMs() > 0 || historian.backlog().waiting === 0, 'the end of the stream');
  await until(() => historian.backlog().waiting === 0 && historian.backlog().spilledBytes === 0, 'everything taken in', 30_000);
  expect(most).toBeGreaterThan(0);
  expect(isWhole(await stored(historian), 300_000)).toBe(true);
  expect(spilled(folder.path)).toEqual([]);
  expect(historian.backlog()).toEqual({ waiting: 0, spilledBytes: 0, lost: 0 });
  historian[Symbol.dispose]();
  await place.ended();
}, 60_000);

it('keeps what waits when the station ends without its worker, and takes it in at the next start before it answers for last values', async () => {
  using folder = temporaryFolder();
  using place = station(folder.path);
  {
    using historian = place.openWithoutWorker();
    for (let from = 0; from < 250_000; from += 10_000) historian.append(batch(from, 10_000));
    await until(() => historian.backlog().spilledBytes >= 250_000 * 21, 'all of it on disk');
    expect(historian.lagMs()).toBeGreaterThan(0);
    historian.append(batch(250_000, 10));
  }
  const historian = place.open();
  expect([...(await historian.last()).value]).toEqual([250_009]);
  expect(isWhole(await stored(historian), 250_010)).toBe(true);
  expect(spilled(folder.path)).toEqual([]);
  historian[Symbol.dispose]();
  await place.ended();
});

it('gives up the oldest and counts it when its room on disk is used up, and says so until it has caught up', async () => {
  using folder = temporaryFolder();
  using place = station(folder.path, 1_000_000);
  let lost = 0;
  {
    using historian = place.openWithoutWorker();
    for (let from = 0; from < 300_000; from += 1_000) historian.append(batch(from, 1_000));
    await until(() => historian.backlog().waiting + historian.backlog().lost === 300_000 && historian.backlog().spilledBytes > 800_000 && place.faults.table.get('historian/behind') !== undefined, 'the bound');
    await sleep(500);
    const { waiting, spilledBytes } = historian.backlog();
    lost = historian.backlog().lost;
    expect(waiting + lost).toBe(300_000);
    expect(spilledBytes).toBeLessThanOrEqual(1_000_000);
    expect(place.faults.table.get('historian/behind')).toMatchObject({ active: true, severity: 'error', detail: `${lost} samples` });
  }
  const historian = place.open();
  await historian.last();
  const values = await stored(historian);
  expect(values.length).toBe(300_000 - lost);
  expect([values[0], values.at(-1)]).toEqual([lost, 299_999]);
  await until(() => place.faults.table.get('historian/behind')?.active === false, 'caught up');
  historian[Symbol.dispose]();
  await place.ended();
});

it('keeps everything in memory while the disk refuses, says so, and goes on to disk when it takes again', async () => {
  using folder = temporaryFolder();
  using place = station(folder.path);
  using historian = place.openWithoutWorker();
  symlinkSync('/dev/full', folder.file('spill-00000001.bin'));
  for (let from = 0; from < 250_000; from += 10_000) historian.append(batch(from, 10_000));
  await until(() => place.faults.table.get('historian/spill')?.active === true, 'the fault');
  expect(historian.backlog()).toMatchObject({ waiting: 250_000, spilledBytes: 0, lost: 0 });
  rmSync(folder.file('spill-00000001.bin'), { force: true });
  await until(() => historian.backlog().spilledBytes >= 250_000 * 21, 'on disk after all', 10_000);
  await until(() => place.faults.table.get('historian/spill')?.active === false, 'the fault gone');
}, 20_000);

/** A station without a worker, in a process of its own, that prints how far it has come. */
const ENDLESS = `
  const at = (name) => import(new URL(name, process.argv[1]).href);
  const { createHistorian } = await at('./index.ts');
  const { systemClock } = await at('../../platform/clock.ts');
  const { createFaults } = await at('../../platform/faults.ts');
  const { buildPlant } = await at('../../testing/buildPlant.ts');
  const none = () => ({ [Symbol.dispose]() {} });
  const workers = { start: () => ({ post() {}, onMessage: none, onDidStart: none, call: () => Promise.reject(new Error('down')), ...none() }) };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const historian = createHistorian({ workers, folder: process.argv[2], plant: buildPlant(), keep: { rawDays: 400, hourlyDays: 3650, spillBytes: 2e9 }, clock: systemClock, log, faults: createFaults(systemClock) });
  for (let next = 0; ; next += 100) {
    const rows = Float64Array.from({ length: 100 }, (_unused, row) => next + row);
    historian.append({ tag: new Uint32Array(100), at: rows.map((row) => ${START} + row), value: rows, quality: new Uint8Array(100), seenAt: 0 });
    process.stdout.write(Date.now() + ' ' + (next + 99) + '\\n');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }`;

it('loses nothing older than a second when the station is killed while its worker is down', async () => {
  using folder = temporaryFolder();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', ENDLESS, import.meta.url, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  await until(() => output.split('\n').length > 200, 'two seconds of samples', 30_000);
  child.kill('SIGKILL');
  const killedAt = systemClock.now();
  await new Promise((resolve) => child.on('close', resolve));
  const owed = output.split('\n').filter((line) => line !== '' && Number(line.split(' ')[0]) < killedAt - 1_000).map((line) => Number(line.split(' ')[1]));
  using place = station(folder.path);
  const historian = place.open();
  await historian.last();
  const values = await stored(historian);
  expect(owed.length).toBeGreaterThan(20);
  expect(isWhole(values, values.length)).toBe(true);
  expect(values.length).toBeGreaterThan(owed.at(-1)!);
  historian[Symbol.dispose]();
  await place.ended();
}, 60_000);

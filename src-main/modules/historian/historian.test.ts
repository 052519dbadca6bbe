import { spawn } from 'node:child_process';
import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { silentLog, type SampleBatch } from '../../../src-shared/kernel/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createFaults } from '../../platform/faults.ts';
import { createWorkers } from '../../platform/workers.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';
import { createHistorian } from './index.ts';
import { openHistory } from './worker/history.ts';

const plant = buildPlant();
const START = Date.UTC(2026, 2, 1);
const batch = (from: number, count: number): SampleBatch => ({
  tag: new Uint32Array(count),
  at: Float64Array.from({ length: count }, (_unused, row) => START + (from + row) * 1_000),
  value: Float64Array.from({ length: count }, (_unused, row) => from + row),
  quality: new Uint8Array(count),
  seenAt: START,
});

it('stores, answers trends and samples in its worker, and leaves nothing to replay after an orderly end', async () => {
  using folder = temporaryFolder();
  const faults = createFaults(systemClock);
  using workers = createWorkers({ folder: new URL('../../workers/', import.meta.url), extension: '.ts', clock: systemClock, log: silentLog, faults });
  const open = () => createHistorian({ workers, folder: folder.path, plant, keep: { rawDays: 400, hourlyDays: 3_650, spillBytes: 2_000_000_000 }, clock: systemClock, log: silentLog, faults });
  const historian = open();
  for (let from = 0; from < 3_000; from += 500) historian.append(batch(from, 500));
  expect(historian.lagMs()).toBeGreaterThanOrEqual(0);
  await historian.flush();
  await until(() => historian.lagMs() === 0, 'all in the log');
  const [trend, empty] = await historian.trend({ tags: ['PT-101', 'LT-101'], from: START, to: START + 3_000_000, buckets: 3 });
  expect([trend!.tag, [...trend!.mean], [...empty!.mean]]).toEqual(['PT-101', [499.5, 1_499.5, 2_499.5], [Number.NaN, Number.NaN, Number.NaN]]);
  expect([...(await historian.samples({ tag: 'PT-101', from: START, to: START + 2_000, limit: 10 })).value]).toEqual([0, 1, 2]);
  historian[Symbol.dispose]();
  await workers.ended();
  using again = open();
  expect(await again.last()).toMatchObject({ tag: Uint32Array.of(0), value: Float64Array.of(2_999) });
  expect(faults.table.rows()).toEqual([]);
});

/** A process that appends to the history of one tag until it is killed, and prints the last value that each `append` took. */
const ENDLESS = `
  const { openHistory } = await import(process.argv[1]);
  const { systemClock } = await import(process.argv[2]);
  const history = openHistory({ setup: { folder: process.argv[3], tags: ['A'], keep: { rawMs: 35e9, hourlyMs: 35e10 } }, clock: systemClock, report: (fault) => process.stderr.write(fault.detail), mended: () => {} });
  for (let next = 0; ; next += 100) {
    const rows = Float64Array.from({ length: 100 }, (_unused, row) => next + row);
    history.append({ tag: new Uint32Array(100), at: rows.map((row) => ${START} + row * 10), value: rows, quality: new Uint8Array(100) });
    process.stdout.write(next + 99 + '\\n');
    if (next % 4_000 === 0) history.checkpoint();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }`;

it('loses nothing that was taken when the process is killed at any moment', async () => {
  using folder = temporaryFolder();
  for (const lifeMs of [400, 700, 900]) {
    rmSync(folder.path, { recursive: true, force: true });
    const child = spawn(process.execPath, ['--input-type=module', '--eval', ENDLESS, new URL('./worker/history.ts', import.meta.url).href, new URL('../../platform/clock.ts', import.meta.url).href, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
    await until(() => output.length > 0, 'the first sample');
    await new Promise((resolve) => setTimeout(resolve, lifeMs));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('close', resolve));
    const taken = Number(output.split('\n').at(-2));
    using history = openHistory({ setup: { folder: folder.path, tags: ['A'], keep: { rawMs: 35e9, hourlyMs: 35e10 } }, clock: createFakeClock(), report: () => {}, mended: () => {} });
    const { value } = history.samples({ tag: 0, from: 0, to: 9e15, limit: 1e9 });
    expect(value.length).toBeGreaterThan(taken);
    expect(value.every((sample, index) => sample === index)).toBe(true);
  }
}, 60_000);

it('keeps running in memory when the disk is full, says so, and writes everything when there is room again', () => {
  using folder = temporaryFolder();
  const clock = createFakeClock(START);
  const told: string[] = [];
  {
    using history = openHistory({ setup: { folder: folder.path, tags: ['A'], keep: { rawMs: 35e9, hourlyMs: 35e10 } }, clock, report: (fault) => told.push(fault.code), mended: (code) => told.push(`${code} mended`) });
    history.append(batch(0, 1_500));
    symlinkSync('/dev/full', folder.file('log-00000002.bin'));
    expect(history.checkpoint()).toBe(false);
    expect(told).toEqual(['disk']);
    history.append(batch(1_500, 1_500));
    expect(history.samples({ tag: 0, from: 0, to: 9e15, limit: 1e6 }).value.length).toBe(3_000);
    rmSync(folder.file('log-00000002.bin'));
    clock.advance(3_000);
    expect(told).toEqual(['disk', 'disk mended']);
  }
  expect(readdirSync(folder.path).filter((name) => name.startsWith('log-'))).toEqual(['log-00000001.bin']);
  using again = openHistory({ setup: { folder: folder.path, tags: ['A'], keep: { rawMs: 35e9, hourlyMs: 35e10 } }, clock, report: (fault) => told.push(fault.code), mended: () => {} });
  expect(again.samples({ tag: 0, from: 0, to: 9e15, limit: 1e6 }).value.length).toBe(3_000);
  expect(told).toEqual(['disk', 'disk mended']);
});

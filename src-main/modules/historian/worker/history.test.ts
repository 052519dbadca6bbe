import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createSampleBuffer, DAY, HOUR, MINUTE, Quality, type SampleBatch } from '../../../../src-shared/kernel/index.ts';
import { createFakeClock } from '../../../testing/fakeClock.ts';
import { temporaryFolder } from '../../../testing/temporary.ts';
import type { HistoryFault } from '../messages.ts';
import { createRecords } from '../records.ts';
import { openHistory } from './history.ts';

const START = Date.UTC(2026, 2, 1);
const batchOf = (samples: readonly (readonly [tag: number, at: number, value: number, quality?: number])[]): SampleBatch => {
  const buffer = createSampleBuffer();
  for (const [tag, at, value, quality = 0] of samples) buffer.push(tag, at, value, quality);
  return buffer.take(START);
};
const open = (folder: string, tags: readonly string[] = ['A', 'B']) => {
  const faults: HistoryFault[] = [];
  const clock = createFakeClock(START);
  const history = openHistory({ setup: { folder, tags, keep: { rawMs: 400 * DAY, hourlyMs: 3_650 * DAY } }, clock, report: (fault) => faults.push(fault), mended: () => {} });
  return Object.assign(history, { clock, faults });
};
const ramp = (count: number, from = 0) => batchOf(Array.from({ length: count }, (_unused, index) => [0, START + (from + index) * 1_000, from + index] as const));
const all = (history: ReturnType<typeof open>, tag = 0) => [...history.samples({ tag, from: 0, to: 9e15, limit: 1e6 }).value];
const sequence = (count: number, from = 0) => Array.from({ length: count }, (_unused, index) => from + index);

it('gives back every sample from memory, sealed chunks and database alike, also after an abrupt end', () => {
  using folder = temporaryFolder();
  {
    using history = open(folder.path);
    history.append(ramp(2_500));
    expect(all(history)).toEqual(sequence(2_500));
    expect(history.checkpoint()).toBe(true);
    history.append(ramp(1_500, 2_500));
    expect(all(history)).toEqual(sequence(4_000));
  }
  using again = open(folder.path);
  expect(all(again)).toEqual(sequence(4_000));
  expect([...again.last().value]).toEqual([3_999]);
  expect(again.checkpoint()).toBe(true);
  expect(all(again)).toEqual(sequence(4_000));
  expect(again.faults).toEqual([]);
});

it('stores the same sample once and puts late ones where they belong, in and between chunks', () => {
  using folder = temporaryFolder();
  using history = open(folder.path);
  history.append(ramp(2_000));
  history.append(ramp(2_000));
  history.append(ramp(1_000, 5_000));
  expect(history.checkpoint()).toBe(true);
  const late = [...sequence(1_500, 2_500), ...sequence(50, 10)].map((index) => [0, START + index * 1_000, index] as const);
  history.append(batchOf([...late, [0, START - 5_000, -5], [0, START + 500, 0.5], [0, START + 500, 0.5]]));
  const expected = [-5, 0, 0.5, ...sequence(1_999, 1), ...sequence(1_500, 2_500), ...sequence(1_000, 5_000)];
  expect(all(history)).toEqual(expected);
  expect(history.checkpoint()).toBe(true);
  expect(all(history)).toEqual(expected);
  history.append(batchOf(late));
  expect(history.checkpoint()).toBe(true);
  expect(all(history)).toEqual(expected);
});

it('takes in a file that another plant model numbered, whole records only, and keeps it over an abrupt end', async () => {
  using folder = temporaryFolder();
  const records = createRecords();
  const record = (bytes: Uint8Array) => Buffer.from(bytes);
  const file = folder.file('spill-00000001.bin');
  writeFileSync(file, Buffer.concat([record(records.names(['C', 'A'])), record(records.samples(batchOf([[0, START, 5], [1, START + 1, 7]]))), record(records.samples(ramp(10))).subarray(0, 60)]));
  {
    using history = open(folder.path);
    history.append(batchOf([[0, START, 6], [1, START, 8]]));
    await history.takeIn(file);
    history.append(batchOf([[1, START + 2, 9]]));
    expect([all(history, 0), all(history, 1)]).toEqual([[6, 7], [8, 9]]);
    expect([...history.last().value]).toEqual([7, 9]);
    expect(history.faults.map((fault) => fault.code)).toEqual(['torn']);
  }
  using again = open(folder.path, ['A', 'B', 'C']);
  expect([all(again, 0), all(again, 1), all(again, 2)]).toEqual([[6, 7], [8, 9], [5]]);
});

it('tolerates a torn last record and says so', () => {
  using folder = temporaryFolder();
  {
    using history = open(folder.path);
    history.append(ramp(100));
    history.append(ramp(100, 100));
  }
  const file = folder.file(readdirSync(folder.path).find((name) => name.startsWith('log-'))!);
  truncateSync(file, readFileSync(file).length - 7);
  using again = open(folder.path);
  expect(all(again)).toEqual(sequence(100));
  expect(again.faults.map((fault) => fault.code)).toEqual(['torn']);
});

it('moves a corrupt database aside, tells it, and keeps what the log has', () => {
  using folder = temporaryFolder();
  {
    using history = open(folder.path);
    history.append(ramp(10));
  }
  writeFileSync(folder.file('history.db'), 'this is no database, and long enough to be read as one'.repeat(100));
  using again = open(folder.path);
  expect(again.faults.map((fault) => fault.code)).toEqual(['corrupt']);
  expect(readdirSync(folder.path).some((name) => name.includes('corrupt'))).toBe(true);
  expect(all(again)).toEqual(sequence(10));
});

it('keeps the history of a tag when the plant model gives it another place', () => {
  using folder = temporaryFolder();
  {
    using history = open(folder.path, ['A', 'B']);
    history.append(batchOf([[0, START, 1], [1, START, 2]]));
    history.checkpoint();
    history.append(batchOf([[0, START + 1, 3]]));
  }
  using again = open(folder.path, ['B', 'C', 'A']);
  expect([all(again, 0), all(again, 1), all(again, 2)]).toEqual([[2], [], [1, 3]]);
});

it('cuts time into buckets with least, largest and mean, leaves Bad out and says the worst quality', () => {
  using folder = temporaryFolder();
  using history = open(folder.path);
  history.append(ramp(3_000));
  history.checkpoint();
  history.append(batchOf([[0, START + 3_000_000, 50], [0, START + 3_001_000, Number.NaN, 2], [0, START + 3_002_000, 999, 2]]));
  const [trend] = history.trend({ tags: [0], from: START - 1_000_000, to: START + 4_000_000, buckets: 5 });
  expect([...trend!.at]).toEqual(sequence(5, -1).map((index) => START + index * 1_000_000));
  expect([...trend!.min]).toEqual([Number.NaN, 0, 1_000, 2_000, 50]);
  expect([...trend!.max]).toEqual([Number.NaN, 999, 1_999, 2_999, 50]);
  expect([...trend!.mean]).toEqual([Number.NaN, 499.5, 1_499.5, 2_499.5, 50]);
  expect([...trend!.quality]).toEqual([0, 0, 0, 0, 2]);
  const [fine] = history.trend({ tags: [0], from: START, to: START + 2_999_000, buckets: 300 });
  expect([...fine!.max].slice(0, 3)).toEqual([9, 19, 29]);
  expect(history.trend({ tags: [1, -1], from: START, to: START + 1, buckets: 2 }).map(({ min }) => [...min])).toEqual([[Number.NaN, Number.NaN], [Number.NaN, Number.NaN]]);
});

it('gives the newest samples of a span when asked for fewer', () => {
  using folder = temporaryFolder();
  using history = open(folder.path);
  history.append(ramp(5_000));
  expect([...history.samples({ tag: 0, from: START, to: START + 10_000_000, limit: 3 }).value]).toEqual([4_997, 4_998, 4_999]);
  expect([...history.samples({ tag: 0, from: START + 1_000, to: START + 3_000, limit: 100 }).value]).toEqual([1, 2, 3]);
});

it('keeps old samples by the hour: least, mean, greatest and quality stay, the samples go, and what comes for that time later is refused', () => {
  using folder = temporaryFolder();
  const minutes = (from: number, count: number) => batchOf(Array.from({ length: count }, (_unused, index) => [0, START + (from + index) * MINUTE, (from + index) % 60, index === 30 ? Quality.bad : Quality.good] as const));
  using history = open(folder.path);
  history.append(minutes(0, 5 * 1_440));
  history.checkpoint();
  const before = history.trend({ tags: [0], from: START, to: START + 2 * DAY - 1, buckets: 48 })[0]!;
  const size = history.samples({ tag: 0, from: START, to: START + 2 * DAY, limit: 1e6 }).at.length;
  history.clock.step(403 * DAY);
  history.checkpoint();
  const after = history.trend({ tags: [0], from: START, to: START + 2 * DAY - 1, buckets: 48 })[0]!;
  expect(after).toEqual(before);
  const left = history.samples({ tag: 0, from: START, to: START + DAY - 1, limit: 1e6 });
  expect([size, left.at.length]).toEqual([2_881, 24]);
  expect([left.at[1], left.value[1], left.quality[1]]).toEqual([START + HOUR, 29.5, Quality.uncertain]);
  expect(history.extent()).toMatchObject({ since: START, tooOld: 0 });
  history.append(batchOf([[0, START + HOUR, 7]]));
  expect(history.extent().tooOld).toBe(1);
  // A wide bucket needs no decoding, a narrow one finds its hour.
  expect([...history.trend({ tags: [0], from: START, to: START + DAY - 1, buckets: 1 })[0]!.max]).toEqual([59]);
  // The rest of the history is untouched, and survives the next start.
  history[Symbol.dispose]();
  using again = open(folder.path);
  expect(again.trend({ tags: [0], from: START, to: START + 2 * DAY - 1, buckets: 48 })[0]).toEqual(before);
  again.clock.step(3_653 * DAY);
  again.checkpoint();
  expect(again.extent().since).toBeGreaterThan(START + DAY);
});

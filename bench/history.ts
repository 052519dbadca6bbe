/**
 * `npm run -s bench:history -- --samples N --json`: the history store in its worker, fed and asked as the station does.
 *
 * Data: 24 h of 5,000 tags, 60 of them at 1 s and the rest at an even rhythm that makes N samples in all (88 s for 10 M), in
 * order of arrival with ms jitter; 40 % of the tags a two-decimal random walk, 30 % set points, 30 % full-precision noise.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DAY, HOUR, silentLog, type SampleBatch } from '../src-shared/kernel/index.ts';
import type { PlantModel } from '../src-shared/plant/index.ts';
import { createHistorian } from '../src-main/modules/historian/index.ts';
import { systemClock } from '../src-main/platform/clock.ts';
import { createFaults } from '../src-main/platform/faults.ts';
import { createWorkers } from '../src-main/platform/workers.ts';
import { buildPlant, buildTag } from '../src-main/testing/buildPlant.ts';
import { fail, median, seeded } from './kit.ts';

const TAGS = 5_000;
const FAST = 60;
const BATCH = 5_000;
const START = Date.UTC(2026, 5, 1);
const JITTER_MS = 20;
/** Batches that may be on their way before the bench waits, as a station under load would have. */
const AHEAD = 40;

const { values: options } = parseArgs({ options: { samples: { type: 'string', default: '10000000' }, json: { type: 'boolean', default: false } }, strict: true });
const samples = Number(options.samples);
if (!Number.isSafeInteger(samples) || samples < FAST * 1_000) fail(`--samples must be a whole number of at least ${FAST * 1_000}, not ${options.samples}`);

const random = seeded(20_260_601);
const ids = Array.from({ length: TAGS }, (_unused, index) => `T${String(index).padStart(4, '0')}`);
const plant: PlantModel = { ...buildPlant(), tags: ids.map((id) => buildTag(id)) };

/** All samples, made before the clock starts. */
const makeBatches = (): SampleBatch[] => {
  const fastEach = Math.min(86_400, Math.floor((samples * 0.516) / FAST));
  const slowEach = Math.max(1, Math.round((samples - fastEach * FAST) / (TAGS - FAST)));
  const total = fastEach * FAST + slowEach * (TAGS - FAST);
  const value = new Float64Array(TAGS).map(() => Math.round(random() * 10_000) / 100);
  const kind = ids.map((_unused, index) => (index % 10 < 4 ? 'walk' : index % 10 < 7 ? 'set' : 'noise'));
  const next = (tag: number): number => {
    const last = value[tag]!;
    if (kind[tag] === 'walk') return (value[tag] = Math.round(last * 100 + (random() - 0.5) * 40) / 100);
    if (kind[tag] === 'set') return random() < 0.01 ? (value[tag] = Math.round(random() * 1_000) / 10) : last;
    return 50 + (random() + random() + random() - 1.5) * 10;
  };
  const batches: SampleBatch[] = [];
  let row = BATCH;
  let batch: SampleBatch | undefined;
  const push = (tag: number, at: number) => {
    if (row === BATCH || batch === undefined) {
      const size = Math.min(BATCH, total - batches.length * BATCH);
      batch = { tag: new Uint32Array(size), at: new Float64Array(size), value: new Float64Array(size), quality: new Uint8Array(size), seenAt: at };
      batches.push(batch);
      row = 0;
    }
    batch.tag[row] = tag;
    batch.at[row] = at + Math.floor(random() * JITTER_MS);
    batch.value[row] = next(tag);
    batch.quality[row] = random() < 0.001 ? 1 : 0;
    row += 1;
  };
  // Slow tags are spread evenly between the ticks of the fast ones.
  const [fastStep, slowStep] = [DAY / fastEach, DAY / slowEach];
  let slowDone = 0;
  const slowTotal = slowEach * (TAGS - FAST);
  for (let tick = 0; tick < fastEach; tick += 1) {
    for (let tag = 0; tag < FAST; tag += 1) push(tag, START + tick * fastStep);
    for (const until = Math.floor((slowTotal * (tick + 1)) / fastEach); slowDone < until; slowDone += 1) {
      const [tag, turn] = [slowDone % (TAGS - FAST), Math.floor(slowDone / (TAGS - FAST))];
      push(FAST + tag, START + turn * slowStep + (tag / (TAGS - FAST)) * slowStep);
    }
  }
  return batches;
};

const folder = mkdtempSync(join(tmpdir(), 'anlan-bench-history-'));
const faults = createFaults(systemClock);
const workers = createWorkers({ folder: new URL('../src-main/workers/', import.meta.url), extension: '.ts', clock: systemClock, log: silentLog, faults });
const open = () => createHistorian({ workers, folder, plant, keep: { rawDays: 400, hourlyDays: 3_650, spillBytes: 2_000_000_000 }, clock: systemClock, log: silentLog, faults });
const bytesOnDisk = () => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};
const medianOf = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) times.push(await timed(work));
  return median(times.slice(1));
};

try {
  const batches = makeBatches();
  const total = batches.reduce((sum, batch) => sum + batch.tag.length, 0);
  console.error(`${total} samples made`);
  let historian = open();
  await historian.flush();
  const appendMs = await timed(async () => {
    for (const [index, batch] of batches.entries()) {
      historian.append(batch);
      if (index % AHEAD === AHEAD - 1) await historian.flush();
    }
    await historian.flush();
  });
  const checkpointMs = await timed(() => historian.checkpoint());
  const bytesPerSample = bytesOnDisk() / total;
  console.error(`appended in ${Math.round(appendMs)} ms, then made compact in ${Math.round(checkpointMs)} ms`);
  historian[Symbol.dispose]();
  await workers.ended();
  historian = open();
  const startMs = await timed(() => historian.last());
  const end = START + DAY;
  const lastValuesMs = await medianOf(() => historian.last());
  const trendMs = await medianOf(() => historian.trend({ tags: [ids[0]!], from: START, to: end, buckets: 1_000 }));
  const noiseTrendMs = await medianOf(() => historian.trend({ tags: [ids[8]!], from: START, to: end, buckets: 1_000 }));
  const some = ids.filter((_unused, index) => index % 10 === 0);
  const withFast = ids.slice(0, 500);
  const aggregateMs = await medianOf(() => historian.trend({ tags: some, from: end - 12 * HOUR, to: end - 11 * HOUR, buckets: 1 }));
  const aggregateFastMs = await medianOf(() => historian.trend({ tags: withFast, from: end - 12 * HOUR, to: end - 11 * HOUR, buckets: 1 }));
  const check = await historian.samples({ tag: ids[8]!, from: START, to: end, limit: 100_000 });
  const wrong = faults.table.rows().map((fault) => `${fault.code}: ${fault.detail}`);
  if (wrong.length > 0) fail(`the store reported: ${wrong.join('; ')}`);
  historian[Symbol.dispose]();
  await workers.ended();
  const round = (value: number) => Math.round(value * 100) / 100;
  const result = {
    samples: total,
    appendPerSecond: Math.round(total / (appendMs / 1_000)),
    appendAndCompactPerSecond: Math.round(total / ((appendMs + checkpointMs) / 1_000)),
    lastValuesMs: round(lastValuesMs),
    trendMs: round(trendMs),
    noiseTrendMs: round(noiseTrendMs),
    aggregateMs: round(aggregateMs),
    aggregateFastMs: round(aggregateFastMs),
    bytesPerSample: round(bytesPerSample),
    startMs: Math.round(startMs),
    readBack: check.at.length,
  };
  if (options.json) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(`${name}: ${value}`);
} finally {
  workers[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
}

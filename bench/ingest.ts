/**
 * `npm run -s bench:ingest -- --protocol mqtt|sparkplug|opcua --tags N --rate R --seconds S [--batch N] [--runs N] --json`: a plant in another process
 * feeds the whole station, alarms, history and one client on. Rate is values a second over all tags. `stored` is counted
 * in the history store after the station has ended, sample by sample. `--runs N`: N processes one after another; the result is the run with the
 * median `cpuMicrosecondsPerValue`, all of them under `runs`.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createClient } from '../src-shared/contract/client.ts';
import { createPortPair, createRecorder, silentLog } from '../src-shared/kernel/index.ts';
import { SiteFile } from '../src-shared/plant/index.ts';
import { createHistorian } from '../src-main/modules/historian/index.ts';
import { systemClock } from '../src-main/platform/clock.ts';
import { createFaults } from '../src-main/platform/faults.ts';
import { createIds } from '../src-main/platform/ids.ts';
import { installationOf } from '../src-main/platform/installation.ts';
import { createLog } from '../src-main/platform/log.ts';
import { createWorkers } from '../src-main/platform/workers.ts';
import { createStation } from '../src-main/station.ts';
import { buildAlarm, buildPlant, buildRecords, buildSite, buildTag } from '../src-main/testing/buildPlant.ts';
import { freePort } from '../src-main/testing/opcuaServer.ts';
import { fail, medianRun } from './kit.ts';

const { values: options } = parseArgs({
  options: { protocol: { type: 'string', default: 'mqtt' }, tags: { type: 'string', default: '2000' }, rate: { type: 'string', default: '2000' }, seconds: { type: 'string', default: '10' }, batch: { type: 'string', default: '100' }, runs: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } },
  strict: true,
});
const number = (name: 'tags' | 'rate' | 'seconds' | 'batch' | 'runs', most: number) => {
  const given = Number(options[name]);
  return Number.isSafeInteger(given) && given > 0 && given <= most ? given : fail(`--${name} must be a whole number from 1 to ${most}, not ${options[name]}`);
};
const { protocol } = options;
if (protocol !== 'mqtt' && protocol !== 'sparkplug' && protocol !== 'opcua') fail(`--protocol must be mqtt, sparkplug or opcua, not ${protocol}`);
const [tags, rate, seconds, batch] = [number('tags', 100_000), number('rate', 10_000_000), number('seconds', 3_600), number('batch', 10_000)];
const print = (result: object) => {
  if (options.json) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(`${name}: ${JSON.stringify(value)}`);
};
const times = number('runs', 99);
if (times > 1) {
  const result = medianRun(times, 'cpuMicrosecondsPerValue', (['protocol', 'tags', 'rate', 'seconds', 'batch'] as const).flatMap((name) => [`--${name}`, options[name]]));
  print(result);
  process.exit(result.runs.every(({ lost }) => lost === 0) ? 0 : 1);
}

const folder = mkdtempSync(join(tmpdir(), 'anlan-bench-ingest-'));
const dataDir = join(folder, 'data');
mkdirSync(join(folder, 'server'));
const port = await freePort();
const ids = Array.from({ length: tags }, (_unused, index) => `T${index}`);
const small = buildPlant();
const plant = { ...small, tags: [...small.tags, ...ids.map((id) => buildTag(id, { alarms: [buildAlarm('HI', 9, { deadband: 0.1 })] }))] };
const feed = {
  mqtt: { id: 'bench', kind: 'mqtt', url: `mqtt://127.0.0.1:${port}`, protocolVersion: 4, mappings: [{ tags: ['T*'], address: batch > 1 ? 'bench/batch' : 'bench/{tag}' }] },
  sparkplug: { id: 'bench', kind: 'sparkplug', url: `mqtt://127.0.0.1:${port}`, groups: ['bench'], mappings: [{ tags: ['T*'], address: '{tag}' }] },
  opcua: { id: 'bench', kind: 'opcua', url: `opc.tcp://127.0.0.1:${port}`, publishingIntervalMs: 250, samplingIntervalMs: 0, mappings: [{ tags: ['T*'], address: 'ns=1;s={tag}' }] },
}[protocol as 'mqtt' | 'sparkplug' | 'opcua'];
const site = SiteFile.parse({ ...buildSite(), feeds: [feed] });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const publisher = fork(new URL('./ingestPublisher.ts', import.meta.url), [protocol, port, tags, rate, seconds, batch, join(folder, 'server')].map(String), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
const told = <K extends string>(key: K) =>
  new Promise<Record<K | 'cpuSeconds', number>>((resolve, reject) => {
    publisher.on('message', (message) => typeof message === 'object' && message !== null && key in message && resolve(message as unknown as Record<K | 'cpuSeconds', number>));
    publisher.on('exit', (code) => reject(new Error(`the publisher ended with status ${code}`)));
  });

/** Samples of the bench's tags in the store, one by one. */
const countStored = async (): Promise<number> => {
  const faults = createFaults(systemClock);
  const workers = createWorkers({ folder: new URL('../src-main/workers/', import.meta.url), extension: '.ts', clock: systemClock, log: silentLog, faults });
  const historian = createHistorian({ workers, folder: join(dataDir, 'history'), plant, keep: { rawDays: 400, hourlyDays: 3_650, spillBytes: 2_000_000_000 }, clock: systemClock, log: silentLog, faults });
  let stored = 0;
  for (const tag of ids) stored += (await historian.samples({ tag, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100_000_000 })).at.length;
  historian[Symbol.dispose]();
  await workers.ended();
  return stored;
};

try {
  const finished = told('sent');
  await told('ready');
  const station = createStation({ site: { file: 'bench', site, plant, records: buildRecords() }, installation: installationOf(new URL('../src-main/station.ts', import.meta.url).href), dataDir, clock: systemClock, ids: createIds(systemClock), log: createLog('warn'), shell: 'none' });
  const [stationEnd, clientEnd] = createPortPair();
  station.serve(stationEnd, { transport: 'memory' });
  const client = createClient({ name: 'bench', clock: systemClock });
  client.attach(clientEnd);
  const latency = createRecorder(2_000_000);
  const live = client.series('values.live');
  let firstAt = 0;
  let cpuAt = process.cpuUsage();
  const loop = monitorEventLoopDelay({ resolution: 10 });
  live.onDidAppend(({ at }) => {
    if (at.length === 0) return;
    const now = systemClock.now();
    if (firstAt === 0) {
      firstAt = now;
      cpuAt = process.cpuUsage();
      loop.enable();
    }
    // An OPC UA item first reports what it was before anyone asked: that is no delay.
    for (const sourceAt of at) if (sourceAt >= firstAt - 1_000) latency.add(now - sourceAt);
  });
  const { sent, cpuSeconds: publisherCpu } = await finished;
  for (let quiet = 0; quiet < 3; ) {
    await pause(1_000);
    const { samplesPerSecond, historyLagMs } = station.status();
    quiet = samplesPerSecond === 0 && historyLagMs === 0 ? quiet + 1 : 0;
  }
  // What is still on its way when the plant has ended is work of the station too.
  const cpu = process.cpuUsage(cpuAt);
  loop.disable();
  const rejected = client.table('feeds.feeds');
  await pause(200);
  const [row] = [...rejected.rows.values()];
  client[Symbol.dispose]();
  await station[Symbol.asyncDispose]();
  const stored = await countStored();
  const round = (value: number) => Math.round(value * 100) / 100;
  const bytes = readdirSync(join(dataDir, 'history')).reduce((sum, name) => sum + statSync(join(dataDir, 'history', name)).size, 0);
  const result = {
    protocol,
    sent,
    stored,
    lost: sent - stored,
    rate: Math.round(sent / seconds),
    cpuSeconds: round((cpu.user + cpu.system) / 1e6),
    cpuMicrosecondsPerValue: round((cpu.user + cpu.system) / sent),
    publisherCpuSeconds: round(publisherCpu),
    eventLoopP99Ms: round(Math.max(0, loop.percentile(99) / 1e6 - 10)),
    endToEndMs: { p50: latency.percentile(0.5), p95: latency.percentile(0.95), p99: latency.percentile(0.99) },
    bytesPerSample: round(bytes / stored),
    rejected: row?.rejected ?? 0,
  };
  print(result);
  process.exitCode = result.lost === 0 ? 0 : 1;
} finally {
  publisher.kill();
  rmSync(folder, { recursive: true, force: true });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient, type Client } from '../../src-shared/contract/client.ts';
import { createRecorder, isUsable, silentLog } from '../../src-shared/kernel/index.ts';
import { webSocketPort } from '../bridge/webSocketPort.ts';
import { loadSite } from '../config/index.ts';
import { systemClock } from '../platform/clock.ts';
import { startDemoPlant } from '../platform/demoPlant.ts';
import { startStationProcess } from '../platform/stationProcess.ts';

/**
 * `exercise -- --scenario NAME --seconds N [--speed X] [--site FILE] --json`: the demo plant and a station, each in its process, over real sockets and without
 * a screen; what a client of the contract saw here is the report. With `--site` the station meets that plant instead.
 */
const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};
const { values } = (() => {
  try {
    return parseArgs({ options: { scenario: { type: 'string', default: 'normal' }, seconds: { type: 'string', default: '60' }, speed: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' }, site: { type: 'string' }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
})();
const number = (name: 'seconds' | 'speed' | 'seed', least: number, most: number) => {
  const given = Number(values[name]);
  return given >= least && given <= most ? given : fail(`--${name} must be a number from ${least} to ${most}, not ${values[name]}`);
};
const seconds = number('seconds', 1, 86_400);
const speed = number('speed', 0.1, 1_000);
const seed = number('seed', 0, 2 ** 31);
const say = (words: string) => process.stderr.write(`${words}\n`);

const folder = mkdtempSync(join(tmpdir(), 'anlan-exercise-'));
const plant = values.site === undefined ? await startDemoPlant({ scenario: values.scenario, seed, speed, siteOut: join(folder, 'site.yaml'), onLine: say }).catch((error: unknown) => fail(String(error instanceof Error ? error.message : error))) : null;
const site = loadSite(plant?.site ?? values.site ?? '');
if (!site.ok) {
  await plant?.stop();
  fail(site.refusal.text.en);
} else {
  const station = await startStationProcess({ site: site.value.file, dataDir: join(folder, 'data'), onLine: say });
  const client = createClient({ name: 'exercise', clock: systemClock });
  client.attach(webSocketPort(await station.openLine(), silentLog));
  const watched = watch(client);
  await new Promise((resolve) => systemClock.after(seconds * 1_000, () => resolve(undefined)));

  const emergencies = watched.emergencies();
  const worst = emergencies.find((emergency) => emergency.plume !== null) ?? emergencies[0];
  const incidents = await Promise.all(watched.incidents().map(async (incident) => ({ ...incident, timeline: (await client.query('incidents.timeline', { incident: incident.id })).length })));
  const ledger = await client.query('ledger.verify', {});
  const status = watched.status();
  const report = {
    scenario: values.scenario,
    seconds,
    samples: watched.samples(),
    alarms: watched.alarms(),
    warnings: watched.warnings(),
    risk: watched.risk(),
    plume: worst?.plume === null || worst === undefined ? null : { ...worst.plume, contours: worst.plume.contours.map(({ name, level, unit, rings }) => ({ name, level, unit, rings: rings.map((ring) => [...ring].map((metres) => Math.round(metres * 10) / 10)) })), outer: undefined },
    routes: (worst?.routes ?? []).map((route) => ({ ...route, path: [...route.path] })),
    emergencies: emergencies.map(({ id, state, kind, zone, equipment, since, confirmedAt, inside, shelter, closedEdges, muster, planned, incident }) => ({ id, state, kind, zone, equipment, since, confirmedAt, inside: inside.length, shelter: shelter.length, closedEdges: closedEdges.length, muster, planned, incident })),
    incidents,
    latencyMs: watched.latency(),
    eventLoopP99Ms: watched.eventLoop(),
    memoryMb: Math.round((status?.memoryBytes ?? 0) / 1e6),
    feeds: watched.feeds(),
    faults: watched.faults(),
    ledger: { entries: ledger.entries, valid: ledger.valid },
  };
  client[Symbol.dispose]();
  await station.stop();
  await plant?.stop();
  rmSync(folder, { recursive: true, force: true });
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else say(JSON.stringify(report, null, 1));
  process.exit(ledger.valid ? 0 : 1);
}

/** Keeps what a client sees. */
function watch(client: Client) {
  const latency = createRecorder(1_000_000);
  const loop = createRecorder(100_000);
  // A value that stood still before its link came up has an old source time and says nothing of the way here: from the moment every feed is live.
  let since = Number.POSITIVE_INFINITY;
  let samples = 0;
  client.series('values.live').onDidAppend(({ at, quality }) => {
    const now = systemClock.now();
    samples += at.length;
    at.forEach((sourceAt, row) => sourceAt >= since && isUsable(quality[row] ?? 0) && latency.add(now - sourceAt));
  });
  const alarms = client.table('alarms.active');
  const raised = new Map<string, { id: string; priority: number; raisedAt: number; seenAt: number; text: string }>();
  alarms.onDidChange(({ put }) => put.forEach((row) => raised.has(`${row.id}@${row.raisedAt}`) || raised.set(`${row.id}@${row.raisedAt}`, { id: row.id, priority: row.priority, raisedAt: row.raisedAt, seenAt: row.seenAt, text: row.message.en })));
  const warnings = client.table('inference.warnings');
  const risk = client.table('risk.zones');
  const emergencies = client.table('emergency.emergencies');
  const incidents = client.table('incidents.incidents');
  const feeds = client.table('feeds.feeds');
  feeds.onDidChange(() => {
    if (since === Number.POSITIVE_INFINITY && feeds.rows.size > 0 && [...feeds.rows.values()].every(({ state }) => state === 'live')) since = systemClock.now();
  });
  const faults = client.table('system.faults');
  const status = client.value('system.status');
  status.onDidChange((now) => loop.add(now.eventLoopP99Ms));
  return {
    samples: () => samples,
    alarms: () => [...raised.values()],
    warnings: () => [...warnings.rows.values()],
    risk: () => [...risk.rows.values()].map(({ zone, index, grade, factors, causes }) => ({ zone, index, grade, factors, causes: causes.slice(0, 3).map(({ factor, points, text }) => ({ factor, points, text: text.en })) })),
    emergencies: () => [...emergencies.rows.values()],
    incidents: () => [...incidents.rows.values()],
    feeds: () => [...feeds.rows.values()],
    faults: () => [...faults.rows.values()].map(({ id, severity, text, detail, count, active }) => ({ id, severity, text: text.en, detail, count, active })),
    status: () => status.get(),
    latency: () => ({ p50: latency.percentile(0.5), p95: latency.percentile(0.95), p99: latency.percentile(0.99) }),
    /** Largest of the 99th percentiles of each second, and their median. */
    eventLoop: () => ({ worstSecond: loop.percentile(1), median: loop.percentile(0.5), p95: loop.percentile(0.95) }),
  };
}

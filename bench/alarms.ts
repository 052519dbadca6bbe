/**
 * `npm run -s bench:alarms -- [--alarms N] [--rate R] [--seconds S] [--screen] [--json]`: the alarm module with N active alarms, R samples a second of which
 * each raises or clears one, in batches of a tenth of a second with a tick, journal and state on disk; then N unacknowledged ones are
 * acknowledged in one command of 1,000 at most. CPU time of this process, since the machine may be busy. `--screen`
 * measures the alarm list of the built program in Chromium instead (`alarmScreen.ts`).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRecorder, Quality, unwrap } from '../src-shared/kernel/index.ts';
import { alarmMigrations, createAlarms } from '../src-main/modules/alarms/index.ts';
import { createLedger, ledgerMigrations } from '../src-main/modules/ledger/index.ts';
import { createRegistry } from '../src-main/modules/registry/index.ts';
import { systemClock as clock } from '../src-main/platform/clock.ts';
import { createFaults } from '../src-main/platform/faults.ts';
import { openSql } from '../src-main/platform/sql.ts';
import { buildAlarm, buildPlant, buildTag } from '../src-main/testing/buildPlant.ts';
import { fail } from './kit.ts';

const { values: options } = parseArgs({ options: { alarms: { type: 'string', default: '5000' }, rate: { type: 'string', default: '500' }, seconds: { type: 'string', default: '10' }, screen: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } });
const number = (name: 'alarms' | 'rate' | 'seconds') => {
  const given = Number(options[name]);
  return Number.isSafeInteger(given) && given > 0 && given <= 100_000 ? given : fail(`--${name} must be a whole number from 1 to 100000, not ${options[name]}`);
};
const [count, rate, seconds] = [number('alarms'), number('rate'), number('seconds')];

if (options.screen) {
  const { measureAlarmScreen } = await import('./alarmScreen.ts');
  const report = await measureAlarmScreen({ count, rate, seconds });
  console.log(options.json ? JSON.stringify(report) : report);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'anlan-bench-alarms-'));
const sql = openSql(join(folder, 'station.db'), [...ledgerMigrations, ...alarmMigrations]);
// One more tag in ten than alarms, so that there is always one to raise and one to clear.
const spare = Math.max(1, Math.ceil(count / 10));
const registry = createRegistry({ plant: buildPlant((plant) => void plant.tags.push(...Array.from({ length: count + spare }, (_, index) => buildTag(`T${index}`, { alarms: [buildAlarm('HI', 5, { deadband: 0.1, priority: 3 })] })))) });
const alarms = createAlarms({ registry, sql, clock, ledger: createLedger({ sql, clock }), faults: createFaults(clock) });
const first = registry.tagIndex('T0') ?? fail('no tag');
let changes = 0;
alarms.table.onDidChange(({ put, drop }) => (changes += put.length + drop.length));

/** Sends `value` for tags; the source's clock is ours. */
const send = (tags: readonly number[], value: (tag: number) => number) => {
  const now = clock.now();
  alarms.evaluate({ tag: Uint32Array.from(tags, (tag) => first + tag), at: Float64Array.from(tags, () => now), value: Float64Array.from(tags, value), quality: Uint8Array.from(tags, () => Quality.good), seenAt: now });
};
const cpuMs = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};
const by = { id: 'bench', name: 'bench', role: 'operator' };
const acknowledgeAll = (ids: readonly string[]) => {
  for (let from = 0; from < ids.length; from += 1_000) unwrap(alarms.acknowledge(ids.slice(from, from + 1_000), by, ''));
};
const unacknowledged = () => alarms.table.rows().flatMap((row) => (row.state === 'unacknowledged' || row.state === 'returned' ? [row.id] : []));

const raiseMs = cpuMs(() => {
  send(Array.from({ length: count }, (_, index) => index), () => 9);
  alarms.tick();
});
const acknowledgePageMs = cpuMs(() => acknowledgeAll(unacknowledged().slice(0, 40)));
const acknowledgeAllMs = cpuMs(() => acknowledgeAll(unacknowledged()));

// Each tenth of a second: half of the changes clear acknowledged alarms, half raise others, so that N stay active.
const turns = createRecorder(100_000);
const perTurn = Math.max(2, Math.round(rate / 10));
let oldest = 0;
let totalMs = 0;
changes = 0;
for (let turn = 0; turn < seconds * 10; turn += 1) {
  const half = Math.floor(perTurn / 2);
  const cleared = Array.from({ length: half }, (_, index) => (oldest + index) % (count + spare));
  const raised = cleared.map((tag) => (tag + count) % (count + spare));
  oldest = (oldest + half) % (count + spare);
  acknowledgeAll(unacknowledged());
  const before = changes;
  const ms = cpuMs(() => {
    send([...cleared, ...raised], (tag) => (raised.includes(tag) ? 9 : 1));
    alarms.tick();
  });
  if (changes - before < 2 * half) fail(`${changes - before} changes of ${2 * half}`);
  totalMs += ms;
  turns.add(ms);
}
const done = seconds * 10 * Math.floor(perTurn / 2) * 2;
const report = { active: alarms.table.size, changes: done, cpuUsPerChange: Math.round((totalMs / done) * 1_000), turnMs: { p50: turns.percentile(0.5), p99: turns.percentile(0.99), worst: turns.percentile(1) }, mainThreadShare: totalMs / (seconds * 1_000), raiseAllMs: raiseMs, acknowledgePageMs, acknowledgeAllMs };
sql[Symbol.dispose]();
rmSync(folder, { recursive: true, force: true });
console.log(options.json ? JSON.stringify(report) : report);

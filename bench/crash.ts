import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTE, unwrap } from '../src-shared/kernel/index.ts';
import { verifyLedgerFile } from '../src-main/modules/ledger/index.ts';
import { systemClock } from '../src-main/platform/clock.ts';
import { startDemoPlant } from '../src-main/platform/demoPlant.ts';
import { startStationProcess, type StationProcess } from '../src-main/platform/stationProcess.ts';
import { pause, until } from '../src-main/testing/until.ts';
import { connectDesk, deskAtWork } from './desk.ts';

/**
 * `node bench/crash.ts [ROUNDS]`: the demo plant plays `ammonia-leak`; a station over it is killed (SIGKILL) at a random moment of each round, while a desk
 * acknowledges, shelves and writes notes as fast as it is answered. After each restart everything that was answered or seen must be there. Exit 1 when it is not.
 */
const rounds = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'anlan-crash-'));
const plant = await startDemoPlant({ scenario: 'ammonia-leak', siteOut: join(folder, 'site.yaml') });
const dataDir = join(folder, 'data');
const problems: string[] = [];
let running: StationProcess | null = null;
process.on('exit', () => void running?.kill());
const start = async (): Promise<StationProcess> => (running = await startStationProcess({ site: plant.site, dataDir }));
/** An event of the process is on disk with the next tick at the latest. */
const TICK_MS = 150;

const shelvedBefore = new Map<string, number>();
let killedAt = 0;
for (let round = 1; round <= rounds; round += 1) {
  const station = await start();
  const desk = await connectDesk(station);
  unwrap(await desk.client.command('security.signIn', { user: 'operator', pin: '1111' }, `in-${round}`));
  const working = deskAtWork(desk, round);
  await pause(8_000 + Math.random() * 10_000);
  const seen = { at: systemClock.now(), alarms: new Map(desk.alarms.rows), incidents: [...desk.incidents.rows.keys()], emergencies: [...desk.emergencies.rows.values()] };
  await pause(TICK_MS);
  killedAt = systemClock.now();
  await station.kill();
  const answered = await working;
  desk.client[Symbol.dispose]();
  const wrong = (what: string) => problems.push(`round ${round}: ${what}`);
  const file = verifyLedgerFile(join(dataDir, 'station.db'));
  if (!file.ok || !file.value.valid) wrong('the ledger does not verify');

  const next = await start();
  const after = await connectDesk(next);
  for (const id of answered.shelved.keys()) shelvedBefore.set(id, round);
  for (const id of shelvedBefore.keys()) if (after.alarms.rows.get(id)?.state !== 'shelved') wrong(`${id} is ${after.alarms.rows.get(id)?.state}, it was shelved`);
  const journal = await after.client.query('alarms.journal', { from: 0, to: systemClock.now() + MINUTE, limit: 5_000 });
  for (const [id, raisedAt] of answered.acknowledged) {
    if (!journal.some(({ alarm, event }) => alarm === id && event === 'acknowledged')) wrong(`${id}: its acknowledgement is not in the journal`);
    const row = after.alarms.rows.get(id);
    if (row?.state === 'unacknowledged' && row.raisedAt === raisedAt) wrong(`${id} is unacknowledged again`);
  }
  for (const [id, before] of seen.alarms) if (!after.alarms.rows.has(id) && !journal.some(({ alarm, event, at }) => alarm === id && ['returned', 'cleared', 'acknowledged'].includes(event) && at >= before.raisedAt)) wrong(`${id} (${before.state}) is gone`);
  const unacknowledged = [...after.alarms.rows.values()].some(({ state }) => state === 'unacknowledged');
  await until(() => ((after.annunciator.get()?.sounding ?? null) !== null) === [...after.alarms.rows.values()].some(({ state }) => state === 'unacknowledged' || state === 'returned'), 'sound goes with what is unacknowledged', 3_000).catch((error: unknown) => wrong(`sounding ${after.annunciator.get()?.sounding} with unacknowledged ${unacknowledged}: ${String(error)}`));
  for (const { incident, text } of answered.notes) if (!(await after.client.query('incidents.timeline', { incident })).some((entry) => entry.text.zh === text)) wrong(`${text} is not in the incident`);
  for (const id of seen.incidents) if (!after.incidents.rows.has(id)) wrong(`incident ${id} is gone`);
  for (const emergency of seen.emergencies.filter(({ state }) => state === 'confirmed')) if (![...after.emergencies.rows.values()].some(({ state, incident }) => state === 'confirmed' && incident === emergency.incident)) wrong(`the emergency of ${emergency.incident} was not taken up again`);
  await pause(3_000);
  if (after.incidents.rows.size > 1) wrong(`there are ${after.incidents.rows.size} incidents`);
  if (!(await after.client.query('ledger.verify', {})).valid) wrong('the ledger does not verify in the new life');
  process.stderr.write(`round ${round}: killed after ${((killedAt - seen.at) / 1_000).toFixed(2)} s of the last look; acknowledged ${answered.acknowledged.size}, shelved ${answered.shelved.size}, notes ${answered.notes.length}; alarms ${seen.alarms.size} → ${after.alarms.rows.size}, incidents ${after.incidents.rows.size}, emergencies ${[...after.emergencies.rows.values()].map(({ state }) => state).join()}\n`);
  after.client[Symbol.dispose]();
  await next.kill();
}
await plant.stop();
rmSync(folder, { recursive: true, force: true });
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);

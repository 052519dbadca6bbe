import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '../src-shared/kernel/index.ts';
import { verifyLedgerFile } from '../src-main/modules/ledger/index.ts';
import { systemClock } from '../src-main/platform/clock.ts';
import { startDemoPlant } from '../src-main/platform/demoPlant.ts';
import { startStationProcess } from '../src-main/platform/stationProcess.ts';
import { pause } from '../src-main/testing/until.ts';
import { connectDesk, deskAtWork } from './desk.ts';
import { fail } from './kit.ts';

/**
 * `node bench/powerCut.ts [ROUNDS]` (Linux, root, e2fsprogs): the data folder of a station lies on an ext4 file system in a file. While a desk acknowledges and
 * writes notes and the demo plant sends, the station is stopped (SIGSTOP) and the file copied: what the kernel had not written by then is gone, as in a power
 * cut. A station over the copy must hold every sample that the desk had seen and that is older than 1 s, and everything that was answered. Exit 1 when it does not.
 * Kinder than a real cut in one thing: a disk that lies about its cache is not played.
 */
const rounds = Number(process.argv[2] ?? 3);
if (process.platform !== 'linux' || process.getuid?.() !== 0) fail('The power cut is played with a loop device: it needs Linux and root');
const folder = mkdtempSync(join(tmpdir(), 'anlan-power-'));
const run = (program: string, ...argv: readonly string[]) => execFileSync(program, argv, { stdio: ['ignore', 'ignore', 'inherit'] });
const [disk, copy, mount, mountCopy] = ['disk.img', 'copy.img', 'disk', 'copy'].map((name) => join(folder, name)) as [string, string, string, string];
mkdirSync(mount);
mkdirSync(mountCopy);
const problems: string[] = [];
const ALLOWED_MS = 1_000;
const plant = await startDemoPlant({ scenario: 'ammonia-leak', siteOut: join(folder, 'site.yaml') });

for (let round = 1; round <= rounds; round += 1) {
  const wrong = (what: string) => problems.push(`round ${round}: ${what}`);
  run('truncate', '--size=1G', disk);
  run('mkfs.ext4', '-q', '-F', disk);
  run('mount', '-o', 'loop', disk, mount);
  const station = await startStationProcess({ site: plant.site, dataDir: join(mount, 'data') });
  const desk = await connectDesk(station);
  unwrap(await desk.client.command('security.signIn', { user: 'operator', pin: '1111' }, `in-${round}`));
  const { tags } = await desk.client.query('registry.plant', {});
  const seen: { readonly tag: string; readonly at: number; readonly value: number }[] = [];
  desk.client.series('values.live').onDidAppend(({ tag, at, value, quality }) => tag.forEach((index, row) => quality[row] === 0 && seen.push({ tag: tags[index]?.id ?? '', at: at[row] ?? 0, value: value[row] ?? 0 })));
  const working = deskAtWork(desk, round);
  await pause(10_000 + Math.random() * 8_000);
  // What the station had answered by now counts; what it is doing at this moment may be lost.
  const cutAt = systemClock.now();
  process.kill(station.processId, 'SIGSTOP');
  run('cp', '--sparse=always', disk, copy);
  await station.kill();
  const answered = await working;
  desk.client[Symbol.dispose]();
  run('umount', mount);

  run('mount', '-o', 'loop', copy, mountCopy);
  const file = verifyLedgerFile(join(mountCopy, 'data/station.db'));
  if (!file.ok || !file.value.valid) wrong('the ledger does not verify');
  const again = await startStationProcess({ site: plant.site, dataDir: join(mountCopy, 'data') });
  const after = await connectDesk(again);
  const due = seen.filter(({ at }) => at <= cutAt - ALLOWED_MS);
  let lost = 0;
  let youngestLostMs = Number.POSITIVE_INFINITY;
  for (const tag of new Set(due.map((each) => each.tag))) {
    const held = await after.client.query('historian.samples', { tag, from: cutAt - 120_000, to: cutAt, limit: 100_000 });
    const known = new Set(Array.from(held.at, (at, row) => `${Math.round(at)}|${held.value[row]}`));
    for (const each of due) {
      if (each.tag !== tag || each.at < cutAt - 120_000 || known.has(`${Math.round(each.at)}|${each.value}`)) continue;
      lost += 1;
      youngestLostMs = Math.min(youngestLostMs, cutAt - each.at);
    }
  }
  if (lost > 0) wrong(`${lost} of ${due.length} samples older than ${ALLOWED_MS} ms are gone, the youngest ${youngestLostMs} ms old`);
  const journal = await after.client.query('alarms.journal', { from: 0, to: systemClock.now() + 60_000, limit: 5_000 });
  for (const id of answered.acknowledged.keys()) if (!journal.some(({ alarm, event }) => alarm === id && event === 'acknowledged')) wrong(`${id}: its acknowledgement is gone`);
  for (const id of answered.shelved.keys()) if (!journal.some(({ alarm, event }) => alarm === id && event === 'shelved')) wrong(`${id}: its shelving is gone`);
  for (const { incident, text } of answered.notes) if (!(await after.client.query('incidents.timeline', { incident })).some((entry) => entry.text.zh === text)) wrong(`${text} is not in the incident`);
  process.stderr.write(`round ${round}: ${due.length} samples seen, ${lost} lost; acknowledged ${answered.acknowledged.size}, shelved ${answered.shelved.size}, notes ${answered.notes.length}\n`);
  after.client[Symbol.dispose]();
  await again.kill();
  run('umount', mountCopy);
}
await plant.stop();
rmSync(folder, { recursive: true, force: true });
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);

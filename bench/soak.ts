// `npm run -s soak -- --minutes M [--speed X] [--scenario NAME] --json`: the demo plant at speed, the built station and its page in Chromium; views are
// switched every few seconds, links are cut and mended every minute. Prints `rssSlopeMbPerHour, lost, restarts, webglContexts` and what stands behind them.
// Exit 0 done, 1 when something was lost or restarted, 2 bad arguments.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { WebSocket } from 'ws';
import { parse, stringify } from 'yaml';
import { CHROMIUM_FLAGS, findChromium } from '../e2e/harness/chromium.ts';
import { startPlant, startStation } from '../e2e/harness/station.ts';
import { build } from '../scripts/build.ts';
import { stopChild } from '../scripts/children.ts';
import { webSocketPort } from '../src-main/bridge/webSocketPort.ts';
import { systemClock } from '../src-main/platform/clock.ts';
import { startTcpProxy, type TcpProxy } from '../src-main/testing/tcpProxy.ts';
import { createClient } from '../src-shared/contract/client.ts';
import { silentLog } from '../src-shared/kernel/index.ts';
import type { SiteFile } from '../src-shared/plant/index.ts';
import { fail } from './kit.ts';
import { COUNT_CONTEXTS, type Contexts } from './soak/contexts.ts';
import { readMemory } from './soak/memory.ts';
import { slopePerHour } from './soak/slope.ts';
import { createWitness } from './soak/witness.ts';

const { values } = (() => {
  try {
    return parseArgs({ options: { minutes: { type: 'string', default: '10' }, speed: { type: 'string', default: '5' }, scenario: { type: 'string', default: 'normal' }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
})();
const number = (name: 'minutes' | 'speed', most: number) => {
  const given = Number(values[name]);
  return given > 0 && given <= most ? given : fail(`--${name} must be a number over 0 and at most ${most}, not ${values[name]}`);
};
const minutes = number('minutes', 100_000);
const speed = number('speed', 1_000);
const say = (line: string) => void process.stderr.write(`${line}\n`);
const executablePath = findChromium() ?? fail('The soak needs Chromium, Chrome or Edge: none was found; ANLAN_CHROMIUM may name one');

const VIEW_MS = 5_000;
const CUT_EVERY_MS = 60_000;
const CUT_MS = 4_000;
const MEMORY_MS = 5_000;
/** The first minutes fill caches and buffers; a slope is taken from what comes after, or from the second half of a short run. */
const warmUpMs = Math.min(minutes * 30_000, 10 * 60_000);

if (!(await build())) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'anlan-soak-'));
const plant = await startPlant({ folder, scenario: values.scenario, speed });

/** Each server behind a proxy of ours that can be cut. */
const proxies = new Map<string, TcpProxy>();
const site = parse(readFileSync(plant.siteFile, 'utf8')) as { feeds: { url: string; id: string }[] };
const direct = structuredClone(site) as unknown as SiteFile;
for (const feed of site.feeds) {
  const url = new URL(feed.url);
  const proxy = await startTcpProxy(Number(url.port));
  proxies.set(feed.id, proxy);
  feed.url = feed.url.replace(`:${url.port}`, `:${proxy.port}`);
}
const siteFile = join(folder, 'soak.yaml');
writeFileSync(siteFile, stringify(site));

const station = await startStation({ siteFile, dataDir: join(folder, 'data') });
const stationProcess = station.processId;
const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
const page = await (await browser.newContext({ viewport: { width: 1_280, height: 720 } })).newPage();
await page.addInitScript({ content: COUNT_CONTEXTS });
await page.goto(station.url);
const client = createClient({ name: 'soak', clock: systemClock });
const line = new WebSocket(station.url.replace('http:', 'ws:').replace('/?', '/link?'), { perMessageDeflate: false });
await new Promise((resolve, reject) => line.once('open', resolve).once('error', reject));
client.attach(webSocketPort(line, silentLog));
const faults = client.table('system.faults');
const status = client.value('system.status');
const witness = await createWitness({ site: direct, plantFile: resolve(dirname(plant.siteFile), direct.plant), limit: 20 });

/** Resolves when the feed carries values (again), or after a minute. */
const live = async (feed: string) => {
  for (let waited = 0; waited < 60_000 && client.table('feeds.feeds').rows.get(feed)?.state !== 'live'; waited += 100) await new Promise((resolve) => systemClock.after(100, () => resolve(undefined)));
};
for (const feed of proxies.keys()) await live(feed);

const startedAt = systemClock.now();
const until = startedAt + minutes * 60_000;
const memory: { at: number; mb: number }[] = [];
const cuts: { feed: string; from: number; to: number }[] = [];
const returns: number[] = [];
const feedIds = [...proxies.keys()];
let worstLoop = 0;
const every = async (ms: number, act: (turn: number) => Promise<void> | void) => {
  for (let turn = 0; systemClock.now() + ms <= until; turn += 1) {
    await new Promise((resolve) => systemClock.after(ms, () => resolve(undefined)));
    await act(turn);
  }
};
await Promise.all([
  every(VIEW_MS, async (turn) => page.keyboard.press(String((turn % 8) + 1))),
  every(MEMORY_MS, () => {
    memory.push({ at: systemClock.now(), mb: readMemory(stationProcess) });
    worstLoop = Math.max(worstLoop, status.get()?.eventLoopP99Ms ?? 0);
  }),
  every(CUT_EVERY_MS, async (turn) => {
    const feed = feedIds[turn % feedIds.length] ?? '';
    const from = systemClock.now();
    proxies.get(feed)?.cut();
    await new Promise((resolve) => systemClock.after(CUT_MS, () => resolve(undefined)));
    proxies.get(feed)?.mend();
    const mendedAt = systemClock.now();
    await live(feed);
    cuts.push({ feed, from, to: systemClock.now() });
    returns.push(systemClock.now() - mendedAt);
    say(`${Math.round((systemClock.now() - startedAt) / 60_000)} min: ${feed} was cut and is live ${returns.at(-1)} ms after it was mended; ${memory.at(-1)?.mb.toFixed(0)} MB`);
  }),
]);
// What is on its way may still arrive.
await new Promise((resolve) => systemClock.after(3_000, () => resolve(undefined)));
const judged = await witness.judge({ client, cuts, from: startedAt, to: until });
const restarts = [...faults.rows.values()].filter(({ source }) => source === 'worker').reduce((sum, { count }) => sum + count, 0);
const contexts = (await page.evaluate('window.anlanContexts()')) as Contexts;
const report = {
  minutes,
  speed,
  rssSlopeMbPerHour: slopePerHour(memory.filter(({ at }) => at >= startedAt + warmUpMs)),
  lost: judged.lost,
  restarts,
  webglContexts: contexts.alive,
  compared: judged.compared,
  missedWhileCut: judged.missedWhileCut,
  cuts: cuts.length,
  worstReturnMs: Math.max(0, ...returns),
  contextsMade: contexts.made,
  contextsLost: contexts.lost,
  rssMb: { first: memory[0]?.mb ?? null, last: memory.at(-1)?.mb ?? null, most: Math.max(...memory.map(({ mb }) => mb)) },
  worstEventLoopP99Ms: worstLoop,
};
client[Symbol.dispose]();
await witness[Symbol.asyncDispose]();
await browser.close();
await station.stop();
await stopChild(plant.child.child);
for (const proxy of proxies.values()) await proxy[Symbol.asyncDispose]();
rmSync(folder, { recursive: true, force: true });
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
else say(JSON.stringify(report, null, 1));
process.exit(report.lost > 0 || report.restarts > 0 ? 1 : 0);

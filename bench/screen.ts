/**
 * `npm run -s bench:screen -- [--seconds S] [--scenario NAME] [--json]`: the overview of the built program in headless Chromium at 1920 × 1080, fed by the
 * demo plant with all its tags. First S seconds at rest, then S seconds while the mouse turns the twin without pause.
 *
 * How it is measured: the page's requestAnimationFrame is wrapped before its scripts run, so `frameCpuMs` is the time the main thread spends in the
 * callbacks of one drawn frame (scene, data layers, labels; what the graphics process does afterwards is not in it), and `drawCalls` counts the real
 * WebGL draw calls of a frame, median. `fps` is drawn frames per second while turning; without a graphics device the processor draws, and it says so little.
 * `heapMb` is the JavaScript heap after a collection. `rest` is the same without a hand on the mouse, where an unchanged scene draws nothing, and
 * `mainThreadShare` is Chromium's own count of main-thread task time (CDP Performance.getMetrics) per second of either phase. Exit 2: bad arguments.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { CHROMIUM_FLAGS, findChromium } from '../e2e/harness/chromium.ts';
import { startPlant, startStation } from '../e2e/harness/station.ts';
import { build } from '../scripts/build.ts';
import { stopChild } from '../scripts/children.ts';
import { fail, quantile } from './kit.ts';
import { type DrawnFrame, watchFrames } from './screen/frameWatch.ts';

const { values } = (() => {
  try {
    return parseArgs({ options: { seconds: { type: 'string', default: '10' }, scenario: { type: 'string', default: 'normal' }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
})();
const seconds = Number(values.seconds);
if (!(seconds > 0 && seconds <= 600)) fail(`--seconds must be a number over 0 and at most 600, not ${values.seconds}`);
const executablePath = findChromium() ?? fail('The bench needs Chromium, Chrome or Edge: none was found; ANLAN_CHROMIUM may name one');
const SIZE = { width: 1_920, height: 1_080 };
const SETTLE_MS = 8_000;

if (!(await build())) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'anlan-screen-'));
const plant = await startPlant({ folder: join(folder, 'demo'), scenario: values.scenario, speed: 1 });
const station = await startStation({ siteFile: plant.siteFile, dataDir: join(folder, 'data') });
const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
try {
  const page = await (await browser.newContext({ viewport: SIZE })).newPage();
  await page.addInitScript(watchFrames);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.goto(station.url);
  await page.getByTestId('status').getByText('3/3').waitFor({ timeout: 60_000 });
  await page.getByTestId('ground').and(page.locator('[data-mode="3d"]')).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(SETTLE_MS);

  const takeFrames = () => page.evaluate<DrawnFrame[]>('window.anlanFrames()');
  const metric = async (name: string): Promise<number> => (await devtools.send('Performance.getMetrics')).metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  const phase = async (during: (until: number) => Promise<void>) => {
    await takeFrames();
    const [from, busy] = [performance.now(), await metric('TaskDuration')];
    await during(from + seconds * 1_000);
    const took = (performance.now() - from) / 1_000;
    const frames = await takeFrames();
    const costs = frames.map(({ cpuMs }) => cpuMs);
    return { frameCpuMs: { p50: quantile(costs, 0.5), p95: quantile(costs, 0.95) }, fps: frames.length / took, drawCalls: quantile(frames.map(({ drawCalls }) => drawCalls), 0.5), frames: frames.length, mainThreadShare: ((await metric('TaskDuration')) - busy) / took };
  };
  const rest = await phase((until) => page.waitForTimeout(until - performance.now()));
  const ground = (await page.getByTestId('ground').boundingBox()) ?? fail('the twin has no place on the screen');
  const [x, y] = [ground.x + ground.width / 2, ground.y + ground.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down({ button: 'right' });
  const turning = await phase(async (until) => {
    for (let step = 0; performance.now() < until; step += 1) await page.mouse.move(x + Math.sin(step / 20) * 260, y + Math.cos(step / 33) * 40);
  });
  await page.mouse.up({ button: 'right' });
  await devtools.send('HeapProfiler.collectGarbage');
  const heapMb = (await metric('JSHeapUsedSize')) / 1_048_576;
  const report = { ...turning, heapMb, rest, seconds, size: SIZE };
  console.log(values.json ? JSON.stringify(report) : report);
} finally {
  await browser.close();
  await station.stop();
  await stopChild(plant.child.child);
  rmSync(folder, { recursive: true, force: true });
}

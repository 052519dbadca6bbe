import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { CHROMIUM_FLAGS, findChromium } from '../e2e/harness/chromium.ts';
import { startStation } from '../e2e/harness/station.ts';
import { build } from '../scripts/build.ts';
import { startBroker } from '../src-main/testing/broker.ts';
import { buildAlarm, buildPlant, buildRecords, buildSite, buildTag } from '../src-main/testing/buildPlant.ts';
import { fail, quantile } from './kit.ts';

export type AlarmScreenInput = { readonly count: number; readonly rate: number; readonly seconds: number };

const SIZE = { width: 1_920, height: 1_080 };
const TOPIC = 'bench/batch';
const TURN_MS = 100;

/**
 * The alarm list of the built program in headless Chromium at 1920 × 1080: `count` unacknowledged alarms, `rate` changes a second over a real broker,
 * each a value that crosses its limit one way or the other. `frameMs`: from one animation frame to the next while the list scrolls at 2,400 px/s, with how many
 * of them took more than 34 ms (two frames of a 60 Hz screen): wall time, which says something on a quiet machine only. `cpuMsPerFrame` and `mainThreadShare`: Chromium's own
 * count of the main thread's processor time in tasks, for each frame and over the whole time; that holds on a busy machine as well.
 * `atRest` is the same without scrolling; `bare`: in its place scrolls a
 * list of as many lines of plain text that nothing changes, which is what the browser and the machine's compositing cost. `acknowledge`: from the click until no row in sight is open any more, several times.
 */
export const measureAlarmScreen = async ({ count, rate, seconds }: AlarmScreenInput): Promise<object> => {
  const executablePath = findChromium() ?? fail('The bench needs Chromium, Chrome or Edge: none was found; ANLAN_CHROMIUM may name one');
  if (!(await build())) process.exit(1);
  const folder = mkdtempSync(join(tmpdir(), 'anlan-alarm-screen-'));
  const spare = Math.max(1, Math.ceil(count / 10));
  const ids = Array.from({ length: count + spare }, (_unused, index) => `T${index}`);
  await using broker = await startBroker();
  mkdirSync(folder, { recursive: true });
  const file = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content));
  file('plant.json', buildPlant((plant) => void plant.tags.push(...ids.map((id, index) => buildTag(id, { equipment: index % 2 === 0 ? 'TK-101' : 'K-201', alarms: [buildAlarm('HI', 5, { deadband: 0.1, priority: ((index % 4) + 1) as 1 | 2 | 3 | 4 })] })))));
  file('records.json', buildRecords());
  file('site.json', buildSite((site) => {
    site.records = 'records.json';
    site.feeds = [{ id: 'bench', kind: 'mqtt', url: `mqtt://127.0.0.1:${broker.port}`, protocolVersion: 4, staleAfterS: 3_600, mappings: [{ tags: ['T*'], address: TOPIC }] }];
  }));
  const station = await startStation({ siteFile: join(folder, 'site.json'), dataDir: join(folder, 'data') });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  const send = (tags: readonly number[], value: (tag: number) => number) => broker.publish(TOPIC, JSON.stringify({ t: Date.now(), tag: tags.map((tag) => ids[tag]), v: tags.map(value) }));
  try {
    const page = await (await browser.newContext({ viewport: SIZE })).newPage();
    const devtools = await page.context().newCDPSession(page);
    // Thread time: what the page costs, however busy the machine is.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(station.url);
    await page.getByTestId('banner-counts').waitFor({ timeout: 60_000 });
    await page.keyboard.press('2');
    for (let from = 0; from < count; from += 500) await send(Array.from({ length: Math.min(500, count - from) }, (_unused, index) => from + index), () => 9);
    const shown = () => page.evaluate<number>(`[...document.querySelectorAll('[data-testid^=count-]')].reduce((sum, each) => sum + Number(each.textContent), 0)`);
    for (let turn = 0; (await shown()) < count; turn += 1) {
      if (turn > 600) throw new Error(`${String(await shown())} of ${String(count)} alarms after two minutes`);
      await page.waitForTimeout(200);
    }
    await page.keyboard.press('u');
    await page.locator('[data-user="op"]').click();
    await page.keyboard.type('1234');
    await page.keyboard.press('Enter');
    await page.getByTestId('sign-in').waitFor({ state: 'hidden' });

    let oldest = 0;
    const half = Math.max(1, Math.round((rate * TURN_MS) / 2_000));
    const changing = setInterval(() => {
      const cleared = Array.from({ length: half }, (_unused, index) => (oldest + index) % ids.length);
      const raised = new Set(cleared.map((tag) => (tag + count) % ids.length));
      oldest = (oldest + half) % ids.length;
      void send([...cleared, ...raised], (tag) => (raised.has(tag) ? 9 : 1));
    }, TURN_MS);
    try {
      const metric = async (name: string): Promise<number> => (await devtools.send('Performance.getMetrics')).metrics.find((each) => each.name === name)?.value ?? Number.NaN;
      const phase = async (pxPerS: number, list = '.alarm-list .table') => {
        const [busy, from] = [await metric('TaskDuration'), performance.now()];
        const frames = await framesOf(page, { list, pxPerS, seconds });
        const took = (performance.now() - from) / 1_000;
        const cpuMs = ((await metric('TaskDuration')) - busy) * 1_000;
        return { frameMs: { p50: quantile(frames, 0.5), p95: quantile(frames, 0.95), worst: Math.max(...frames) }, fps: frames.length / took, late: frames.filter((ms) => ms > 34).length, frames: frames.length, cpuMsPerFrame: cpuMs / frames.length, mainThreadShare: cpuMs / 1_000 / took };
      };
      const atRest = await phase(0);
      const scrolling = await phase(2_400);
      const bare = await bareList(page, () => phase(2_400, '.bare-list'));
      const acknowledge: number[] = [];
      for (let turn = 0; turn < 10; turn += 1) acknowledge.push(await acknowledgeMs(page));
      return { alarms: count, changesPerSecond: half * 2 * (1_000 / TURN_MS), ...scrolling, atRest, bare, acknowledgeMs: { p50: quantile(acknowledge, 0.5), worst: Math.max(...acknowledge), each: acknowledge }, size: SIZE };
    } finally {
      clearInterval(changing);
    }
  } finally {
    await browser.close();
    await station.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Puts a list of plain lines, as long and as large, over the alarm list while `run` runs. */
const bareList = async <T>(page: Page, run: () => Promise<T>): Promise<T> => {
  await page.evaluate(`{
    const table = document.querySelector('.alarm-list .table');
    const bare = Object.assign(document.createElement('div'), { className: 'bare-list' });
    const { left, top, width, height } = table.getBoundingClientRect();
    Object.assign(bare.style, { position: 'fixed', left: left + 'px', top: top + 'px', width: width + 'px', height: height + 'px', overflow: 'auto', background: 'var(--panel)', zIndex: 9 });
    bare.innerHTML = Array.from({ length: Math.round(table.scrollHeight / 28) }, (_unused, index) => '<div style="height:28px">T' + index + ' 压力 高报 9.00 / 5.00</div>').join('');
    document.body.append(bare);
  }`);
  try {
    return await run();
  } finally {
    await page.evaluate(`document.querySelector('.bare-list').remove()`);
  }
};

/** Milliseconds between animation frames while the list scrolls down and up again. */
const framesOf = (page: Page, { list, pxPerS, seconds }: { readonly list: string; readonly pxPerS: number; readonly seconds: number }): Promise<number[]> =>
  page.evaluate<number[]>(`new Promise((done) => {
    const table = document.querySelector('${list}');
    const frames = [];
    let [last, start, down] = [performance.now(), performance.now(), 1];
    const step = (now) => {
      frames.push(now - last);
      if (${String(pxPerS)} > 0) {
        if (table.scrollTop + table.clientHeight >= table.scrollHeight - 1) down = -1;
        if (table.scrollTop <= 0) down = 1;
        table.scrollTop += down * ${String(pxPerS)} * Math.min(0.1, (now - last) / 1000);
      }
      last = now;
      if (now - start < ${String(seconds * 1_000)}) requestAnimationFrame(step);
      else done(frames.slice(1));
    };
    requestAnimationFrame(step);
  })`);

/** From the click on "acknowledge page" until none of the rows that were in sight is open, as the page draws them. */
const acknowledgeMs = async (page: Page): Promise<number> => {
  await page.evaluate(`document.querySelector('.alarm-list .table').scrollTop = 0`);
  await page.locator('[data-testid=acknowledge-page]:not([disabled])').waitFor();
  return page.evaluate<number>(`new Promise((done) => {
    const keys = new Set([...document.querySelectorAll('.table-row[data-look=open]')].slice(0, 20).map((row) => row.dataset.key));
    const start = performance.now();
    const look = () => {
      const open = [...document.querySelectorAll('.table-row[data-look=open]')].some((row) => keys.has(row.dataset.key));
      if (!open) done(performance.now() - start);
      else requestAnimationFrame(look);
    };
    document.querySelector('[data-testid=acknowledge-page]').click();
    requestAnimationFrame(look);
  })`);
};

import { type Browser, chromium, expect, type Page, test } from 'playwright/test';
import type { ViteDevServer } from 'vite';
import { findChromium } from '../../scripts/chromium.ts';
import type { Equipment } from '../../src-shared/plant/index.ts';
import { launchBrowser, openTwin, startTwinPage } from './serve.ts';

/** The twin alone on a page with made-up sources, really drawn (without a graphics device: by the processor). */
const SIZE = { width: 960, height: 540 };
let [browser, server, url]: [Browser | null, ViteDevServer | null, string] = [null, null, ''];

test.skip(findChromium() === null, 'no Chromium on this machine');
test.beforeAll(async () => {
  test.setTimeout(180_000);
  ({ url, server } = await startTwinPage());
  browser = await launchBrowser();
});
test.afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const open = async (query: string): Promise<Page> => {
  const page = await browser!.newPage({ viewport: SIZE });
  await openTwin(page, `${url}?motion=none&${query}`);
  return page;
};
const frames = (page: Page) => page.evaluate(() => globalThis.twin.handle!.figures().frames);
/** Colour on the screen where a plant point is drawn. */
const colourAt = async (page: Page, point: readonly [number, number, number]): Promise<readonly number[]> => {
  const picture = (await page.screenshot()).toString('base64');
  return page.evaluate(
    async ([data, [x, y, z]]) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const at = globalThis.twin.handle!.project(x, y, z);
      return [...context.getImageData(Math.round(at.x), Math.round(at.y), 1, 1).data].slice(0, 3);
    },
    [picture, point] as const,
  );
};
const tankOf = (page: Page): Promise<Pick<Equipment, 'position' | 'size'>> => page.evaluate(async () => (await (await fetch('/assets/plants/binhai/plant.json')).json()).equipment.find(({ id }: { id: string }) => id === 'GT-TK-101'));
const apart = (a: readonly number[], b: readonly number[]) => Math.max(...a.map((part, i) => Math.abs(part - b[i]!)));

test('a tank hides the cloud behind it and not the cloud before it', async () => {
  const page = await open('view=V-GT&off=zones,riskField,people,labels,values,alarms&emergency=1');
  // The camera of this view stands south of the tanks. A cloud over all of the tank farm, or none.
  const cloud = (on: boolean) =>
    page.evaluate((shown) => {
      const { emergencies, put } = globalThis.twin.sources;
      const [first] = emergencies.get();
      const ring = new Float64Array([420, 340, 560, 340, 560, 470, 420, 470]);
      put.emergencies([{ ...first!, routes: [], closedEdges: [], plume: { ...first!.plume!, outer: [], contours: shown ? [{ name: 'AEGL-3', severity: 3, level: 1, unit: 'ppm', rings: [ring] }] : [] } }]);
    }, on);
  const tank = await tankOf(page);
  const shell: [number, number, number] = [tank.position[0], tank.position[1] - tank.size[0] / 2, tank.size[2] * 0.5];
  const ground: [number, number, number] = [tank.position[0] + 1, tank.position[1] - tank.size[0] / 2 - 6, 0.1];
  await cloud(false);
  await page.waitForTimeout(1_000);
  const before = [await colourAt(page, shell), await colourAt(page, ground)] as const;
  await cloud(true);
  await page.waitForTimeout(1_000);
  const after = [await colourAt(page, shell), await colourAt(page, ground)] as const;
  expect(apart(before[0], after[0])).toBeLessThanOrEqual(3);
  expect(apart(before[1], after[1])).toBeGreaterThan(25);
  await page.close();
});

test('nothing is drawn while nothing changes; a click chooses what is under it', async () => {
  const page = await open('view=V-GT');
  const before = await frames(page);
  await page.waitForTimeout(2_000);
  expect(await frames(page)).toBe(before);
  const tank = await tankOf(page);
  const at = await page.evaluate(([x, y, z]) => globalThis.twin.handle!.project(x!, y!, z!), [tank.position[0], tank.position[1] - tank.size[0] / 2, tank.size[2] * 0.5]);
  await page.mouse.click(at.x, at.y);
  await expect.poll(() => page.evaluate(() => globalThis.twin.selected)).toEqual({ kind: 'equipment', id: 'GT-TK-101' });
  await expect.poll(() => frames(page)).toBeGreaterThan(before);
  expect((await page.evaluate(() => globalThis.twin.handle!.figures())).drawCalls).toBeLessThanOrEqual(150);
  await page.close();
});

test('a lost graphics device is announced and the picture comes back', async () => {
  const page = await open('view=V-GT');
  await page.evaluate(() => document.querySelector('canvas')!.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext());
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect.poll(() => frames(page)).toBeGreaterThan(0);
  await page.close();
});

test('without WebGL the plan is drawn on a plain canvas, and answers', async () => {
  const plain = await chromium.launch({ executablePath: findChromium()!, args: ['--disable-3d-apis', '--no-sandbox'] });
  const page = await plain.newPage({ viewport: SIZE });
  await openTwin(page, `${url}?motion=none&emergency=1`);
  const figures = await page.evaluate(() => globalThis.twin.handle!.figures());
  expect(figures.backend).toBe('canvas');
  expect(figures.drawCalls).toBeGreaterThan(500);
  const tank = await tankOf(page);
  const at = await page.evaluate(([x, y]) => globalThis.twin.handle!.project(x!, y!, 0), tank.position);
  await page.mouse.click(at.x, at.y);
  await expect.poll(() => page.evaluate(() => globalThis.twin.selected)).toEqual({ kind: 'equipment', id: 'GT-TK-101' });
  await plain.close();
});

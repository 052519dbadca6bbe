import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, test as base, type Browser, type Page } from 'playwright/test';
import { stopChild } from '../../scripts/children.ts';
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts';
import { startShell, type Shell } from './shell.ts';
import { startPlant, startStation, type Station } from './station.ts';

export { expect } from 'playwright/test';

/** What a spec plays on: a plant, a station, and a page that shows it. */
export type App = {
  readonly page: Page;
  /** The station of the browser shell; null in Electron, where it lives in the shell's own process. */
  readonly station: Station | null;
  /** Electron, or its stand-in; null in the browser. */
  readonly shell: Shell | null;
  readonly folder: string;
};
export type ShellKind = 'browser' | 'standin' | 'electron';
/** Chosen by a spec with `test.use`. */
export type Options = { readonly scenario: string; readonly speed: number; readonly monitors: number; readonly kiosk: boolean };

export const test = base.extend<Options & { readonly app: App }, { readonly shellKind: ShellKind; readonly chromium: Browser | null }>({
  scenario: ['normal', { option: true }],
  speed: [1, { option: true }],
  monitors: [1, { option: true }],
  kiosk: [false, { option: true }],
  shellKind: ['browser', { option: true, scope: 'worker' }],
  /** One browser for all specs of a worker: the first frame of a scene costs seconds where there is no GPU. */
  chromium: [
    async ({}, use) => {
      const executablePath = findChromium();
      const browser = executablePath === null ? null : await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
      await use(browser);
      await browser?.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  app: async ({ scenario, speed, monitors, kiosk, shellKind, chromium: browser, viewport }, use, info) => {
    if (browser === null) return info.skip(true, 'no Chromium, Chrome or Edge on this machine');
    const folder = mkdtempSync(join(tmpdir(), 'anlan-e2e-'));
    const dataDir = join(folder, 'data');
    const plant = await startPlant({ folder: join(folder, 'demo'), scenario, speed });
    const place = { siteFile: plant.siteFile, dataDir };
    const opened = shellKind === 'browser' ? await openInBrowser({ browser, station: await startStation(place), viewport }) : await openInShell(await startShell({ ...place, kind: shellKind, monitors, kiosk }));
    await use({ ...opened, folder });
    if (info.status !== info.expectedStatus) await info.attach('station.log', { body: opened.station?.log() ?? opened.shell?.log() ?? '', contentType: 'text/plain' });
    await opened.close();
    await stopChild(plant.child.child);
    rmSync(folder, { recursive: true, force: true });
  },
});

const openInBrowser = async ({ browser, station, viewport }: { readonly browser: Browser; readonly station: Station; readonly viewport: { readonly width: number; readonly height: number } | null }) => {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(station.url);
  // Keys count from here on: before it the page is still being built.
  await page.getByTestId('status').waitFor();
  return {
    page,
    station,
    shell: null,
    async close() {
      await context.close();
      await station.stop();
    },
  };
};

const openInShell = async (shell: Shell) => ({ page: await shell.page(0), station: null, shell, close: () => shell.stop() });

import type {} from './page/main.ts';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { BASIC_FLAGS, findChromium } from '../chromium.ts';

/** The page that draws camera pictures, open in a headless browser that draws WebGL in software. */
export const openStudioPage = async (): Promise<{ readonly page: Page; close(): Promise<void> }> => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const server = await createServer({ root, configFile: false, server: { port: 0, host: '127.0.0.1', hmr: false, watch: null }, logLevel: 'error', cacheDir: 'node_modules/.vite-render', optimizeDeps: { entries: ['scripts/render/page/index.html'], include: ['three', 'zod'] } });
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server.close();
  };
  try {
    await server.listen();
    const address = server.httpServer?.address();
    const executablePath = findChromium();
    if (address === null || address === undefined || typeof address === 'string') throw new Error('the dev server has no port');
    if (executablePath === null) throw new Error('no Chromium on this machine: name one in ANLAN_CHROMIUM');
    browser = await chromium.launch({ executablePath, args: [...BASIC_FLAGS, '--use-gl=angle', '--use-angle=gl-egl'] });
    const page = await browser.newPage({ viewport: { width: 660, height: 380 } });
    page.setDefaultTimeout(300_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') console.error(message.text().slice(0, 500));
    });
    page.on('pageerror', (error) => console.error(error.message, error.stack?.slice(0, 900)));
    await page.goto(`http://127.0.0.1:${address.port}/scripts/render/page/index.html`);
    await page.waitForFunction(() => globalThis.pictures !== undefined, undefined, { polling: 250 });
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
};

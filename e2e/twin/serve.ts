import './page.ts';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';

/** A dev server for the twin's page on a free loopback port, and a browser that draws WebGL in software. */
export const startTwinPage = async (): Promise<{ readonly url: string; readonly server: ViteDevServer }> => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const server = await createServer({ root, configFile: false, plugins: [react()], server: { port: 0, host: '127.0.0.1', hmr: false, watch: null }, logLevel: 'error', cacheDir: 'node_modules/.vite-twin', optimizeDeps: { entries: ['e2e/twin/index.html'], include: ['react', 'react-dom/client', 'react/jsx-dev-runtime', 'three', 'three/addons/controls/MapControls.js', '@react-three/fiber', '@deck.gl/core', '@deck.gl/layers', 'zod'] } });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string') throw new Error('the dev server has no port');
  return { url: `http://127.0.0.1:${address.port}/e2e/twin/index.html`, server };
};

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist', '--no-sandbox'] });

/** Opens the page and waits until frames have come and none is due. */
export const openTwin = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.waitForFunction(() => (globalThis.twin?.handle?.figures().frames ?? 0) >= 1, undefined, { timeout: 60_000, polling: 250 });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(1_500);
};

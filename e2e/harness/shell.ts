import { createServer } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright/test';
import { startChild, stopChild } from '../../scripts/children.ts';
import { findElectron } from '../../scripts/electronBinary.ts';
import { root } from '../../scripts/setup.mjs';
import type { ShellRecord } from '../standin/record.ts';
import type { Question } from '../standin/electron.ts';

/** The desktop shell under test: the built main process in Electron, or in Node with the stand-in for the `electron` module. */
export type Shell = {
  /** Page of the n-th window. */
  page(place: number): Promise<Page>;
  readonly pages: () => readonly Page[];
  /** The hidden page that sounds. */
  annunciator(): Promise<Page>;
  /** Asks the stand-in; the real Electron answers nothing. */
  ask<T = unknown>(question: Question): Promise<T>;
  record(): Promise<ShellRecord>;
  /** Starts a second instance over the same data; resolves to its exit code. */
  second(): Promise<number | string>;
  log(): string;
  stop(): Promise<void>;
};
export type ShellInput = { readonly kind: 'standin' | 'electron'; readonly siteFile: string; readonly dataDir: string; readonly monitors: number; readonly kiosk: boolean };

export const startShell = async ({ kind, siteFile, dataDir, monitors, kiosk }: ShellInput): Promise<Shell> => {
  const port = await freePort();
  let told = '';
  const start = () => {
    const env = { ANLAN_SITE: siteFile, ANLAN_DATA_DIR: dataDir, ANLAN_SHELL: 'electron', STANDIN_DEVTOOLS_PORT: String(port), STANDIN_MONITORS: String(monitors), NODE_ENV: 'production' };
    const onError = (text: string) => void (told = (told + text).slice(-20_000));
    // As root, which CI is, Electron starts only without its own sandbox.
    const flags = [`--remote-debugging-port=${port}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
    return kind === 'standin'
      ? startChild({ name: 'the shell', argv: ['--import', join(root, 'e2e/standin/register.mjs'), join(root, 'out/main/index.js'), ...(kiosk ? ['--kiosk'] : [])], env, onError })
      : startChild({ name: 'Electron', file: findElectron() ?? '', argv: [...flags, root, ...(kiosk ? ['--kiosk'] : [])], env, onError });
  };
  const { child, ready } = start();
  await ready;
  let browser: Browser | null = null;
  const everyPage = (): readonly Page[] => (browser?.contexts() ?? []).flatMap((context) => context.pages());
  /** Those that people see: the annunciator's has no screen. */
  const pages = (): readonly Page[] => everyPage().filter((page) => page.url() !== 'about:blank' && !isAnnunciator(page));
  const waiting = new Map<number, (value: unknown) => void>();
  let asked = 0;
  child.on('message', (message: { readonly number: number; readonly value: unknown }) => {
    waiting.get(message.number)?.(message.value);
    waiting.delete(message.number);
  });
  const ask = <T>(question: Question): Promise<T> =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve as (value: unknown) => void);
      child.send({ question, number: asked });
    });
  return {
    async page(place) {
      browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      const found = await eventually(() => pages()[place]);
      await found.waitForLoadState('domcontentloaded');
      return found;
    },
    pages,
    async annunciator() {
      browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      return eventually(() => everyPage().find(isAnnunciator));
    },
    ask,
    record: () => ask({ ask: 'record' }),
    second: () => start().ended,
    log: () => told,
    async stop() {
      await browser?.close();
      await stopChild(child);
    },
  };
};

const isAnnunciator = (page: Page): boolean => page.url().includes('/annunciator.html');

const eventually = async <T>(look: () => T | undefined): Promise<T> => {
  for (let turn = 0; turn < 600; turn += 1) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no such window within a minute');
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .on('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no address'))));
      });
  });

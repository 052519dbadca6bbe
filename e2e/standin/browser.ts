import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Request as PlaywrightRequest, type Route } from 'playwright';
import { CHROMIUM_FLAGS, findChromium } from '../harness/chromium.ts';
import { record } from './record.ts';
import { answerOfProtocol, isCancelled } from './session.ts';

/** Chromium has no scheme of ours, so `anlan://app` is played by an origin that nothing but our routes answers. */
const PLAYED = 'https://app.anlan.invalid';
export const toPlayed = (url: string): string => url.replace(/^anlan:\/\/app/, PLAYED);
export const toOwn = (url: string): string => url.replace(PLAYED, 'anlan://app');

/** Answers whether a window may go to `url`; set by BrowserWindow, which knows the listeners of its contents. */
export type MayNavigate = (page: Page, url: string) => boolean;

let started: Promise<BrowserContext> | null = null;
let userData: string | null = null;
let mayNavigate: MayNavigate = () => true;
let onPopup: (page: Page, opener: Page) => void = () => undefined;

/** One Chromium for all windows; its DevTools port lets a spec play on the very pages that the shell opened. */
export const browser = (): Promise<BrowserContext> => (started ??= launch());
export const decideNavigation = (decide: MayNavigate): void => void (mayNavigate = decide);
export const decidePopup = (decide: typeof onPopup): void => void (onPopup = decide);

const launch = async (): Promise<BrowserContext> => {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('the stand-in needs Chromium, Chrome or Edge');
  userData = mkdtempSync(join(tmpdir(), 'anlan-standin-'));
  const port = process.env.STANDIN_DEVTOOLS_PORT;
  const context = await chromium.launchPersistentContext(userData, {
    executablePath,
    headless: process.env.STANDIN_HEADED !== '1',
    viewport: null,
    // What sounds is to be heard, where a spec listens.
    ignoreDefaultArgs: ['--mute-audio'],
    args: [...CHROMIUM_FLAGS, ...(port === undefined ? [] : [`--remote-debugging-port=${port}`])],
  });
  await context.route('**/*', route);
  for (const page of context.pages()) await page.close();
  context.on('page', async (page) => {
    const opener = await page.opener();
    if (opener !== null) onPopup(page, opener);
  });
  return context;
};

const route = async (asked: Route) => {
  const request = asked.request();
  const url = toOwn(request.url());
  const page = request.isNavigationRequest() ? pageOf(request) : null;
  if (page !== null && !mayNavigate(page, url)) {
    record.stoppedNavigations.push(url);
    // "No content" leaves the page where it is, as a prevented navigation does.
    return asked.fulfill({ status: 204 });
  }
  if (isCancelled(url)) {
    record.cancelledRequests.push(url);
    return page === null && request.isNavigationRequest() ? asked.fulfill({ status: 204 }) : asked.abort('blockedbyclient');
  }
  const answer = await answerOfProtocol(new Request(url.replace(/#.*$/, ''), { method: request.method() }));
  if (answer === null) return asked.abort('addressunreachable');
  return asked.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) });
};

/** The page that navigates; null for the first request of a popup, whose page does not exist yet. */
const pageOf = (request: PlaywrightRequest): Page | null => {
  try {
    return request.frame().page();
  } catch (error) {
    if (error instanceof Error && error.message.includes('before the frame is created')) return null;
    throw error;
  }
};

export const closeBrowser = async (): Promise<void> => {
  const context = await started;
  await context?.close();
  if (userData !== null) rmSync(userData, { recursive: true, force: true });
};

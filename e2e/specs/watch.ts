import { createBrowserClock, createBrowserIds } from '../../src-renderer/link/browser.ts';
import { createLink } from '../../src-renderer/link/createLink.ts';
import type { Link } from '../../src-renderer/link/link.ts';
import { webSocketConnect } from '../../src-renderer/link/transports.ts';
import type { Page } from 'playwright/test';

/** A second client of the station beside the page: the truth that the screen is compared with. */
export const watchStation = (url: string): Link => createLink({ name: 'spec', connect: webSocketConnect(url), clock: createBrowserClock(), ids: createBrowserIds() });

/** Signs in by the tiles and the PIN pad, as the dialog asks for it. */
export const signIn = async (page: Page, user: string, pin: string): Promise<void> => {
  await page.getByTestId('sign-in').waitFor();
  await page.locator(`[data-user="${user}"]`).click();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await page.getByTestId('sign-in').waitFor({ state: 'hidden' });
};

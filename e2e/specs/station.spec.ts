import { expect, test } from '../harness/test.ts';

test('comes up on live data, within its own policy @shell', async ({ app: { page } }) => {
  const stopped: string[] = [];
  page.on('console', (message) => message.type() === 'error' && stopped.push(message.text()));
  page.on('pageerror', (error) => stopped.push(error.message));
  await page.reload();
  await expect(page.getByTestId('ground')).toBeVisible();
  await expect(page.getByText('3/3')).toBeVisible();
  const clock = page.getByTestId('clock');
  const before = await clock.textContent();
  await expect(clock).not.toHaveText(before ?? '');
  expect(stopped).toEqual([]);
});

test('finds the station again after kill -9', async ({ app: { page, station } }) => {
  await expect(page.getByText('3/3')).toBeVisible();
  await station!.kill();
  await expect(page.getByTestId('link-lost')).toBeVisible();
  await station!.start();
  await expect(page.getByTestId('link-lost')).toBeHidden();
  await expect(page.getByText('3/3')).toBeVisible();
});

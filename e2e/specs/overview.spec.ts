import { expect, test } from '../harness/test.ts';
import { signIn } from './watch.ts';

test('overview lives, speaks both languages, and is read-only until somebody signs in', async ({ app: { page, station } }) => {
  await test.step('zones, people, weather and the clock come alive', async () => {
    await expect(page.getByTestId('zones').locator('[data-zone]')).toHaveCount(24);
    await expect(page.getByTestId('kpis')).toContainText('120');
    await expect(page.getByTestId('status')).toContainText('3/3');
    await expect(page.locator('.weather-wind')).toContainText(/\d\.\dm\/s/);
    await expect(page.getByTestId('ground')).toHaveAttribute('data-mode', '3d');
  });

  await test.step('the plan stands in for the twin at one key', async () => {
    await page.keyboard.press('p');
    await expect(page.getByTestId('ground')).toHaveAttribute('data-mode', '2d');
  });

  await test.step('the language switches live', async () => {
    await expect(page.locator('[data-screen=overview]')).toHaveText('总览');
    await page.keyboard.press('l');
    await expect(page.locator('[data-screen=overview]')).toHaveText('Overview');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-US');
  });

  await test.step('a zone says why its risk is what it is', async () => {
    const zone = page.getByTestId('zones').locator('[data-zone=Z-AU]');
    await zone.click();
    const detail = page.getByTestId('detail');
    await expect(detail).toHaveAttribute('data-target', 'zone:Z-AU');
    await expect(detail.locator('.cause-list > li').first()).toBeVisible();
    const points = (await detail.locator('.cause-points').allTextContents()).reduce((sum, each) => sum + Number(each), 0);
    expect(Math.abs(points - Number(await detail.locator('.zone-figure').textContent()))).toBeLessThan(1.5);
    await page.keyboard.press('Escape');
    await expect(detail).toBeHidden();
  });

  await test.step('an action asks who acts; the hazard is on the board afterwards', async () => {
    await page.keyboard.press('6');
    await page.getByRole('button', { name: 'Report a hazard' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What is wrong').fill('Guard rail loose');
    await dialog.getByRole('button', { name: 'Report a hazard' }).click();
    await signIn(page, 'frontline', '5555');
    await expect(page.getByText('Guard rail loose')).toBeVisible();
    await expect(page.getByTestId('who')).toContainText('Frontline');
  });

  await test.step('the ledger that holds it verifies', async () => {
    await page.keyboard.press('8');
    await page.getByRole('radio', { name: 'Ledger' }).click();
    await page.getByRole('button', { name: 'Verify the ledger' }).click();
    await expect(page.getByTestId('ledger-verified')).toContainText('sound');
  });

  await test.step('the wall shows the same, larger, and takes no touch', async () => {
    const small = await page.evaluate<number>('parseFloat(getComputedStyle(document.documentElement).fontSize)');
    await page.goto(station!.url.replace('/?', '/wall.html?'));
    await expect(page.getByTestId('zones').locator('[data-zone=Z-AU]')).toBeVisible();
    await expect(page.getByTestId('clock')).toBeVisible();
    await expect(page.locator('.shell')).toHaveAttribute('inert', '');
    expect(await page.evaluate<number>('parseFloat(getComputedStyle(document.documentElement).fontSize)')).toBeGreaterThan(1.3 * small);
  });
});

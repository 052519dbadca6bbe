import { expect, test } from '../harness/test.ts';
import { signIn, watchStation } from './watch.ts';

test.use({ scenario: 'ppe-violation' });

test('somebody without a helmet becomes one hazard with one picture; the photo of its rectification is compared and taken once', async ({ app: { page, station } }) => {
  const card = page.locator('.hazard-card').filter({ hasText: '液氯储存' }).filter({ hasText: '未戴安全帽' });

  await test.step('the wall shows every camera live', async () => {
    await page.keyboard.press('0');
    await expect(page.getByTestId('cameras').locator('[data-camera]')).toHaveCount(12);
    await expect(page.locator('[data-camera=CAM-05] .camera-picture')).toHaveAttribute('data-state', 'live');
    await expect(page.locator('[data-camera=CAM-05] img')).toHaveJSProperty('naturalWidth', 640);
  });

  await test.step('what a camera sees is opened as a hazard, once, with a picture that the ledger vouches for', async () => {
    await page.keyboard.press('6');
    await expect(card).toHaveCount(1, { timeout: 90_000 });
    await card.locator('.hazard-open').click();
    await card.locator('[data-evidence]').first().click();
    await expect(page.getByTestId('integrity')).toContainText('与台账一致');
    await page.keyboard.press('Escape');
  });

  await test.step('the camera’s own picture is refused as the photo of the rectification', async () => {
    await card.getByLabel('责任人').fill('唐海涛');
    await card.getByRole('button', { name: '交办' }).click();
    await signIn(page, 'safety', '3333');
    using link = watchStation(station!.url);
    await expect.poll(() => link.status.get().phase).toBe('live');
    const before = await link.query('cameras.evidencePicture', { id: (await card.locator('[data-evidence]').first().getAttribute('data-evidence')) ?? '' });
    await card.getByLabel('说明').fill('已戴帽');
    await card.locator('input[type=file]').setInputFiles({ name: 'after.jpg', mimeType: 'image/jpeg', buffer: Buffer.from((before.ok && before.value?.jpeg) || []) });
    await card.getByRole('button', { name: '整改完成' }).click();
    await expect(page.getByText(/以前用过/)).toBeVisible();
    await expect(card).toHaveCount(1);
  });

  await test.step('a photo of something else is taken, and the comparison says that it cannot tell', async () => {
    await card.locator('input[type=file]').setInputFiles({ name: 'other.png', mimeType: 'image/png', buffer: await page.screenshot() });
    await card.getByRole('button', { name: '整改完成' }).click();
    await expect(card.getByTestId('comparison')).toHaveAttribute('data-verdict', 'cannot-tell');
  });
});

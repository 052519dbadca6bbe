import { readFileSync } from 'node:fs';
import { expect, test } from '../harness/test.ts';
import { signIn, watchStation } from './watch.ts';

test.use({ viewport: { width: 1920, height: 1080 } });

test('a safety manager reads the cards, takes the quarterly report, reloads, and writes down a failure nobody was warned of', async ({ app: { page, station } }) => {
  using link = watchStation(station!.url);
  const models = page.getByTestId('models');
  const facts = models.locator('.models-facts');
  const known = async () => {
    const answer = await link.query('inference.models', {});
    return answer.ok ? answer.value : [];
  };
  await expect.poll(async () => (await known()).find(({ id }) => id === 'rul-compressor')?.state, { timeout: 60_000 }).toBe('ready');

  await test.step('every model of the folder is listed, those in service first, and none is refused', async () => {
    await page.keyboard.press('8');
    await page.getByTestId('diagnostics').getByRole('radio', { name: '模型', exact: true }).click();
    await expect(models.locator('.models-list .table-row')).toHaveCount((await known()).length);
    expect((await known()).filter(({ state }) => state === 'refused' || state === 'failed')).toEqual([]);
    await models.locator('.models-list .table-row').filter({ hasText: 'FD004' }).click();
    await expect(facts).toContainText('rul-cmapss-fd004');
    await expect(facts).toContainText('折外 RMSE');
  });

  await test.step('the report is a page that names each of them', async () => {
    const download = page.waitForEvent('download');
    await models.getByRole('button', { name: '季度评估报告' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^model-evaluation-\d{4}Q[1-4]\.html$/);
    const text = readFileSync(await file.path(), 'utf8');
    for (const { id } of await known()) expect(text).toContain(id);
    expect(text).not.toMatch(/<script|https?:/);
  });

  await test.step('a reload without new files changes nothing and leaves no version to go back to', async () => {
    const before = (await known()).map(({ id, version, hash, state, previous }) => ({ id, version, hash, state, previous }));
    await models.getByRole('button', { name: '重载模型' }).click();
    await signIn(page, 'safety', '3333');
    expect((await known()).map(({ id, version, hash, state, previous }) => ({ id, version, hash, state, previous }))).toEqual(before);
    await expect(models.getByRole('button', { name: /^退回/ })).toHaveCount(0);
  });

  await test.step('a failure without a warning counts against the model', async () => {
    await models.getByRole('button', { name: '补记漏报…' }).click();
    await page.getByRole('dialog').getByRole('button').last().click();
    await expect(models.locator('.models-forecasts .table-row').filter({ hasText: '漏报' })).toHaveCount(1, { timeout: 15_000 });
    expect((await known()).find(({ id }) => id === 'rul-compressor')?.forecasts).toMatchObject({ missed: 1 });
  });

  await test.step('and all of it reads in English', async () => {
    await page.keyboard.press('l');
    await expect(models.getByRole('button', { name: 'Quarterly evaluation' })).toBeVisible();
    await expect(models.locator('.models-forecasts')).toContainText('missed', { ignoreCase: true });
    await expect(facts).toContainText('RMSE out of fold');
  });
});

import { Quality } from '../../src-shared/kernel/index.ts';
import { expect, test } from '../harness/test.ts';
import { signIn, watchStation } from './watch.ts';

test.use({ viewport: { width: 1920, height: 1080 } });

const TAG = 'AR-V-101A.PT1';

test('an installer browses a server, takes a tag off it, drafts it back, undoes, and trusts a certificate', async ({ app: { page, station } }) => {
  using link = watchStation(station!.url);
  const indexOf = async () => {
    const plant = await link.query('registry.plant', {});
    return plant.ok ? plant.value.tags.findIndex(({ id }) => id === TAG) : -1;
  };
  await expect.poll(indexOf).toBeGreaterThanOrEqual(0);
  const index = await indexOf();
  const live = link.series('values.live');
  const quality = () => live.column('quality')[index] ?? Number.NaN;
  const mapping = page.getByTestId('mapping');
  const detail = page.getByTestId('mapping-detail');
  const row = mapping.locator(`.table-row[data-key="${TAG}"]`);
  const nodes = mapping.locator('.panel').first().locator('.table-row');
  const tool = (name: string | RegExp) => mapping.getByRole('button', { name });

  await test.step('anybody may look at the server', async () => {
    await page.keyboard.press('8');
    await page.getByRole('radio', { name: '数据源接入' }).click();
    await expect(nodes.first()).toBeVisible({ timeout: 60_000 });
    const before = await nodes.count();
    await nodes.filter({ hasText: /滨海化工园|Binhai/ }).first().getByRole('button', { name: '展开或收起' }).click();
    await expect.poll(() => nodes.count(), { timeout: 30_000 }).toBeGreaterThan(before);
  });

  await test.step('an installer takes a tag off the server: nobody vouches for its value any longer', async () => {
    await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.good);
    await mapping.getByRole('searchbox').fill(TAG);
    await row.click();
    await detail.getByRole('button', { name: '不由此数据源提供' }).click();
    await tool('保存 1 处改动').click();
    await signIn(page, 'installer', '6666');
    await expect(mapping.getByText(/第 1 版 · /)).toBeVisible({ timeout: 30_000 });
    await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.stale);
  });

  await test.step('a draft finds its node again, and what is accepted and saved is live', async () => {
    await tool('自动匹配草稿').click({ timeout: 60_000 });
    await expect(mapping.getByText(/已查看 [\d  ]+ 个变量/)).toBeVisible({ timeout: 120_000 });
    // What was decided stands until somebody decides anew: the guess is only shown beside it.
    await expect(row).toContainText('100%');
    await row.click();
    await detail.getByRole('button', { name: '采用' }).first().click();
    await expect(detail).toContainText(`ns=1;s=${TAG}`);
    await tool('保存 1 处改动').click();
    await expect(mapping.getByText(/第 2 版 · /)).toBeVisible({ timeout: 30_000 });
    await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.good);
  });

  await test.step('each save can be undone', async () => {
    await tool('撤销上次保存').click();
    await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.stale);
    await tool('撤销上次保存').click();
    await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.good);
  });

  await test.step('a certificate is trusted after its fingerprint was shown', async () => {
    await page.getByRole('radio', { name: '证书信任' }).click();
    const certificate = page.locator('.table-row').filter({ hasText: 'dcs' });
    await certificate.first().click();
    await page.getByRole('button', { name: '信任…' }).click();
    await expect(page.getByRole('dialog')).toContainText(/SHA-1/);
    await page.getByRole('dialog').getByRole('button', { name: '信任', exact: true }).click();
    await expect(page.locator('.table-row').filter({ hasText: '已信任' }).first()).toBeVisible({ timeout: 30_000 });
    await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.good);
  });
});

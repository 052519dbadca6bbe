import { Quality } from '../../src-shared/kernel/index.ts';
import { expect, test } from '../harness/test.ts';
import { signIn, watchStation } from './watch.ts';

test.use({ viewport: { width: 1920, height: 1080 } });

const TAG = 'AR-V-101A.PT1';

/** What the page says, as far as this play needs it. */
const WORDS = {
  zh: { sources: '数据源接入', toggle: '展开或收起', takeOff: '不由此数据源提供', save: '保存 1 处改动', saved: (revision: number) => `第 ${String(revision)} 版 · `, draft: '自动匹配草稿', looked: /已查看 [\d  ]+ 个变量/, accept: '采用', undo: '撤销上次保存', certificates: '证书信任', trust: '信任…', trustNow: '信任', trusted: /已信任/ },
  en: { sources: 'Connect sources', toggle: 'Open or close', takeOff: 'Not from this source', save: 'Save 1 changes', saved: (revision: number) => `Revision ${String(revision)} · `, draft: 'Draft a mapping', looked: /[\d  ]+ variables looked at/, accept: 'Accept', undo: 'Undo last save', certificates: 'Certificates', trust: 'Trust…', trustNow: 'Trust', trusted: /Trusted/ },
} as const;

for (const language of ['zh', 'en'] as const) {
  const words = WORDS[language];
  test(`an installer browses a server, takes a tag off it, drafts it back, undoes, and trusts a certificate (${language})`, async ({ app: { page, station } }) => {
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
      if (language === 'en') await page.keyboard.press('l');
      await page.keyboard.press('8');
      await page.getByRole('radio', { name: words.sources }).click();
      await expect(nodes.first()).toBeVisible({ timeout: 60_000 });
      const before = await nodes.count();
      await nodes.filter({ hasText: /滨海化工园|Binhai/ }).first().getByRole('button', { name: words.toggle }).click();
      await expect.poll(() => nodes.count(), { timeout: 30_000 }).toBeGreaterThan(before);
    });

    await test.step('an installer takes a tag off the server: nobody vouches for its value any longer', async () => {
      await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.good);
      await mapping.getByRole('searchbox').fill(TAG);
      await row.click();
      await detail.getByRole('button', { name: words.takeOff }).click();
      await tool(words.save).click();
      await signIn(page, 'installer', '6666');
      await expect(mapping.getByText(words.saved(1))).toBeVisible({ timeout: 30_000 });
      await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.stale);
    });

    await test.step('a draft finds its node again, and what is accepted and saved is live', async () => {
      // A source that is taken up anew after the save answers no draft yet, and says so: it is asked again.
      await expect(async () => {
        await tool(words.draft).click();
        await expect(mapping.getByText(words.looked)).toBeVisible({ timeout: 20_000 });
      }).toPass({ timeout: 120_000 });
      // What was decided stands until somebody decides anew: the guess is only shown beside it.
      await expect(row).toContainText('100%');
      await row.click();
      await detail.getByRole('button', { name: words.accept }).first().click();
      await expect(detail).toContainText(`ns=1;s=${TAG}`);
      await tool(words.save).click();
      await expect(mapping.getByText(words.saved(2))).toBeVisible({ timeout: 30_000 });
      await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.good);
    });

    await test.step('each save can be undone', async () => {
      await tool(words.undo).click();
      // The next undo is of what the page shows.
      await expect(mapping.getByText(words.saved(3))).toBeVisible({ timeout: 30_000 });
      await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.stale);
      await tool(words.undo).click();
      await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.good);
    });

    await test.step('a certificate is trusted after its fingerprint was shown', async () => {
      await page.getByRole('radio', { name: words.certificates }).click();
      const certificate = page.locator('.table-row').filter({ hasText: 'dcs' });
      await certificate.first().click();
      await page.getByRole('button', { name: words.trust }).click();
      await expect(page.getByRole('dialog')).toContainText(/SHA-1/);
      await page.getByRole('dialog').getByRole('button', { name: words.trustNow, exact: true }).click();
      await expect(page.locator('.table-row').filter({ hasText: words.trusted }).first()).toBeVisible({ timeout: 30_000 });
      await expect.poll(quality, { timeout: 60_000 }).toBe(Quality.good);
    });
  });
}

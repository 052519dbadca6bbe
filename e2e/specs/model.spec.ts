import { expect, test } from '../harness/test.ts';
import { signIn, watchStation } from './watch.ts';

test.use({ viewport: { width: 1920, height: 1080 } });

const LIMITS = ['位号,报警类型,限值', 'AR-V-101A.PT1,高限,1.55', 'AR-V-101A.PT1,高高限,一点九'].join('\r\n');

test('a safety manager reads a file with a wrong row, applies the sound one by choice, and takes the version back', async ({ app: { page, station } }) => {
  using link = watchStation(station!.url);
  const limit = async () => {
    const plant = await link.query('registry.plant', {});
    return plant.ok ? plant.value.tags.find(({ id }) => id === 'AR-V-101A.PT1')?.alarms.find(({ kind }) => kind === 'HI')?.limit : undefined;
  };
  const set = page.getByTestId('change-set');
  const apply = set.getByRole('button', { name: '应用 1 项修改' });
  await expect.poll(limit).toBeGreaterThan(1);
  const before = await limit();

  await test.step('the file is read and previewed, and nothing is changed by that', async () => {
    await page.keyboard.press('9');
    await page.getByRole('radio', { name: '变更与导入' }).click();
    await page.getByTestId('import-file').setInputFiles({ name: '报警限.csv', mimeType: 'text/csv', buffer: Buffer.from(LIMITS) });
    await page.getByRole('dialog').getByRole('textbox').fill('按 HAZOP 建议下调');
    await page.getByRole('dialog').getByRole('button', { name: '读取' }).click();
    await signIn(page, 'safety', '3333');
    await expect(set).toBeVisible({ timeout: 60_000 });
    expect(await limit()).toBe(before);
  });

  await test.step('the wrong row is named with its line, field and reason', async () => {
    const refused = set.locator('.table-row').filter({ hasText: '拒绝' });
    await expect(refused).toHaveCount(1, { timeout: 30_000 });
    await expect(refused).toContainText('3');
    await expect(refused).toContainText('限值');
    await expect(refused).toContainText('“一点九”不是数字');
  });

  await test.step('the rest is applied only by explicit choice', async () => {
    await expect(apply).toBeDisabled();
    await set.getByRole('checkbox').check();
    await apply.click();
    await expect.poll(limit, { timeout: 30_000 }).toBe(1.55);
  });

  await test.step('the version says who, when and why, and is taken back', async () => {
    await page.getByRole('radio', { name: '版本' }).click();
    await expect(page.locator('.table-row').filter({ hasText: '按 HAZOP 建议下调' })).toContainText('周立新');
    await page.getByRole('button', { name: '撤销此版本…' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('值错了');
    await page.getByRole('dialog').getByRole('button', { name: /撤销/ }).click();
    await expect.poll(limit, { timeout: 30_000 }).toBe(before);
    await expect(page.locator('.table-row').filter({ hasText: '值错了' })).toContainText('撤销');
  });
});

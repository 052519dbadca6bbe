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

test('a way closed on the plan by a click is checked, applied and opened again; what is drawn by hand can be given up', async ({ app: { page, station } }) => {
  using link = watchStation(station!.url);
  const roads = async () => {
    const plant = await link.query('registry.plant', {});
    return plant.ok ? plant.value.walkways.edges.filter(({ kind }) => kind === 'road') : [];
  };
  await expect.poll(async () => (await roads()).length).toBeGreaterThan(0);
  const edge = (await roads())[0]!.id;
  const isBlocked = async () => (await roads()).find(({ id }) => id === edge)?.blocked === true;
  const ways = page.getByTestId('walkways');

  await test.step('a node is drawn by hand, named as a problem, and given up', async () => {
    await page.keyboard.press('9');
    await page.getByRole('radio', { name: '疏散通道' }).click();
    const nodes = await ways.locator('.walk-node').count();
    await ways.locator('svg').click({ modifiers: ['Shift'], position: { x: 40, y: 40 } });
    await expect(ways.locator('.walk-node')).toHaveCount(nodes + 1);
    await expect(page.getByTestId('walk-problems')).toContainText('不与任何通道相连');
    await ways.getByRole('button', { name: '放弃修改' }).click();
    await expect(ways.locator('.walk-node')).toHaveCount(nodes);
  });

  await test.step('the way is closed and saved with a reason; nothing changes before it is applied', async () => {
    // A level line has no height of its own, so it is clicked where it is drawn.
    const line = ways.locator('.walk-edge').filter({ hasText: `${edge} ·` });
    await line.evaluate((drawn) => drawn.scrollIntoView({ block: 'center' }));
    const box = await line.evaluate((drawn) => drawn.getBoundingClientRect().toJSON());
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await ways.getByRole('checkbox', { name: '封堵' }).check();
    await expect(line).toHaveAttribute('data-blocked', 'true');
    await ways.getByRole('textbox').last().fill('脚手架倒塌');
    await ways.getByRole('button', { name: '校验修改' }).click();
    await signIn(page, 'safety', '3333');
    await expect(page.getByTestId('change-set')).toBeVisible({ timeout: 60_000 });
    expect(await isBlocked()).toBe(false);
  });

  await test.step('it is applied, and the version taken back', async () => {
    await page.getByTestId('change-set').getByRole('button', { name: '应用 1 项修改' }).click();
    await expect.poll(isBlocked, { timeout: 30_000 }).toBe(true);
    await page.getByRole('radio', { name: '版本' }).click();
    await page.getByRole('button', { name: '撤销此版本…' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('已清理');
    await page.getByRole('dialog').getByRole('button', { name: /撤销/ }).click();
    await expect.poll(isBlocked, { timeout: 30_000 }).toBe(false);
  });
});

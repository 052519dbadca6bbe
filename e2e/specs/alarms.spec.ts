import { readFileSync } from 'node:fs';
import { expect, test } from '../harness/test.ts';
import { signIn, watchStation } from './watch.ts';

test.use({ scenario: 'alarm-flood' });

test('a flood is folded with nothing hidden, and every alarm key works', async ({ app: { page, station } }) => {
  using link = watchStation(station!.url);
  const alarms = link.table('alarms.active');
  const annunciator = link.value('alarms.annunciator');
  const open = () => alarms.rows().filter(({ state }) => state === 'unacknowledged' || state === 'returned');
  const selected = () => page.getByRole('row', { selected: true }).getAttribute('data-key');

  await test.step('the flood shows in the banner', async () => {
    await page.keyboard.press('2');
    await expect(page.getByTestId('flood')).toBeVisible({ timeout: 180_000 });
    await expect.poll(() => alarms.rows().length, { timeout: 60_000 }).toBeGreaterThan(100);
  });

  await test.step('by cause: the folds hold every alarm that is up, and opened they show each', async () => {
    await page.getByRole('radio', { name: '按首因' }).click();
    const held = () => page.evaluate<number>(`[...document.querySelectorAll('.table-row[data-look=first]')].reduce((sum, row) => sum + Math.max(1, [...row.querySelectorAll('.fold-counts > span')].reduce((all, each) => all + Number(each.lastChild.textContent), 0)), 0)`);
    const up = async () => (await page.getByTestId('banner-counts').locator('b').allTextContents()).reduce((sum, each) => sum + Number(each), 0);
    await expect.poll(async () => Math.abs((await held()) - (await up())) <= 3, { timeout: 20_000 }).toBe(true);
    await page.getByRole('button', { name: '全部展开' }).click();
    await expect(page.getByRole('button', { name: '全部收起' })).toBeVisible();
    await expect(page.locator('.fold-toggle[aria-expanded=false]')).toHaveCount(0);
    await page.getByRole('radio', { name: /^在报/ }).click();
  });

  await test.step('S silences, on any screen', async () => {
    await page.keyboard.press('3');
    // The next alarm of the flood ends the silence at once.
    let wasSilent = false;
    using watching = annunciator.subscribe(() => (wasSilent ||= annunciator.get()?.silenced === true));
    expect(watching).toBeDefined();
    await page.keyboard.press('s');
    await signIn(page, 'operator', '1111');
    await expect.poll(() => wasSilent).toBe(true);
  });

  await test.step('N goes to the next alarm, A acknowledges it', async () => {
    await page.keyboard.press('n');
    const first = await selected();
    await page.keyboard.press('n');
    const second = await selected();
    expect(second).not.toBe(first);
    await page.keyboard.press('a');
    await expect.poll(() => alarms.get(second ?? '')?.acknowledgedBy ?? null).not.toBeNull();
  });

  await test.step('G goes to its display', async () => {
    await page.keyboard.press('n');
    await page.keyboard.press('g');
    await expect(page.getByTestId('unit')).toBeVisible();
    await expect(page.getByTestId('detail')).toHaveAttribute('data-target', /^tag:/);
  });

  await test.step('Shift+A acknowledges what is in sight, and nothing below the edge', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    const button = page.getByTestId('acknowledge-page');
    await expect(button).toBeEnabled();
    const before = new Map(alarms.rows().map(({ id, acknowledgedBy }) => [id, acknowledgedBy]));
    const inSight = await page.evaluate<number>(`(() => { const head = document.querySelector('.table-head').getBoundingClientRect().bottom; const edge = document.querySelector('.alarm-list .table').getBoundingClientRect().bottom; return [...document.querySelectorAll('.table-row')].filter((row) => row.getBoundingClientRect().top >= head - 1 && row.getBoundingClientRect().bottom <= edge + 1).length; })()`);
    await page.keyboard.press('Shift+A');
    // Who acknowledges a high-high has acknowledged the high behind it, which stands on another list.
    const taken = () => alarms.rows().filter(({ id, state, acknowledgedBy }) => state !== 'suppressed' && acknowledgedBy !== null && (before.get(id) ?? null) === null).length;
    await expect.poll(taken).toBeGreaterThan(5);
    expect(taken()).toBeLessThanOrEqual(inSight);
    expect(open().length).toBeGreaterThan(0);
  });

  await test.step('H shelves from any screen, within the limits of the role', async () => {
    const worst = open().find(({ priority }) => priority === 1);
    if (worst !== undefined) {
      await page.keyboard.press('1');
      await page.keyboard.press('h');
      const dialog = page.getByRole('dialog', { name: '搁置报警' });
      await expect(dialog).toContainText('最长 120 分钟');
      await dialog.getByLabel('搁置原因').fill('校验仪表');
      await dialog.getByRole('button', { name: '搁置', exact: true }).click();
      await expect(page.locator('.notices')).toContainText('不能搁置优先级 1');
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('2');
    await page.getByLabel('优先级').selectOption('3');
    await page.locator('.table-row').first().click();
    const id = (await selected()) ?? '';
    await page.keyboard.press('h');
    const dialog = page.getByRole('dialog', { name: '搁置报警' });
    await dialog.getByLabel('搁置原因').fill('校验仪表');
    await page.keyboard.press('Enter');
    await expect.poll(() => alarms.get(id)?.state).toBe('shelved');
    await expect(page.getByTestId('set-aside')).toContainText('搁置 1');
    await page.getByLabel('优先级').selectOption('0');
    await page.getByRole('radio', { name: '已搁置 1' }).click();
    await expect(page.locator(`[data-key="${id}"]`)).toContainText('校验仪表');
  });
});

/** Runs at some 2.6 MPa on a normal day. */
const TAG = 'AU-R-101.PT1';
const ID = `${TAG}/HI`;

test.describe('settings', () => {
  test.use({ scenario: 'normal' });

  test('are exported, changed, previewed, applied and undone; tuned on the history; set aside with their lists', async ({ app: { page, station } }) => {
    using link = watchStation(station!.url);
    const alarms = link.table('alarms.active');
    const settings = link.value('alarms.settings');
    await page.keyboard.press('2');
    await page.keyboard.press('u');
    await signIn(page, 'safety', '3333');
    await page.getByRole('radio', { name: '报警设定' }).click();
    const view = page.getByTestId('alarm-settings');
    const imported = async (csv: string) => view.locator('input[type=file]').setInputFiles({ name: 'alarms.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });

    const csv = await test.step('export', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), view.getByRole('button', { name: '导出 CSV' }).click()]);
      return readFileSync(await download.path(), 'utf8');
    });
    const [header = '', first = '', ...rest] = csv.split('\r\n');
    const columns = header.replace('\uFEFF', '').split(',');
    const withCell = (name: string, value: string) => {
      const cells = first.split(',');
      cells[columns.indexOf(name)] = value;
      return [header, cells.join(','), ...rest].join('\r\n');
    };

    await test.step('the same file changes nothing; a wrong one names its line and field', async () => {
      await imported(csv);
      await expect(page.getByTestId('alarm-settings-preview')).toContainText('修改 0 条，错误 0 条');
      await imported(withCell('suppressWhen', 'NO-SUCH-TAG = 1'));
      await expect(page.getByTestId('alarm-settings-preview')).toContainText('错误 1 条');
      await expect(view).toContainText('厂区模型没有 NO-SUCH-TAG');
      await expect(view.getByRole('button', { name: /^应用/ })).toBeDisabled();
    });

    /** The file with other cells of one alarm; none of the cells it touches is quoted. */
    const changed = (tag: string, kind: string, cells: Readonly<Record<string, string>>) => {
      const at = csv.split('\r\n').findIndex((line) => line.startsWith(`${tag},${kind},`));
      const fields = (csv.split('\r\n')[at] ?? '').split(',');
      for (const [name, value] of Object.entries(cells)) fields[columns.indexOf(name)] = value;
      return csv.split('\r\n').with(at, fields.join(',')).join('\r\n');
    };

    await test.step('a changed one is previewed, applied and undone', async () => {
      await imported(withCell('reviewedOn', '2026-05-12'));
      await expect(view.locator('.table-row')).toContainText(['2026-05-12']);
      await view.getByRole('button', { name: '应用 1 条修改' }).click();
      await expect.poll(() => settings.get()?.overrides).toBe(1);
      await view.getByRole('button', { name: '撤销上次导入' }).click();
      await expect.poll(() => settings.get()?.overrides).toBe(0);
    });

    await test.step('a limit below the present value raises its alarm at once', async () => {
      await imported(changed(TAG, 'HI', { limit: '1.5' }));
      await view.getByRole('button', { name: '应用 1 条修改' }).click();
      await expect.poll(() => alarms.get(ID)?.state).toBe('unacknowledged');
      await page.getByRole('radio', { name: /^在报/ }).click();
      await page.locator(`[data-key="${ID}"]`).click();
    });

    const guidance = page.locator('.alarm-guidance');
    const decide = async (reason: string) => {
      await page.getByRole('dialog').getByLabel('原因', { exact: true }).fill(reason);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
    };

    await test.step('out of service: on a list of its own, counted, with who and why, until it is returned', async () => {
      await guidance.getByRole('button', { name: '停用…' }).click();
      await decide('变送器拆检');
      await page.getByRole('radio', { name: '停用 1' }).click();
      await expect(page.locator(`[data-key="${ID}"]`)).toContainText('变送器拆检');
      await expect(page.getByTestId('set-aside')).toContainText('停用 1');
      await guidance.getByRole('button', { name: '投用' }).click();
      await expect.poll(() => alarms.get(ID)?.state).toBe('unacknowledged');
    });

    await test.step('equipment out of operation: its alarms are suppressed by design, and say so', async () => {
      await page.getByRole('radio', { name: /^在报/ }).click();
      await guidance.getByRole('button', { name: '设备停运…' }).click();
      await decide('反应器检修');
      await expect.poll(() => alarms.get(ID)?.state).toBe('suppressed');
      await page.getByRole('radio', { name: /^抑制/ }).click();
      await expect(page.locator(`[data-key="${ID}"]`)).toContainText('停运');
      await page.locator('.out-of-operation').getByRole('button', { name: '恢复运行' }).click();
      await decide('检修完成');
      await expect.poll(() => alarms.get(ID)?.state).toBe('unacknowledged');
    });

    await test.step('the tuner shows what other settings would have done before it saves them', async () => {
      await page.getByRole('radio', { name: /^在报/ }).click();
      await page.locator(`[data-key="${ID}"]`).click();
      await guidance.getByRole('button', { name: '整定…' }).click();
      const dialog = page.getByRole('dialog', { name: '报警整定' });
      await expect(dialog.getByTestId('tune-result')).toContainText('报警 1 次');
      await dialog.getByLabel(/^限值/).fill('2.99');
      await expect(dialog.getByTestId('tune-result')).toContainText('报警 0 次');
      await dialog.getByLabel('整定原因').fill('恢复原限值');
      await dialog.getByRole('button', { name: '保存设定' }).click();
      await expect(dialog).toBeHidden();
      await expect.poll(() => alarms.get(ID)?.limit ?? 2.99).toBe(2.99);
      const ledger = await link.query('ledger.entries', { limit: 20 });
      expect(ledger.ok && ledger.value.map(({ kind }) => kind)).toContain('alarm.settings.tuned');
    });
  });
});

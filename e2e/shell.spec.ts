import { expect, test } from './harness/test.ts';

/** The desktop shell itself, with the built main process, preload and pages: what a page may and may not, and how windows live. */
test.describe('desktop shell @desktop', () => {
  test.use({ monitors: 2 });

  test('locks its pages in', async ({ app: { page, shell } }) => {
    const record = await shell!.record();
    expect(record.sandboxEnabled).toBe(true);
    expect(record.menu).toBe('none');
    for (const { webPreferences } of record.windows) expect(webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });

    expect(await page.evaluate('[typeof require, typeof process, typeof module, typeof __standinFromMain]')).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
    // The policy stops script that is not a file of ours.
    expect(await page.evaluate('document.body.append(Object.assign(document.createElement("script"), { textContent: "window.injected = true" })), typeof window.injected')).toBe('undefined');
    expect(await page.evaluate('(() => { try { return eval("1") } catch (error) { return error.name } })()')).toBe('EvalError');
  });

  test('keeps its pages where they are', async ({ app: { page, shell } }) => {
    const before = page.url();
    await page.evaluate('void window.open("https://elsewhere.example/popup")');
    await page.evaluate('void (location.href = "https://elsewhere.example/page")');
    expect(await page.evaluate('fetch("https://elsewhere.example/data").then(() => "fetched", () => "stopped")')).toBe('stopped');
    await expect.poll(async () => (await shell!.record()).stoppedNavigations).toEqual(['https://elsewhere.example/page']);
    expect((await shell!.record()).deniedWindows).toEqual(['https://elsewhere.example/popup']);
    await expect.poll(() => shell!.pages().length).toBe((await shell!.record()).windows.filter(({ open }) => open).length);
    expect(page.url()).toBe(before);
  });

  test('denies permissions, devices and downloads', async ({ app: { shell } }) => {
    const url = 'anlan://app/index.html';
    for (const permission of ['media', 'geolocation', 'notifications', 'midi', 'clipboard-read', 'openExternal', 'device']) expect(await shell!.ask({ ask: 'permission', url, permission }), permission).toBe(false);
    expect(await shell!.ask({ ask: 'permission', url, permission: 'fullscreen' })).toBe(true);
    expect(await shell!.ask({ ask: 'permission', url: 'https://elsewhere.example', permission: 'fullscreen' })).toBe(false);
    expect(await shell!.ask({ ask: 'download' })).toBe(true);
  });

  test('opens a window per display and rescues one whose monitor goes', async ({ app: { shell } }) => {
    const opened = (await shell!.record()).windows;
    expect(opened.map(({ bounds }) => bounds.x)).toEqual(opened.map((_window, place) => place * 1280));
    expect((await shell!.record()).displaySleepPrevented).toBe(true);
    await shell!.ask({ ask: 'monitors', count: 1 });
    for (const { bounds, open } of (await shell!.record()).windows) {
      expect(open).toBe(true);
      expect(bounds.x + bounds.width).toBeLessThanOrEqual(1280);
    }
  });

  test('loads a page again that died', async ({ app: { shell } }) => {
    const [first] = (await shell!.record()).windows;
    await shell!.ask({ ask: 'crash', window: first!.id });
    await expect.poll(async () => (await shell!.record()).windows.find(({ id }) => id === first!.id)?.loads).toBe(2);
    await expect((await shell!.page(0)).locator('body')).not.toBeEmpty();
  });

  test('runs once over the same data', async ({ app: { shell } }) => {
    expect(await shell!.second()).toBe(0);
    expect((await shell!.record()).windows.length).toBeGreaterThan(0);
  });
});

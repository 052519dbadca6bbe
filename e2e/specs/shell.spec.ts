import { expect, test } from '../harness/test.ts';

/** The desktop shell itself, with the built main process, preload and pages: what a page may and may not, and how windows live. */
test.describe('desktop shell @desktop', () => {
  test.use({ monitors: 2, kiosk: true });

  test('locks its pages in', async ({ app: { page, shell } }) => {
    await test.step('no Node, no preload, no script but our files', async () => {
      const record = await shell!.record();
      expect(record.sandboxEnabled).toBe(true);
      expect(record.menu).toBe('none');
      for (const { webPreferences } of record.windows) expect(webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
      expect(await page.evaluate('[typeof require, typeof process, typeof module, typeof __standinFromMain]')).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
      expect(await page.evaluate('document.body.append(Object.assign(document.createElement("script"), { textContent: "window.injected = true" })), typeof window.injected')).toBe('undefined');
      // From a timer: what DevTools evaluates itself is exempt from the policy.
      expect(await page.evaluate('new Promise((done) => setTimeout(() => { try { done(eval("1")) } catch (error) { done(error.name) } }))')).toBe('EvalError');
    });

    await test.step('no other page, window or server', async () => {
      const before = page.url();
      await page.evaluate('void window.open("https://elsewhere.example/popup")');
      await page.evaluate('void (location.href = "https://elsewhere.example/page")');
      expect(await page.evaluate('fetch("https://elsewhere.example/data").then(() => "fetched", () => "stopped")')).toBe('stopped');
      await expect.poll(async () => (await shell!.record()).stoppedNavigations).toEqual(['https://elsewhere.example/page']);
      const { deniedWindows, windows } = await shell!.record();
      expect(deniedWindows).toEqual(['https://elsewhere.example/popup']);
      await expect.poll(() => shell!.pages().length).toBe(windows.filter(({ open, shown }) => open && shown).length);
      expect(page.url()).toBe(before);
    });

    await test.step('no permission, device or foreign download', async () => {
      const url = 'anlan://app/index.html';
      for (const permission of ['media', 'geolocation', 'notifications', 'midi', 'clipboard-read', 'openExternal', 'device']) expect(await shell!.ask({ ask: 'permission', url, permission }), permission).toBe(false);
      expect(await shell!.ask({ ask: 'permission', url, permission: 'fullscreen' })).toBe(true);
      expect(await shell!.ask({ ask: 'permission', url: 'https://elsewhere.example', permission: 'fullscreen' })).toBe(false);
      expect(await shell!.ask({ ask: 'download', url: 'https://elsewhere.example/tool.exe' })).toBe(true);
      expect(await shell!.ask({ ask: 'download', url: 'blob:anlan://app/0d0f' }), 'an exported record').toBe(false);
    });
  });

  test('keeps its windows on their monitors and alive', async ({ app: { shell } }) => {
    await test.step('a window per display, awake, in kiosk mode as asked for', async () => {
      // A window shows when its first page is ready, the second later than the first on a loaded machine; the annunciator never does.
      await expect.poll(async () => (await shell!.record()).windows.filter(({ open, shown }) => open && !shown).length, 'the annunciator').toBe(1);
      const { windows: every, displaySleepPrevented } = await shell!.record();
      const windows = every.filter(({ open, shown }) => open && shown);
      expect(windows.map(({ kiosk }) => kiosk)).toEqual(windows.map(() => true));
      expect(windows.map(({ bounds }) => bounds.x)).toEqual(windows.map((_window, place) => place * 1280));
      expect(displaySleepPrevented).toBe(true);
    });

    await test.step('once over the same data', async () => expect(await shell!.second()).toBe(0));

    await test.step('a window whose monitor goes is rescued', async () => {
      await shell!.ask({ ask: 'monitors', count: 1 });
      for (const { bounds, open } of (await shell!.record()).windows.filter(({ shown }) => shown)) {
        expect(open).toBe(true);
        expect(bounds.x + bounds.width).toBeLessThanOrEqual(1280);
      }
    });

    await test.step('a page that dies is loaded again', async () => {
      const [first] = (await shell!.record()).windows.filter(({ shown }) => shown);
      await shell!.ask({ ask: 'crash', window: first!.id });
      await expect.poll(async () => (await shell!.record()).windows.find(({ id }) => id === first!.id)?.loads).toBe(2);
      await expect.poll(async () => (await shell!.page(0)).getByTestId('ground').isVisible()).toBe(true);
    });
  });
});

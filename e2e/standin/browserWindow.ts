import { EventEmitter } from 'node:events';
import type { CDPSession, Page } from 'playwright';
import { app } from './app.ts';
import { browser, decideNavigation, decidePopup, toOwn, toPlayed } from './browser.ts';
import type { MessagePortMain } from './messageChannel.ts';
import { PRELOAD_WORLD, preloadWorldSource, TO_MAIN, type FromPage, type ToPage } from './preloadWorld.ts';
import { record, recordWindow } from './record.ts';
import { decode, encode } from './wire.ts';

type Options = { readonly x?: number; readonly y?: number; readonly width?: number; readonly height?: number; readonly kiosk?: boolean; readonly webPreferences?: { readonly preload?: string } & Readonly<Record<string, unknown>> };
type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

export const ipcMain = new EventEmitter();
const windows = new Set<BrowserWindow>();
let count = 0;

class WebContents extends EventEmitter {
  readonly id: number;
  readonly #window: BrowserWindow;
  openHandler: OpenHandler = () => ({ action: 'allow' });
  constructor(window: BrowserWindow, id: number) {
    super();
    this.#window = window;
    this.id = id;
  }
  getURL() {
    return this.#window.page === null ? '' : toOwn(this.#window.page.url());
  }
  setWindowOpenHandler(handler: OpenHandler) {
    this.openHandler = handler;
  }
  forcefullyCrashRenderer() {
    void this.#window.crash();
  }
}

export class BrowserWindow extends EventEmitter {
  readonly id = (count += 1);
  readonly webContents: WebContents = new WebContents(this, this.id);
  page: Page | null = null;
  readonly #options: Options;
  #line: CDPSession | null = null;
  /** Execution context of the preload's world in the page as it stands. */
  #world: number | null = null;
  #queue: ToPage[] = [];
  #sending = false;
  #ports = new Map<number, ReturnType<MessagePortMain['transfer']>>();
  #nextPort = 0;
  #bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  #kiosk: boolean;
  #shown = false;
  /** What the shell said of the last popup that the page asked for. */
  allowsPopup = false;
  #loads = 0;
  /** Pages are opened and closed one after the other. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: Options = {}) {
    super();
    this.#options = options;
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.#kiosk = options.kiosk ?? false;
    windows.add(this);
    this.#record();
    app.emit('web-contents-created', {}, this.webContents);
  }
  static getAllWindows() {
    return [...windows];
  }
  static owning(page: Page) {
    return [...windows].find((window) => window.page === page);
  }

  loadURL(url: string): Promise<void> {
    const loaded = this.#work.then(() => this.#load(url));
    this.#work = loaded.catch(() => undefined);
    return loaded;
  }
  async #load(url: string) {
    if (!windows.has(this)) return;
    this.#loads += 1;
    if (this.page === null) await this.#openPage();
    await this.page?.goto(toPlayed(url), { waitUntil: 'domcontentloaded' });
    this.#record(url);
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }
  async #openPage() {
    const context = await browser();
    const page = await context.newPage();
    this.page = page;
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height });
    page.on('close', () => this.page === page && this.#closed());
    page.on('crash', () => this.#crashed(page));
    const { preload } = this.#options.webPreferences ?? {};
    if (preload === undefined) return;
    const line = await context.newCDPSession(page);
    this.#line = line;
    line.on('Runtime.executionContextCreated', ({ context: { id, name } }) => {
      if (name === PRELOAD_WORLD) this.#world = id;
    });
    line.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (this.#world === executionContextId) this.#world = null;
    });
    line.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === TO_MAIN) this.#receive(JSON.parse(payload) as FromPage, executionContextId);
    });
    line.on('Page.windowOpen', ({ url: wanted }) => {
      this.allowsPopup = this.webContents.openHandler({ url: toOwn(wanted) }).action === 'allow';
      if (!this.allowsPopup) record.deniedWindows.push(toOwn(wanted));
    });
    await line.send('Page.enable');
    await line.send('Runtime.enable');
    await line.send('Runtime.addBinding', { name: TO_MAIN, executionContextName: PRELOAD_WORLD });
    await line.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadWorldSource(preload), worldName: PRELOAD_WORLD });
  }

  #receive(message: FromPage, world: number) {
    switch (message.kind) {
      case 'loaded':
        this.#world = world;
        this.#closePorts();
        return;
      case 'send':
        ipcMain.emit(message.channel, { sender: this.webContents, senderFrame: this.#frame() }, ...(decode(message.arguments) as unknown[]));
        return;
      case 'port':
        this.#ports.get(message.port)?.post(decode(message.message));
        return;
      case 'portClosed':
        this.#ports.get(message.port)?.close();
        this.#ports.delete(message.port);
    }
  }
  #frame() {
    return {
      url: this.webContents.getURL(),
      parent: null,
      postMessage: (channel: string, message: unknown, ports: readonly MessagePortMain[] = []) => {
        const ids = ports.map((port) => {
          const id = (this.#nextPort += 1);
          this.#ports.set(id, port.transfer((value) => this.#deliver({ kind: 'port', port: id, message: encode(value) })));
          return id;
        });
        this.#deliver({ kind: 'event', channel, message: encode(message), ports: ids });
      },
    };
  }
  /** In order and complete: what comes while a batch is under way goes with the next. */
  #deliver(message: ToPage) {
    this.#queue.push(message);
    if (!this.#sending) void this.#flush();
  }
  async #flush() {
    this.#sending = true;
    while (this.#queue.length > 0 && this.#line !== null && this.#world !== null) {
      const batch = this.#queue.splice(0);
      const sent = this.#line.send('Runtime.evaluate', { expression: `__standinFromMain(${JSON.stringify(batch)})`, contextId: this.#world });
      // A page that goes away meanwhile takes its messages with it, as in Electron.
      await ignoreGone(sent);
    }
    this.#sending = false;
  }
  #closePorts() {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
    this.#queue = [];
  }

  async crash() {
    if (this.#line !== null) await ignoreGone(this.#line.send('Page.crash'));
  }
  /** A crashed page cannot be loaded again in Chromium as it can in Electron: the window gets a fresh one. */
  #crashed(page: Page) {
    this.page = null;
    this.#line = null;
    this.#world = null;
    this.#closePorts();
    void ignoreGone(page.close());
    this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  }

  show() {
    this.#shown = true;
    this.#record();
  }
  focus() {
    if (this.page !== null) void ignoreGone(this.page.bringToFront());
    this.emit('focus');
  }
  isMinimized() {
    return false;
  }
  restore() {}
  isDestroyed() {
    return !windows.has(this);
  }
  setBounds(bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }) {
    this.#bounds = bounds;
    if (this.page !== null) void ignoreGone(this.page.setViewportSize({ width: bounds.width, height: bounds.height }));
    this.#record();
  }
  setKiosk(kiosk: boolean) {
    this.#kiosk = kiosk;
    this.#record();
  }
  destroy() {
    if (this.page !== null) void ignoreGone(this.page.close());
    this.#closed();
  }
  #closed() {
    if (!windows.delete(this)) return;
    this.#closePorts();
    this.#record();
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
  #record(url?: string) {
    const known = record.windows.find(({ id }) => id === this.id);
    recordWindow({ id: this.id, url: url ?? known?.url ?? '', webPreferences: this.#options.webPreferences ?? {}, bounds: this.#bounds, kiosk: this.#kiosk, shown: this.#shown, open: windows.has(this), loads: this.#loads });
  }
}

/** Waits for what is asked of a page that may go away meanwhile. */
const ignoreGone = async (asked: Promise<unknown>): Promise<void> => {
  try {
    await asked;
  } catch (error) {
    if (!/closed|crashed|Cannot find context|detached/.test(String(error))) throw error;
  }
};

decideNavigation((page, url) => {
  const contents = BrowserWindow.owning(page)?.webContents;
  if (contents === undefined || contents.getURL() === '' || contents.getURL() === 'about:blank') return true;
  let stopped = false;
  for (const event of ['will-frame-navigate', 'will-navigate']) contents.emit(event, { url, preventDefault: () => (stopped = true) });
  return !stopped;
});
decidePopup((page, opener) => {
  if (BrowserWindow.owning(opener)?.allowsPopup === false) void ignoreGone(page.close());
});

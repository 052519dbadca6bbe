import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeBrowser } from './browser.ts';
import { record } from './record.ts';
import { closeRegistration } from './session.ts';

const entryLoaded = new Promise<void>((resolve) => Object.assign(globalThis, { [Symbol.for('anlan.standin.entryLoaded')]: resolve }));

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = { hasSwitch: (name: string) => process.argv.includes(`--${name}`) };
  #paths = new Map<string, string>();
  #ready = false;
  #quitting = false;

  getPath(name: string) {
    return this.#paths.get(name) ?? join(process.cwd(), 'test-results', 'standin', name);
  }
  setPath(name: string, path: string) {
    if (!existsSync(path)) throw new Error(`setPath: there is no folder ${path}`);
    this.#paths.set(name, path);
  }
  getAppPath() {
    return process.cwd();
  }
  getVersion() {
    return '0.0.0-standin';
  }
  enableSandbox() {
    if (this.#ready) throw new Error('enableSandbox comes before ready');
    record.sandboxEnabled = true;
  }
  isReady() {
    return this.#ready;
  }
  async whenReady() {
    await entryLoaded;
    closeRegistration();
    this.#ready = true;
  }
  /** One instance per user-data folder, as in Electron. The holder's process id stands in a file; a second one touches another, which the holder watches. */
  requestSingleInstanceLock() {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const [holder, knock] = [join(folder, 'standin.holder'), join(folder, 'standin.knock')];
    if (existsSync(holder) && isAlive(Number(readFileSync(holder, 'utf8')))) {
      writeFileSync(knock, String(process.pid));
      return false;
    }
    writeFileSync(holder, String(process.pid));
    watch(folder, (_event, file) => file === 'standin.knock' && this.emit('second-instance', {}, [], '')).unref();
    return true;
  }
  quit() {
    if (this.#quitting) return;
    let stopped = false;
    this.emit('before-quit', { preventDefault: () => (stopped = true) });
    if (stopped) return;
    this.#quitting = true;
    this.emit('will-quit', { preventDefault: () => undefined });
    this.emit('quit', {}, 0);
    this.exit(0);
  }
  exit(code = 0) {
    void closeBrowser().finally(() => process.exit(code));
  }
}
export const app = new App();

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
};

export const Menu = {
  setApplicationMenu: (menu: unknown) => void (record.menu = menu === null ? 'none' : 'own'),
};

export const powerSaveBlocker = {
  start(kind: string) {
    if (kind === 'prevent-display-sleep') record.displaySleepPrevented = true;
    return 1;
  },
  stop() {
    record.displaySleepPrevented = false;
  },
};

type Display = { readonly id: number; readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } };
const WIDTH = 1280;
const HEIGHT = 800;

class Screen extends EventEmitter {
  /** Monitors side by side, the first the primary; `STANDIN_MONITORS` says how many there are at the start. */
  #displays = monitors(Number(process.env.STANDIN_MONITORS ?? 1));
  getPrimaryDisplay() {
    return this.#displays[0];
  }
  getAllDisplays() {
    return this.#displays;
  }
  setMonitors(count: number) {
    const before = this.#displays;
    this.#displays = monitors(count);
    for (const gone of before.slice(count)) this.emit('display-removed', {}, gone);
    for (const added of this.#displays.slice(before.length)) this.emit('display-added', {}, added);
  }
}
const monitors = (count: number): readonly Display[] => Array.from({ length: count }, (_, place) => ({ id: place + 1, bounds: { x: place * WIDTH, y: 0, width: WIDTH, height: HEIGHT } }));
export const screen = new Screen();

export const dialog = {
  showErrorBox: (title: string, content: string) => void record.errors.push(`${title}: ${content}`),
};

import { BrowserWindow } from 'electron';
import { createScope, SECOND, type Clock, type Disposable, type Log } from '../../src-shared/kernel/index.ts';
import { PAGE_ORIGIN } from './pages.ts';
import { createRecovery } from './recovery.ts';

export type AnnunciatorInput = { readonly preload: string; isAnnunciatorAlive(): boolean; readonly clock: Clock; readonly log: Log };

/** The station hears nothing of it for this long: it hangs, whatever Chromium says. Loading on a slow machine takes some of it. */
const SILENT_MS = 30 * SECOND;
const LOOK_MS = 2 * SECOND;

/**
 * A hidden window whose only page sounds the alarms, in a renderer process of its own: sound and nag outlive every window that people see. A page that
 * died is loaded again; one that the station no longer hears is ended first.
 */
export const openAnnunciator = ({ preload, isAnnunciatorAlive, clock, log }: AnnunciatorInput): Disposable => {
  const window = new BrowserWindow({
    width: 320,
    height: 200,
    show: false,
    title: 'Anlan annunciator',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false, spellcheck: false, devTools: false, autoplayPolicy: 'no-user-gesture-required', backgroundThrottling: false },
  });
  const scope = createScope();
  let heardAt = clock.monotonic();
  const load = () => {
    heardAt = clock.monotonic();
    window.loadURL(`${PAGE_ORIGIN}/annunciator.html?display=annunciator`).catch((error: unknown) => failed('the annunciator did not load', { error: String(error) }));
  };
  const recovery = scope.add(createRecovery(clock, load));
  const failed = (what: string, detail: Readonly<Record<string, unknown>>) => {
    heardAt = clock.monotonic();
    const waits = recovery.failed();
    if (waits !== null) log.error(`${what}; it is loaded again`, { ...detail, waits });
  };
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason !== 'clean-exit') failed('the annunciator died', { reason, exitCode });
  });
  scope.add(
    clock.every(LOOK_MS, () => {
      if (isAnnunciatorAlive()) heardAt = clock.monotonic();
      else if (clock.monotonic() - heardAt > SILENT_MS) {
        log.error('the annunciator is not heard; it is ended');
        heardAt = clock.monotonic();
        window.webContents.forcefullyCrashRenderer();
      }
    }),
  );
  window.on('closed', () => scope[Symbol.dispose]());
  load();
  return {
    [Symbol.dispose]() {
      if (!window.isDestroyed()) window.destroy();
    },
  };
};

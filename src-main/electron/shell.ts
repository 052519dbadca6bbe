import { mkdirSync } from 'node:fs';
import { app, Menu, powerSaveBlocker, session } from 'electron';
import { createScope, type Clock, type Disposable, type Log, type Port } from '../../src-shared/kernel/index.ts';
import { openAnnunciator } from './annunciator.ts';
import { guardContents, guardSession } from './guards.ts';
import { serveLines } from './lines.ts';
import { registerPageScheme, servePages } from './pages.ts';
import { openWindows, type Display, type Windows } from './windows.ts';

export type ShellInput = {
  /** Folder of the built pages and file of the built preload. */
  readonly pages: string;
  readonly preload: string;
  readonly displays: readonly Display[];
  readonly kiosk: boolean;
  readonly developer: boolean;
  serve(port: Port, window: string): Disposable;
  /** Whether the shell's annunciator confirms to the station that it is alive. */
  isAnnunciatorAlive(): boolean;
  readonly clock: Clock;
  readonly log: Log;
};

/** What must be said before Electron is ready. False when another instance over the same data runs: this one has to end. */
export const prepareShell = (userData: string): boolean => {
  mkdirSync(userData, { recursive: true });
  app.setPath('userData', userData);
  app.enableSandbox();
  registerPageScheme();
  return app.requestSingleInstanceLock();
};

/** Shows the station on every monitor until disposed; resolves when its first page is on screen. */
export const startShell = async (input: ShellInput): Promise<Disposable> => {
  const { log } = input;
  const scope = createScope();
  await app.whenReady();
  Menu.setApplicationMenu(null);
  guardContents(app, log);
  guardSession(session.defaultSession, log);
  servePages(session.defaultSession, input.pages);
  scope.add(serveLines((port, window) => input.serve(port, window), log));

  const blocker = powerSaveBlocker.start('prevent-display-sleep');
  scope.add({ [Symbol.dispose]: () => void powerSaveBlocker.stop(blocker) });

  const annunciator = scope.add(openAnnunciator(input));
  // With the last window that people see goes the one that nobody sees, and with that the application.
  const windows: Windows = scope.add(openWindows({ ...input, onAllClosed: () => annunciator[Symbol.dispose]() }));
  app.on('second-instance', () => windows.focus());
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.error('a helper process died', { type, reason, exitCode });
  });
  await windows.shown;
  return scope;
};

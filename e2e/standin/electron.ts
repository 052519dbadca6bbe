/**
 * Plays the `electron` module for the built main process: windows are pages of Debian's Chromium, the preload runs in an isolated world, ports
 * carry structured-clone values. It exports what the shell uses and no more: an import of anything else fails at once. What it cannot prove
 * (Electron's own binary, its sandbox, packaging) is listed in e2e/README.md.
 */
import { app, screen } from './app.ts';
import { BrowserWindow } from './browserWindow.ts';
import { record } from './record.ts';
import { isPermitted, stopsDownload } from './session.ts';

export { app, dialog, Menu, powerSaveBlocker, screen } from './app.ts';
export { BrowserWindow, ipcMain } from './browserWindow.ts';
export { MessageChannelMain } from './messageChannel.ts';
export { protocol, session } from './session.ts';

/** What a spec may ask of the stand-in over the process channel. */
export type Question =
  | { readonly ask: 'record' }
  | { readonly ask: 'permission'; readonly url: string; readonly permission: string }
  | { readonly ask: 'download'; readonly url: string }
  | { readonly ask: 'monitors'; readonly count: number }
  | { readonly ask: 'crash'; readonly window: number };

const answer = async (question: Question): Promise<unknown> => {
  switch (question.ask) {
    case 'record':
      return record;
    case 'permission':
      return isPermitted(question.url, question.permission);
    case 'download':
      return stopsDownload(question.url);
    case 'monitors':
      return screen.setMonitors(question.count);
    case 'crash':
      return BrowserWindow.getAllWindows().find(({ id }) => id === question.window)?.crash();
  }
};

process.on('message', (message: { readonly question: Question; readonly number: number }) => {
  void answer(message.question).then((value) => process.send?.({ number: message.number, value }));
});
process.on('disconnect', () => app.exit(0));
process.channel?.unref();

import { ipcMain, MessageChannelMain } from 'electron';
import { disposable, type Disposable, type Log, type Port } from '../../src-shared/kernel/index.ts';
import { messagePort } from '../bridge/messagePort.ts';
import { isOurPage } from './guards.ts';

/**
 * Gives each page that asks (`connect`) a fresh line to the station: one end to the station, the other to the page's preload as `port`.
 * Only the main frame of one of our own pages is answered.
 */
export const serveLines = (serve: (port: Port, window: string) => Disposable, log: Log): Disposable => {
  const connect = (event: Electron.IpcMainEvent) => {
    const { senderFrame: frame, sender } = event;
    if (frame === null || frame.parent !== null || !isOurPage(frame.url)) return log.warn('a line was asked for by a page that is not ours', { url: frame?.url });
    const { port1, port2 } = new MessageChannelMain();
    serve(messagePort(port1), new URL(frame.url).searchParams.get('display') ?? `window-${sender.id}`);
    frame.postMessage('port', null, [port2]);
  };
  ipcMain.on('connect', connect);
  return disposable(() => ipcMain.off('connect', connect));
};

// Electron's entry: one instance, the station in this process, a window per display of the site file.
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { boot, type Booted } from './boot.ts';
import { ownArguments } from './electron/arguments.ts';
import { prepareShell, startShell } from './electron/shell.ts';
import { installationOf } from './platform/installation.ts';

const installation = installationOf(import.meta.url);
const dataDir = process.env.ANLAN_DATA_DIR ?? (app.isPackaged ? join(app.getPath('appData'), 'anlan') : installation.data);

const run = async ({ station, site, clock, log, ...booted }: Booted) => {
  const shell = await startShell({
    pages: installation.pages,
    preload: installation.preload,
    displays: site.displays,
    kiosk: app.commandLine.hasSwitch('kiosk'),
    developer: !app.isPackaged,
    serve: (port, window) => station.serve(port, { transport: 'messageport', window }),
    clock,
    log,
  });
  let ended = false;
  const end = (code: number) => {
    if (ended) return;
    ended = true;
    shell[Symbol.dispose]();
    booted[Symbol.dispose]();
    app.exit(code);
  };
  app.on('window-all-closed', () => end(0));
  app.on('before-quit', () => end(0));
  process.on('SIGTERM', () => end(0));
  process.on('SIGINT', () => end(0));
  process.on('uncaughtException', (error) => {
    log.error('the station failed', { error: error.stack });
    end(1);
  });
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
};

if (!prepareShell(join(dataDir, 'electron'))) app.exit(0);
else {
  const booted = boot({ argv: ownArguments(process.argv), env: process.env, defaults: { dataDir, shell: 'electron' } });
  if (booted.ok) await run(booted.value);
  else {
    process.stderr.write(`${booted.refusal.text.en}\n`);
    dialog.showErrorBox('Anlan 安澜', `${booted.refusal.text.zh}\n\n${booted.refusal.text.en}`);
    app.exit(2);
  }
}

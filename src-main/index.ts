// Electron's entry: one instance, the station in this process, a window per display of the site file.
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { createScope, type Refusal } from '../src-shared/kernel/index.ts';
import { boot, type Booted } from './boot.ts';
import { ownArguments } from './electron/arguments.ts';
import { prepareShell, startShell } from './electron/shell.ts';
import { startChosenSite } from './electron/siteChoice.ts';
import { installationOf } from './platform/installation.ts';

const installation = installationOf(import.meta.url);
const dataDir = process.env.ANLAN_DATA_DIR ?? (app.isPackaged ? join(app.getPath('appData'), 'anlan') : installation.data);

const run = async (booted: Booted) => {
  const { station, site, clock, log } = booted;
  const scope = createScope();
  let ended = false;
  const end = (code: number) => {
    if (ended) return;
    ended = true;
    scope[Symbol.dispose]();
    void booted[Symbol.asyncDispose]().then(() => app.exit(code), () => app.exit(code));
  };
  app.on('window-all-closed', () => end(0));
  app.on('before-quit', () => end(0));
  process.on('SIGTERM', () => end(0));
  process.on('SIGINT', () => end(0));
  process.on('uncaughtException', (error) => {
    log.error('the station failed', { error: error.stack });
    end(1);
  });
  scope.add(
    await startShell({
      pages: installation.pages,
      preload: installation.preload,
      displays: site.displays,
      kiosk: app.commandLine.hasSwitch('kiosk'),
      developer: !app.isPackaged,
      serve: (port, window) => station.serve(port, { transport: 'messageport', window }),
      isAnnunciatorAlive: () => station.annunciator().hasOwnAnnunciator,
      clock,
      log,
    }),
  );
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
};

const refuse = async (reason: Refusal) => {
  process.stderr.write(`${reason.text.en}\n`);
  await app.whenReady();
  dialog.showErrorBox('Anlan 安澜', `${reason.text.zh}\n\n${reason.text.en}`);
  app.exit(2);
};

const fail = (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  app.exit(1);
};

const start = async () => {
  if (!prepareShell(join(dataDir, 'electron'))) return app.exit(0);
  const argv = ownArguments(process.argv);
  const bootOver = (site: string | null) => boot({ argv, env: site === null ? process.env : { ...process.env, ANLAN_SITE: site }, defaults: { dataDir, shell: 'electron' }, installation });
  const isNamed = process.env.ANLAN_SITE !== undefined || argv.some((argument) => argument.startsWith('--site'));
  if (!isNamed) await app.whenReady();
  const booted = isNamed ? bootOver(null) : await startChosenSite({ memory: join(dataDir, 'site.json'), dialogs: dialog, start: bootOver });
  return booted.ok ? run(booted.value) : refuse(booted.refusal);
};

// Electron is ready only after this file has been evaluated to its end: nothing may be awaited here.
start().catch(fail);

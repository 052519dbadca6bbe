// Launches the command centre: the demo plant unless a site file is given, the station, and a screen for it. Runs under the project's Node.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { startChild, stopChildren } from './children.ts';
import { electronVersion, findElectron, obtainElectron } from './electronBinary.ts';
import { root } from './setup.mjs';
import './endWithParent.mjs';

const DEFAULT_PORT = 7420;
const SHELLS = ['electron', 'browser', 'none'] as const;
const USAGE = `npm start -- [--shell ${SHELLS.join('|')}] [--site FILE] [--scenario NAME] [--port N] [--data-dir DIR] [--kiosk]`;

type Shell = (typeof SHELLS)[number];
type Options = { readonly shell: Shell; readonly site: string | null; readonly scenario: string; readonly port: number; readonly dataDir: string; readonly kiosk: boolean };
/** The shell to use, and why that one. */
type Choice = { readonly shell: Shell; readonly why: string };

const startedAt = Number(process.env.ANLAN_STARTED_AT ?? Date.now());
const seconds = () => ((Date.now() - startedAt) / 1_000).toFixed(1);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const report = (line: string) => void process.stderr.write(`${line}\n`);
/** What children say, until they are asked to end: their farewells are nobody's concern. */
const onError = (text: string) => void (stopping || process.stderr.write(text));
const later = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** What the person asked for. Throws one clear sentence when it cannot be. */
const readArguments = (): Options => {
  const { values } = parseArgs({
    options: { shell: { type: 'string', default: 'electron' }, site: { type: 'string' }, scenario: { type: 'string', default: 'normal' }, port: { type: 'string', default: String(DEFAULT_PORT) }, 'data-dir': { type: 'string' }, kiosk: { type: 'boolean', default: false } },
  });
  const shell = SHELLS.find((each) => each === values.shell);
  if (shell === undefined) throw new Error(`--shell is one of ${SHELLS.join(', ')}, not "${values.shell}"`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port is a whole number from 0 to 65535, not "${values.port}"`);
  const site = values.site === undefined ? null : resolve(values.site);
  if (site !== null && !existsSync(site)) throw new Error(`--site: there is no file ${site}`);
  return { shell, site, scenario: values.scenario, port, dataDir: resolve(values['data-dir'] ?? join(root, 'data')), kiosk: values.kiosk };
};

/** The demo plant in its own process; resolves to its site file once its servers answer. */
const startPlant = async ({ scenario, dataDir }: Options): Promise<string> => {
  const folder = join(dataDir, 'demo');
  const siteFile = join(folder, 'site.yaml');
  mkdirSync(folder, { recursive: true });
  const plant = startChild({ name: 'the demo plant', argv: [join(root, 'src-plant/main.ts'), '--scenario', scenario, '--mqtt-port', '0', '--opcua-port', '0', '--camera-port', '0', '--site-out', siteFile], onError });
  const { mqttPort, opcuaPort } = await plant.ready;
  say(`Demo plant ready after ${seconds()} s: scenario ${scenario}, MQTT 127.0.0.1:${String(mqttPort)}, OPC UA 127.0.0.1:${String(opcuaPort)}`);
  void plant.ended.then((code) => stopping || report(`The demo plant ended (${code}); its values go stale. Start again for a new one.`));
  return siteFile;
};

/** Why this machine cannot show a window; null when it can. */
const displayProblem = (): string | null => (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY ? 'there is no display here (DISPLAY is not set)' : null);

const chooseShell = async ({ shell }: Options): Promise<Choice> => {
  if (shell !== 'electron') return { shell, why: 'it was asked for' };
  const binary = await obtainElectron(report);
  if (binary.file === null) return { shell: 'browser', why: `Electron is not here: ${binary.reason}` };
  const problem = displayProblem();
  if (problem !== null) return { shell: 'browser', why: `Electron cannot open: ${problem}` };
  if (process.getuid?.() === 0) return { shell: 'browser', why: 'Electron does not run as root without giving up its sandbox' };
  return { shell: 'electron', why: `Electron ${electronVersion()} is here` };
};

const stationEnvironment = (site: string, options: Options, shell: Shell) => ({
  ANLAN_SITE: site, ANLAN_SCENARIO: options.scenario, ANLAN_PORT: String(options.port), ANLAN_DATA_DIR: options.dataDir, ANLAN_SHELL: shell, ANLAN_LOG_LEVEL: process.env.ANLAN_LOG_LEVEL ?? 'warn', NODE_ENV: 'production',
});

/** Electron with the station in its main process. Rejects when it ends before its first window. */
const startElectron = async (site: string, options: Options, { why }: Choice): Promise<void> => {
  const shell = startChild({ name: 'Electron', file: findElectron() ?? '', argv: [root, ...(options.kiosk ? ['--kiosk'] : [])], env: stationEnvironment(site, options, 'electron'), limitMs: 60_000, onError });
  await shell.ready;
  say(`Shell: electron, because ${why}. Window open after ${seconds()} s.`);
  void shell.ended.then((code) => stop(typeof code === 'number' ? code : 1));
};

/** The station behind HTTP, started again when it dies, on the same port and with the same key, so that open pages find it again. */
const startHeadless = async (site: string, options: Options, { shell, why }: Choice): Promise<void> => {
  const env = { ...stationEnvironment(site, options, shell), ANLAN_TOKEN: randomBytes(24).toString('base64url') };
  let failures = 0;
  const run = async (port: number) => {
    const bornAt = Date.now();
    const station = startChild({ name: 'the station', argv: [join(root, 'out/main/headless.js')], env: { ...env, ANLAN_PORT: String(port) }, onError });
    const ready = await station.ready;
    const [url, served] = [String(ready.url), Number(ready.port)];
    void station.ended.then(async (code) => {
      if (stopping) return;
      failures = Date.now() - bornAt > 60_000 ? 1 : failures + 1;
      if (failures > 5) return stop(1);
      report(`The station ended (${code}); it is started again.`);
      await later(500 * failures);
      await run(served);
    }).catch(fail);
    return { url, port: served };
  };
  const { url, port } = await run(options.port);
  if (options.port !== 0 && port !== options.port) say(`Port ${options.port} is busy; ${port} is used.`);
  const problem = displayProblem();
  const how = shell === 'none' ? '' : problem === null ? ' The browser opens by itself.' : ` Open the address yourself: ${problem}.`;
  say(`Shell: ${shell}, because ${why}.${how}`);
  say(`Station ready after ${seconds()} s: ${url}`);
  if (shell === 'browser' && problem === null) openBrowser(url);
};

const openBrowser = (url: string) => {
  const [command, argv] = process.platform === 'darwin' ? ['open', [url]] : process.platform === 'win32' ? ['cmd', ['/c', 'start', '', url]] : ['xdg-open', [url]];
  spawn(command, argv, { stdio: 'ignore', detached: true })
    .on('error', (error) => report(`No browser could be opened (${error.message}); open ${url}`))
    .unref();
};

let stopping = false;
const stop = async (code: number) => {
  if (stopping) return;
  stopping = true;
  await stopChildren();
  process.exit(code);
};
const fail = (error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  return stop(1);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

const launch = async (options: Options) => {
  // The plant starts while the sources are checked and, on a first start, built and Electron fetched.
  const plant = options.site === null ? startPlant(options) : Promise.resolve(options.site);
  const [site, built, choice] = await Promise.all([plant, build(), chooseShell(options)]);
  if (!built) throw new Error('The build failed; see the lines above.');
  if (choice.shell !== 'electron') return startHeadless(site, options, choice);
  try {
    await startElectron(site, options, choice);
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    await startHeadless(site, options, { shell: 'browser', why: `Electron did not open: ${reason}` });
  }
};

const options = ((): Options => {
  try {
    return readArguments();
  } catch (error) {
    report(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
})();
launch(options).catch(fail);

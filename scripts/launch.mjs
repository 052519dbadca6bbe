// Launches the command centre: the demo plant unless a site file is given, the station, and a screen for it. Runs under the project's Node.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { startChild, stopChildren } from './children.mjs';
import { electronVersion, findElectron, obtainElectron } from './electronBinary.mjs';
import { root } from './setup.mjs';
import './endWithParent.mjs';

const DEFAULT_PORT = 7420;
const SHELLS = ['electron', 'browser', 'none'];
const USAGE = `npm start -- [--shell ${SHELLS.join('|')}] [--site FILE] [--scenario NAME] [--port N] [--data-dir DIR] [--kiosk]`;

const startedAt = Number(process.env.ANLAN_STARTED_AT ?? Date.now());
const say = (line) => process.stdout.write(`${line}\n`);
const report = (line) => process.stderr.write(`${line}\n`);
const seconds = () => ((Date.now() - startedAt) / 1_000).toFixed(1);

/** What the person asked for; one clear sentence and exit 2 when it cannot be. */
const readArguments = () => {
  try {
    const { values } = parseArgs({
      options: { shell: { type: 'string' }, site: { type: 'string' }, scenario: { type: 'string', default: 'normal' }, port: { type: 'string' }, 'data-dir': { type: 'string' }, kiosk: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
    if (values.help) {
      say(USAGE);
      process.exit(0);
    }
    const port = Number(values.port ?? DEFAULT_PORT);
    if (values.shell !== undefined && !SHELLS.includes(values.shell)) throw new Error(`--shell is one of ${SHELLS.join(', ')}, not "${values.shell}"`);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port is a whole number from 0 to 65535, not "${values.port}"`);
    const site = values.site === undefined ? null : resolve(values.site);
    if (site !== null && !existsSync(site)) throw new Error(`--site: there is no file ${site}`);
    return { shell: values.shell ?? 'electron', site, scenario: values.scenario, port, dataDir: resolve(values['data-dir'] ?? join(root, 'data')), kiosk: values.kiosk };
  } catch (error) {
    report(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
};

/** The demo plant in its own process; resolves to its site file once its servers answer. */
const startPlant = async ({ scenario, dataDir }) => {
  const siteFile = join(dataDir, 'demo', 'site.yaml');
  mkdirSync(join(dataDir, 'demo'), { recursive: true });
  const plant = startChild({ name: 'the demo plant', argv: [join(root, 'src-plant/main.ts'), '--scenario', scenario, '--mqtt-port', '0', '--opcua-port', '0', '--site-out', siteFile] });
  const { mqttPort, opcuaPort, site = siteFile } = await plant.ready;
  say(`Demo plant ready after ${seconds()} s: scenario ${scenario}, MQTT 127.0.0.1:${mqttPort}, OPC UA 127.0.0.1:${opcuaPort}`);
  void plant.ended.then((code) => stopping || report(`The demo plant ended (${code}); its values go stale. Start again for a new one.`));
  return site;
};

/** Whether this machine can show a window, and why not. */
const displayProblem = () => (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY ? 'there is no display here (DISPLAY is not set)' : null);

/** The shell to use and the one line that says why. */
const chooseShell = async ({ shell }) => {
  if (shell !== 'electron') return { shell, why: 'as asked for' };
  const binary = await obtainElectron(report);
  if (binary.file === null) return { shell: 'browser', why: `Electron is not here: ${binary.reason}` };
  const problem = displayProblem();
  if (problem !== null) return { shell: 'browser', why: `Electron cannot open: ${problem}` };
  if (process.getuid?.() === 0) return { shell: 'browser', why: 'Electron does not run as root without giving up its sandbox' };
  return { shell: 'electron', why: `Electron ${electronVersion()}` };
};

const stationEnvironment = ({ site, options }) => ({ ANLAN_SITE: site, ANLAN_SCENARIO: options.scenario, ANLAN_PORT: String(options.port), ANLAN_DATA_DIR: options.dataDir, NODE_ENV: 'production' });

/** Electron with the station in its main process. Throws when it ends before its first window. */
const startElectron = async (site, options) => {
  const shell = startChild({ name: 'Electron', file: findElectron(), argv: [root, ...(options.kiosk ? ['--kiosk'] : [])], env: { ...stationEnvironment({ site, options }), ANLAN_SHELL: 'electron' }, limitMs: 60_000 });
  await shell.ready;
  say(`Window open after ${seconds()} s.`);
  void shell.ended.then((code) => stop(typeof code === 'number' ? code : 1));
};

/** The station behind HTTP, started again when it dies: same port and key, so that open pages find it again. */
const startHeadless = async (site, options, { shell, why }) => {
  const env = { ...stationEnvironment({ site, options }), ANLAN_SHELL: shell, ANLAN_TOKEN: randomBytes(24).toString('base64url') };
  let port = options.port;
  let failures = 0;
  const run = async () => {
    const bornAt = Date.now();
    const station = startChild({ name: 'the station', argv: [join(root, 'out/main/headless.js')], env: { ...env, ANLAN_PORT: String(port) } });
    const ready = await station.ready;
    void station.ended.then(async (code) => {
      if (stopping) return;
      failures = Date.now() - bornAt > 60_000 ? 0 : failures + 1;
      if (failures > 5) return stop(1);
      report(`The station ended (${code}); it is started again.`);
      await new Promise((done) => setTimeout(done, 500 * failures));
      await run();
    });
    return ready;
  };
  const ready = await run();
  if (options.port !== 0 && ready.port !== options.port) say(`Port ${options.port} is busy; ${ready.port} is used.`);
  port = ready.port;
  const problem = shell === 'browser' ? displayProblem() : null;
  const opens = shell === 'browser' && problem === null;
  say(`Shell: ${shell}, because ${why}.${shell === 'browser' ? (opens ? ' The browser opens by itself.' : ` Open the address yourself: ${problem}.`) : ''}`);
  say(`Station ready after ${seconds()} s: ${ready.url}`);
  if (opens) openBrowser(ready.url);
};

const openBrowser = (url) => {
  const [command, ...argv] = process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url];
  spawn(command, argv, { stdio: 'ignore', detached: true })
    .on('error', (error) => report(`No browser could be opened (${error.message}); open ${url}`))
    .unref();
};

let stopping = false;
const stop = async (code) => {
  if (stopping) return;
  stopping = true;
  await stopChildren();
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));

const options = readArguments();
const launch = async () => {
  // The plant starts while the sources are checked and, on a first start, built. The build blocks this thread; the children do not mind.
  const plant = options.site === null ? startPlant(options) : Promise.resolve(options.site);
  plant.catch(() => undefined);
  if (!build()) throw new Error('The build failed; see the lines above.');
  const chosen = await chooseShell(options);
  const site = await plant;
  if (chosen.shell !== 'electron') return startHeadless(site, options, chosen);
  try {
    await startElectron(site, options);
    say(`Shell: electron (${chosen.why}).`);
  } catch (error) {
    await startHeadless(site, options, { shell: 'browser', why: `Electron did not open: ${error.message.split('\n')[0]}` });
  }
};
launch().catch(async (error) => {
  report(error.message);
  await stop(1);
});

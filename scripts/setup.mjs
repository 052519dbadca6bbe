// Sets the project up from Node 20+ and npm alone: installs what the lockfile names when it changed, and finds the Node 24 among it.
// Uses nothing but Node's own modules, since it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.anlan-lock');
const cache = join(root, '.cache');
const turnFile = join(cache, 'installing');
const lockHash = () => createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');

/** Installs the packages of the lockfile if they are not there yet; of several commands started at once one installs and the others wait. Progress goes to standard error. */
export const setUp = async () => {
  if (isSetUp()) return;
  mkdirSync(cache, { recursive: true });
  while (!takeTurn()) await new Promise((resolve) => setTimeout(resolve, 500));
  try {
    if (!isSetUp()) install();
  } finally {
    rmSync(turnFile, { force: true });
  }
};

const isSetUp = () => {
  const wanted = lockHash();
  if (!existsSync(projectNode())) return false;
  if (!existsSync(stampFile) && !process.env.CI) writeFileSync(stampFile, wanted);
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted;
};

const install = () => {
  process.stderr.write('Installing packages (first start or changed lockfile) …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--loglevel=error'], { cwd: root, stdio: ['ignore', process.stderr, process.stderr], shell: process.platform === 'win32', env: foreignEnvironment() });
  if (done.status !== 0) {
    process.stderr.write('npm ci failed; see the lines above.\n');
    rmSync(turnFile, { force: true });
    process.exit(1);
  }
  writeFileSync(stampFile, lockHash());
};

/** npm empties node_modules first, with the Node in it: it must run on the one that the machine brings. */
const foreignEnvironment = () => ({ ...process.env, PATH: (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules')).join(delimiter) });

/** True when it is this process' turn to install: the file names who holds it, and one that is gone holds nothing. */
const takeTurn = () => {
  try {
    writeFileSync(turnFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isRunning(Number(readFileSync(turnFile, 'utf8')))) rmSync(turnFile, { force: true });
    return false;
  }
};

const isRunning = (pid) => {
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** The Node 24 that the project's packages bring, or this one where none is served for the platform. */
export const projectNode = () => {
  const folder = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = join(root, 'node_modules', folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) || Number(process.versions.node.split('.')[0]) < 24 ? file : process.execPath;
};

/** Environment in which `node` and the packages' programs are the project's own. */
export const projectEnvironment = () => ({ ...process.env, PATH: [dirname(projectNode()), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter) });

/** Runs a program file under the project's Node, in this terminal; resolves to its exit code. */
export const runUnderProjectNode = (argv) =>
  new Promise((resolve) => {
    const child = spawn(projectNode(), argv, { cwd: root, stdio: 'inherit', env: projectEnvironment() });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });

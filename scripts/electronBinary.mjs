// Finds Electron's binary, or fetches it: install scripts do not run here, so the packages bring Electron without it.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectEnvironment, projectNode, root } from './setup.mjs';

const folder = join(root, 'node_modules/electron');
const memory = join(root, 'node_modules/.cache/anlan-electron.json');
const DAY_MS = 86_400_000;
const FETCH_LIMIT_MS = 180_000;

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : null);
export const electronVersion = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/** Path of the binary, or null. `ELECTRON_OVERRIDE_DIST_PATH` names a folder that holds one. */
export const findElectron = () => {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = read(join(folder, 'path.txt')) ?? (process.platform === 'win32' ? 'electron.exe' : 'electron');
  const file = join(override ?? join(folder, 'dist'), name);
  return existsSync(file) ? file : null;
};

/** Why the last try failed, if it was for this version and less than a day ago. */
const recentFailure = () => {
  const text = read(memory);
  if (text === null) return null;
  const { version, at, reason } = JSON.parse(text);
  return version === electronVersion() && Date.now() - at < DAY_MS ? reason : null;
};

/**
 * The binary: found, or fetched once with progress on `report`. A failure is remembered for a day, so that later starts lose no time.
 * Gives `{ file }` or `{ file: null, reason }`.
 */
export const obtainElectron = async (report) => {
  const found = findElectron();
  if (found !== null) return { file: found };
  const known = recentFailure();
  if (known !== null) return { file: null, reason: `its binary could not be fetched (${known}; tried again after a day, or remove ${memory})` };

  const startedAt = Date.now();
  report(`Fetching Electron ${electronVersion()} (about 120 MB, at most ${FETCH_LIMIT_MS / 1_000} s) …`);
  const ticker = setInterval(() => report(`Fetching Electron … ${Math.round((Date.now() - startedAt) / 1_000)} s`), 5_000);
  const reason = await runInstaller();
  clearInterval(ticker);
  const fetched = findElectron();
  if (fetched !== null) {
    rmSync(memory, { force: true });
    return { file: fetched };
  }
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify({ version: electronVersion(), at: Date.now(), reason }));
  return { file: null, reason: `its binary could not be fetched (${reason})` };
};

/** Runs Electron's own installer; resolves to one line that says why it failed, or null. */
const runInstaller = () =>
  new Promise((resolve) => {
    const child = spawn(projectNode(), [join(folder, 'install.js')], { cwd: folder, env: projectEnvironment(), stdio: ['ignore', 'inherit', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    const limit = setTimeout(() => child.kill('SIGKILL'), FETCH_LIMIT_MS);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      if (code === 0) return resolve(null);
      if (signal !== null) return resolve(`no answer within ${FETCH_LIMIT_MS / 1_000} s`);
      const line = errors.split('\n').find((each) => /error|E[A-Z]{4,}/i.test(each)) ?? errors.split('\n')[0] ?? 'unknown';
      resolve(line.trim().slice(0, 160));
    });
  });

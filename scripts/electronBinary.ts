import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectEnvironment, projectNode, root } from './setup.mjs';

// Install scripts do not run here, so the packages bring Electron without its binary.
const folder = join(root, 'node_modules/electron');
const memory = join(root, 'node_modules/.cache/anlan-electron.json');
const DAY_MS = 86_400_000;
const FETCH_LIMIT_MS = 180_000;

type Failure = { readonly version: string; readonly at: number; readonly reason: string };
export type Binary = { readonly file: string } | { readonly file: null; readonly reason: string };

/**
 * Electron's binary: found, or fetched once with progress on `report`. A failure is remembered for a day, so that later starts lose no time.
 * `ELECTRON_OVERRIDE_DIST_PATH` names a folder that holds one.
 */
export const obtainElectron = async (report: (line: string) => void): Promise<Binary> => {
  const found = findElectron();
  if (found !== null) return { file: found };
  const known = recentFailure();
  if (known !== null) return { file: null, reason: `its binary could not be fetched today (${known}); remove ${memory} to try again` };

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
  writeFileSync(memory, JSON.stringify({ version: electronVersion(), at: Date.now(), reason } satisfies Failure));
  return { file: null, reason: `its binary could not be fetched (${reason})` };
};

export const findElectron = (): string | null => {
  const name = read(join(folder, 'path.txt')) ?? (process.platform === 'win32' ? 'electron.exe' : 'electron');
  const file = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(file) ? file : null;
};

export const electronVersion = (): string => (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;

const read = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8').trim() : null);

/** Why the last try failed, if it was for this version and less than a day ago. */
const recentFailure = (): string | null => {
  const text = read(memory);
  if (text === null) return null;
  const { version, at, reason } = JSON.parse(text) as Failure;
  return version === electronVersion() && Date.now() - at < DAY_MS ? reason : null;
};

/** Runs Electron's own installer; resolves to one line that says why it failed. */
const runInstaller = (): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn(projectNode(), [join(folder, 'install.js')], { cwd: folder, env: projectEnvironment(), stdio: ['ignore', 'inherit', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
    const limit = setTimeout(() => child.kill('SIGKILL'), FETCH_LIMIT_MS);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      const lines = errors.split('\n').map((line) => line.trim());
      if (signal !== null) resolve(`no answer within ${FETCH_LIMIT_MS / 1_000} s`);
      else resolve((lines.find((line) => /error/i.test(line)) ?? lines[0] ?? `exit ${code}`).slice(0, 160));
    });
  });

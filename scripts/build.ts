import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectEnvironment, root } from './setup.mjs';

const stampFile = join(root, 'out/.sources');
const SOURCES = ['src-{main,preload,renderer,shared}/**/*', 'assets/public/**/*', 'electron.vite.config.ts', 'tsconfig*.json', 'package-lock.json'];
const NOT_BUILT = /\.(test\.tsx?|md)$/;

/** Builds station, preload and pages into out/, unless they are built from the sources as they stand. True when out/ is good. */
export const build = async ({ force = false }: { readonly force?: boolean } = {}): Promise<boolean> => {
  const digest = sourcesDigest();
  if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest) return true;
  process.stderr.write('Building …\n');
  if (!(await runs([join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']))) return false;
  // A bundle can be broken while its build says it is fine: Node must at least parse it.
  for (const file of ['out/main/index.js', 'out/main/headless.js', 'out/preload/index.cjs']) if (!(await runs(['--check', join(root, file)]))) return false;
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, digest);
  return true;
};

/** Digest of everything that goes into the build: names and contents. Tests and notes do not. */
const sourcesDigest = (): string => {
  const digest = createHash('sha256');
  const files = globSync(SOURCES, { cwd: root }).filter((file) => !NOT_BUILT.test(file) && statSync(join(root, file)).isFile());
  for (const file of files.toSorted()) digest.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
  return digest.digest('hex');
};

/** Runs Node with these arguments, its output on standard error; resolves to whether it went well. */
const runs = (argv: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', process.stderr, process.stderr], env: { ...projectEnvironment(), NODE_ENV: 'production' } }).on('close', (code) => resolve(code === 0));
  });

if (import.meta.main) process.exit((await build({ force: process.argv.includes('--force') })) ? 0 : 1);

// Builds station, preload and pages into out/, unless they are built from the sources as they stand. `--force` builds anyway.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectEnvironment, root } from './setup.mjs';

const stampFile = join(root, 'out/.sources');
const SOURCES = ['src-{main,preload,renderer,shared}/**/*', 'assets/public/**/*', 'electron.vite.config.ts', 'tsconfig*.json', 'package-lock.json'];
const NOT_BUILT = /\.(test\.tsx?|md)$/;

/** Digest of everything that goes into the build: names and contents. Tests and notes do not. */
export const sourcesDigest = () => {
  const digest = createHash('sha256');
  const files = globSync(SOURCES, { cwd: root }).filter((file) => !NOT_BUILT.test(file) && statSync(join(root, file)).isFile());
  for (const file of files.toSorted()) digest.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
  return digest.digest('hex');
};

/** True when out/ holds the build of these sources. */
export const isBuilt = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourcesDigest();

/** Builds if need be; true when out/ is good. */
export const build = ({ force = false } = {}) => {
  const digest = sourcesDigest();
  if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest) return true;
  process.stderr.write('Building …\n');
  const done = spawnSync(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', process.stderr, process.stderr], env: { ...projectEnvironment(), NODE_ENV: 'production' } });
  const good = done.status === 0 && isSound('out/main/index.js') && isSound('out/main/headless.js') && isSound('out/preload/index.cjs');
  if (!good) return false;
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, digest);
  return true;
};

/** A bundle can be broken while its build says it is fine: Node must at least parse it. */
const isSound = (file) => spawnSync(process.execPath, ['--check', join(root, file)], { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(build({ force: process.argv.includes('--force') }) ? 0 : 1);

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { runTool } from './release.ts';

/** Where electron-builder.yml takes Windows' own add-ons from when the pack is made on another system. */
const folder = join(root, '.cache/win32-x64');
const name = '@img/sharp-win32-x64';

/**
 * npm installs only this system's picture add-on; for a Windows pack made elsewhere Windows' own is fetched from the registry that npm is set to, in the
 * version that the lockfile names. Resolves to null when it is in place, else to why not.
 */
export const fetchWindowsModules = async (): Promise<string | null> => {
  if (existsSync(join(root, 'node_modules', name))) return null;
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, { readonly version: string } | undefined>> };
  const version = packages[`node_modules/${name}`]?.version;
  if (version === undefined) return `the lockfile names no ${name}`;
  const into = join(folder, 'node_modules', name);
  if (existsSync(join(into, 'package.json')) && (JSON.parse(readFileSync(join(into, 'package.json'), 'utf8')) as { readonly version: string }).version === version) return null;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  const failed = await runTool('npm', ['pack', `${name}@${version}`, '--pack-destination', folder, '--loglevel=error']);
  const packed = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (failed !== null || packed === undefined) return `${name}@${version} could not be fetched: ${failed ?? 'npm packed nothing'}`;
  return runTool('tar', ['--extract', '--gzip', `--file=${join(folder, packed)}`, `--directory=${into}`, '--strip-components=1']);
};

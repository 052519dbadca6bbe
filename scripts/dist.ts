// `npm run -s dist -- --linux|--win [--dir]`: builds, packs with electron-builder, and makes what an installer hands over, in dist/:
// Linux a .deb and a .tar.gz, Windows a setup program. `--dir` stops at the unpacked application. Exit 0 done, 1 failed, 2 bad arguments.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Arch, build as pack, Platform } from 'electron-builder';
import { build } from './build.ts';
import { describeFiles, type Release } from './release/release.ts';
import { makeDeb } from './release/deb.ts';
import { makeSetup } from './release/setupProgram.ts';
import { makeTar } from './release/tar.ts';
import { fetchWindowsModules } from './release/windowsModules.ts';
import { electronVersion, obtainElectron } from './electronBinary.ts';
import { root } from './setup.mjs';

const say = (line: string) => void process.stderr.write(`${line}\n`);
const USAGE = 'Usage: npm run -s dist -- --linux|--win [--dir]';

type Target = { readonly system: 'linux' | 'win'; readonly onlyFolder: boolean };

const targetOf = (argv: readonly string[]): Target | string => {
  try {
    const { values } = parseArgs({ args: [...argv], options: { linux: { type: 'boolean' }, win: { type: 'boolean' }, dir: { type: 'boolean' } } });
    if (values.linux === values.win) return `${USAGE}: name one system`;
    return { system: values.linux ? 'linux' : 'win', onlyFolder: values.dir ?? false };
  } catch (error) {
    return `${USAGE}: ${error instanceof Error ? error.message : String(error)}`;
  }
};

/** Folder with the Electron of that system, or null when electron-builder shall fetch it; a sentence when it cannot be had. */
const electronFolder = async (system: Target['system']): Promise<{ readonly folder: string | null } | string> => {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const program = system === 'linux' ? 'electron' : 'electron.exe';
  if (given !== undefined) return existsSync(join(given, program)) ? { folder: given } : `ELECTRON_OVERRIDE_DIST_PATH names ${given}, which holds no ${program}`;
  if (system !== (process.platform === 'win32' ? 'win' : process.platform)) return { folder: null };
  const binary = await obtainElectron(say);
  return binary.file === null ? `Electron ${electronVersion()} is needed and ${binary.reason}; set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds it` : { folder: join(binary.file, '..') };
};

/** Packs one system; resolves to the exit code. */
const run = async ({ system, onlyFolder }: Target): Promise<number> => {
  const electron = await electronFolder(system);
  if (typeof electron === 'string') return fail(electron);
  if (!(await build())) return fail('The build failed; see the lines above.');
  const missing = system === 'win' ? await fetchWindowsModules() : null;
  if (missing !== null) return fail(`Windows' own add-ons are needed: ${missing}.`);
  const platform = system === 'linux' ? Platform.LINUX : Platform.WINDOWS;
  await pack({ projectDir: root, targets: platform.createTarget(['dir'], Arch.x64), publish: 'never', config: electron.folder === null ? {} : { electronDist: electron.folder } });
  const release: Release = { unpacked: join(root, 'dist', `${system}-unpacked`), folder: join(root, 'dist') };
  say(`Unpacked application: ${release.unpacked}`);
  if (onlyFolder) return 0;
  const made = system === 'linux' ? [await makeDeb(release), await makeTar(release)] : [await makeSetup(release)];
  const refused = made.filter((each) => 'reason' in each);
  for (const { reason } of refused) say(reason);
  for (const line of describeFiles(made.flatMap((each) => ('file' in each ? [each.file] : [])), release.folder)) say(line);
  return refused.length > 0 ? 1 : 0;
};

const fail = (sentence: string): number => {
  say(sentence);
  return 1;
};

const target = targetOf(process.argv.slice(2));
if (typeof target === 'string') {
  say(target);
  process.exit(2);
}
process.exit(await run(target).catch((error: unknown) => fail(`Packing failed: ${error instanceof Error ? error.message : String(error)}`)));

import { basename, dirname, join } from 'node:path';
import { manifest, runTool, type Made, type Release } from './release.ts';

/** Packs the unpacked application as a .tar.gz, for systems without dpkg: unpack anywhere and run `anlan`. Needs `tar`. */
export const makeTar = async ({ unpacked, folder }: Release): Promise<Made> => {
  const file = join(folder, `anlan-${manifest.version}-linux-x64.tar.gz`);
  const name = `anlan-${manifest.version}`;
  const failed = await runTool('tar', ['--create', '--gzip', '--owner=0', '--group=0', '--numeric-owner', `--transform=s,^${basename(unpacked)},${name},`, `--file=${file}`, basename(unpacked)], dirname(unpacked));
  return failed === null ? { file } : { reason: `No .tar.gz was made: ${failed}.` };
};

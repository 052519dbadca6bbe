import { chmodSync, copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../setup.mjs';
import { manifest, runTool, type Made, type Release } from './release.ts';

/** Libraries that Electron's program is linked against (Debian 12, Ubuntu 24.04 names). */
const DEPENDS = ['libgtk-3-0 | libgtk-3-0t64', 'libnss3', 'libasound2 | libasound2t64', 'libatspi2.0-0 | libatspi2.0-0t64', 'libdrm2', 'libgbm1', 'libxss1', 'libxtst6', 'xdg-utils'];

/** Debian control file (Debian Policy 5.3). `installedKib`: size of the tree, KiB. */
export const controlFile = (installedKib: number): string =>
  [
    `Package: ${manifest.name}`,
    `Version: ${manifest.version}`,
    'Section: utils',
    'Priority: optional',
    'Architecture: amd64',
    `Installed-Size: ${installedKib}`,
    `Depends: ${DEPENDS.join(', ')}`,
    'Recommends: ffmpeg, fonts-noto-cjk',
    'Maintainer: Anlan engineers <engineers@anlan.invalid>',
    'Description: Anlan 安澜, industrial-safety command centre',
    ` ${manifest.description}.`,
    '',
  ].join('\n');

/** Menu entry (Desktop Entry Specification 1.5). */
export const desktopEntry = (): string =>
  ['[Desktop Entry]', 'Type=Application', 'Name=Anlan', 'Name[zh_CN]=安澜', 'Comment=Industrial-safety command centre', 'Comment[zh_CN]=工业安全指挥中心', 'Exec=/opt/Anlan/anlan %U', 'Icon=anlan', 'Terminal=false', 'Categories=Utility;', ''].join('\n');

/** Packs the unpacked application as a .deb: /opt/Anlan, /usr/bin/anlan, menu entry and icon. Needs `dpkg-deb`. */
export const makeDeb = async ({ unpacked, folder }: Release): Promise<Made> => {
  const tree = mkdtempSync(join(tmpdir(), 'anlan-deb-'));
  try {
    const at = (path: string) => {
      const file = join(tree, path);
      mkdirSync(dirname(file), { recursive: true });
      return file;
    };
    chmodSync(tree, 0o755);
    cpSync(unpacked, at('opt/Anlan'), { recursive: true, verbatimSymlinks: true });
    // Chromium's sandbox helper works only when root owns it with the set-user-id bit; dpkg-deb records root as the owner.
    const sandbox = join(tree, 'opt/Anlan/chrome-sandbox');
    if (existsSync(sandbox)) chmodSync(sandbox, 0o4755);
    symlinkSync('/opt/Anlan/anlan', at('usr/bin/anlan'));
    writeFileSync(at('usr/share/applications/anlan.desktop'), desktopEntry());
    copyFileSync(join(root, 'assets/icons/icon.png'), at('usr/share/icons/hicolor/512x512/apps/anlan.png'));
    writeFileSync(at('DEBIAN/control'), controlFile(sizeKib(tree)));
    const file = join(folder, `anlan_${manifest.version}_amd64.deb`);
    const failed = await runTool('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', tree, file]);
    return failed === null ? { file } : { reason: `No .deb was made: ${failed}.` };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
};

const sizeKib = (tree: string): number => {
  const bytes = readdirSync(tree, { recursive: true, withFileTypes: true }).reduce((sum, entry) => sum + (entry.isFile() ? lstatSync(join(entry.parentPath, entry.name)).size : 0), 0);
  return Math.ceil(bytes / 1_024);
};

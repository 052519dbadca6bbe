import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../src-main/testing/temporary.ts';
import { root } from '../setup.mjs';
import { makeDeb } from './deb.ts';
import { describeFiles } from './release.ts';
import { setupScript } from './setupProgram.ts';

const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/** An unpacked application in small. */
const unpackedIn = (folder: string): string => {
  const unpacked = join(folder, 'linux-unpacked');
  mkdirSync(join(unpacked, 'resources'), { recursive: true });
  for (const file of ['anlan', 'chrome-sandbox', 'resources/app.asar']) writeFileSync(join(unpacked, file), file);
  return unpacked;
};

describe('the .deb', () => {
  it.skipIf(!has('dpkg-deb'))('holds the application, its command, menu entry and icon, and the sandbox helper that root runs (needs dpkg-deb)', async () => {
    using folder = temporaryFolder();
    const made = await makeDeb({ unpacked: unpackedIn(folder.path), folder: folder.path });
    const file = 'file' in made ? made.file : made.reason;
    const listed = spawnSync('dpkg-deb', ['--contents', file], { encoding: 'utf8' }).stdout;
    for (const path of ['./opt/Anlan/anlan', './opt/Anlan/resources/app.asar', './usr/bin/anlan -> /opt/Anlan/anlan', './usr/share/applications/anlan.desktop', './usr/share/icons/hicolor/512x512/apps/anlan.png']) expect(listed).toContain(path);
    expect(listed).toMatch(/-rwsr-xr-x root\/root .* \.\/opt\/Anlan\/chrome-sandbox/);
    expect(spawnSync('dpkg-deb', ['--field', file, 'Package', 'Architecture'], { encoding: 'utf8' }).stdout).toBe('Package: anlan\nArchitecture: amd64\n');
    expect(describeFiles([file], folder.path)[0]).toContain(file);
  });
});

describe('the setup program', () => {
  it('removes what it brought by name, and never the whole folder', () => {
    using folder = temporaryFolder();
    const script = setupScript({ unpacked: unpackedIn(folder.path), file: folder.file('setup.exe') });
    const uninstall = script.slice(script.indexOf('Section "Uninstall"'));
    expect(uninstall).toContain('RMDir /r "$INSTDIR\\resources"');
    expect(uninstall).toContain('Delete "$INSTDIR\\anlan"');
    expect(uninstall).not.toMatch(/RMDir \/r "\$INSTDIR"/);
  });
});

it.each([
  [[], 'name one system'],
  [['--linux', '--win'], 'name one system'],
  [['--mac'], '--mac'],
])('refuses %j with one sentence', (argv, word) => {
  const run = spawnSync(process.execPath, [join(root, 'scripts/dist.ts'), ...argv], { encoding: 'utf8' });
  expect([run.status, run.stderr.trim().split('\n').length]).toEqual([2, 1]);
  expect(run.stderr).toContain(word);
});

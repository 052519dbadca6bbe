// Plays the `@shell` specs on the real Electron, where its binary is. Exit 2 and one sentence where it is not.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronVersion, obtainElectron } from './electronBinary.ts';
import { projectNode, root } from './setup.mjs';

const report = (line: string) => void process.stderr.write(`${line}\n`);
const binary = await obtainElectron(report);
if (binary.file === null) {
  report(`Nothing was played: ${binary.reason}. Set ELECTRON_OVERRIDE_DIST_PATH to a folder with Electron ${electronVersion()}.`);
  process.exit(2);
}
const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
const argv = [join(root, 'scripts/e2e.ts'), '--project=electron'];
const [file, given] = hasDisplay ? [projectNode(), argv] : ['xvfb-run', ['-a', '-s', '-screen 0 1920x1080x24', projectNode(), ...argv]];
const played = spawnSync(file, given, { cwd: root, stdio: 'inherit' });
if (played.error !== undefined) report(`Electron needs a display, and xvfb-run is not here: ${played.error.message}`);
process.exit(played.status ?? 1);

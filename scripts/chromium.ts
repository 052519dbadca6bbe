import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'msedge'];
const WINDOWS = ['C:/Program Files/Google/Chrome/Application/chrome.exe', 'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe', 'C:/Program Files/Microsoft/Edge/Application/msedge.exe'];

/** A browser of the Chromium family: `ANLAN_CHROMIUM`, on the path, or where Windows keeps them; null when there is none. */
export const findChromium = (): string | null => {
  const named = process.env.ANLAN_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...(named === undefined ? [] : [named]), ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...(process.platform === 'win32' ? WINDOWS : [])];
  return candidates.find((file) => existsSync(file)) ?? null;
};

/** What a browser needs to run for us as it is: root, which CI is, has no sandbox; drawing without a GPU is allowed. */
export const BASIC_FLAGS: readonly string[] = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--no-first-run', '--ignore-gpu-blocklist', '--enable-unsafe-swiftshader', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];

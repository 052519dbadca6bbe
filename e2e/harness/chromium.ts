import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'msedge'];
const WINDOWS = ['C:/Program Files/Google/Chrome/Application/chrome.exe', 'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe', 'C:/Program Files/Microsoft/Edge/Application/msedge.exe'];

/** A browser of the Chromium family: `ANLAN_CHROMIUM`, the path, or where Windows keeps them; null when there is none. */
export const findChromium = (): string | null => {
  const named = process.env.ANLAN_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...(named === undefined ? [] : [named]), ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...(process.platform === 'win32' ? WINDOWS : [])];
  return candidates.find((file) => existsSync(file)) ?? null;
};

/**
 * Mesa's llvmpipe through EGL draws WebGL two to three times faster than SwiftShader where there is no GPU. No sandbox: CI runs as root.
 * Nothing leaves the machine.
 */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist', '--no-sandbox', '--no-first-run', '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
];

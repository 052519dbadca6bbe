import { BASIC_FLAGS } from '../../scripts/chromium.ts';

export { findChromium } from '../../scripts/chromium.ts';

/** On Linux Mesa's llvmpipe through EGL draws WebGL two to three times faster than SwiftShader where there is no GPU. Alarms sound, and a page in the back stays live. */
export const CHROMIUM_FLAGS: readonly string[] = [
  ...BASIC_FLAGS,
  ...(process.platform === 'linux' ? ['--use-gl=angle', '--use-angle=gl-egl'] : []),
  '--autoplay-policy=no-user-gesture-required', '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
];

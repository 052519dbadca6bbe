import { chromium } from 'playwright';
import { BASIC_FLAGS, findChromium } from '../../../scripts/chromium.ts';
import type { Check } from './checks.ts';

/** What draws the twin: WebGL 2 with float colour buffers, in the browser of this machine. */
export const renderer: Check = {
  name: 'renderer',
  async run() {
    const executablePath = findChromium();
    if (executablePath === null) return { ok: false, detail: 'no Chromium, Chrome or Edge here to draw with' };
    const browser = await chromium.launch({ executablePath, args: [...BASIC_FLAGS] });
    try {
      const page = await browser.newPage();
      const found: unknown = await page.evaluate(DESCRIBE);
      const { name, floats } = found as { readonly name: string | null; readonly floats: boolean };
      if (name === null) return { ok: false, detail: `${browser.version()}: no WebGL 2` };
      const kind = /llvmpipe|swiftshader|software/i.test(name) ? 'software, slow in 3D' : 'hardware';
      return { ok: floats, detail: `Chromium ${browser.version()}, ${name} (${kind})${floats ? '' : ', no float colour buffers'}` };
    } finally {
      await browser.close();
    }
  },
};

const DESCRIBE = `(() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return { name: gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : null, floats: Boolean(gl?.getExtension('EXT_color_buffer_float')) };
})()`;

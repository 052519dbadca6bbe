// Draws assets/icons/icon.png and icon.ico from icon.svg: `node scripts/icons.ts`. Run it when the drawing changes; the results are kept.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { BASIC_FLAGS, findChromium } from './chromium.ts';
import { root } from './setup.mjs';

const SIZES = [16, 32, 48, 256, 512] as const;
const folder = join(root, 'assets/icons');
const drawing = readFileSync(join(folder, 'icon.svg'), 'utf8');

const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...BASIC_FLAGS] });
const page = await browser.newPage();
const images = new Map<number, Buffer>();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  images.set(size, await page.screenshot({ omitBackground: true }));
}
await browser.close();

/** Windows' icon container (ICO): a directory of entries, each a whole PNG. */
const ico = (sizes: readonly number[]): Buffer => {
  const parts = sizes.map((size) => ({ size, image: images.get(size) ?? Buffer.alloc(0) }));
  const head = Buffer.alloc(6 + 16 * parts.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(parts.length, 4);
  let offset = head.length;
  for (const [place, { size, image }] of parts.entries()) {
    const entry = 6 + 16 * place;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(image.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  }
  return Buffer.concat([head, ...parts.map(({ image }) => image)]);
};

writeFileSync(join(folder, 'icon.png'), images.get(512) ?? Buffer.alloc(0));
writeFileSync(join(folder, 'icon.ico'), ico([16, 32, 48, 256]));

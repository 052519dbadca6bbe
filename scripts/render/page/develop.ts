import type { Random } from './random.ts';
import { HEIGHT, WIDTH } from './studio.ts';
import type { Light } from './weather.ts';

/** What lens, sensor and encoder do to a picture: soft focus, grain, colour cast, vignette, a lower resolution, JPEG. */
export type Development = { readonly blur: number; readonly grain: number; readonly saturation: number; readonly contrast: number; readonly brightness: number; readonly cast: readonly [number, number, number] | null; readonly shrink: number; readonly quality: number; readonly words: string | null; readonly vignette: number };

export const developmentOf = (light: Light, random: Random): Development => {
  const dark = light.daylight < 0.3;
  return {
    blur: random.chance(0.5) ? random.between(0, 0.9) : 0,
    grain: dark ? random.between(0.12, 0.4) : random.between(0.03, 0.16),
    saturation: light.hour === 'infrared' ? 0 : random.between(0.65, 1.15),
    contrast: random.between(0.82, 1.12),
    brightness: random.between(0.85, 1.18),
    cast: random.chance(0.4) ? [random.between(0, 255), random.between(0, 255), random.between(0, 255)] : null,
    shrink: random.chance(0.2) ? random.between(0.55, 0.9) : 1,
    quality: random.between(0.5, 0.92),
    words: random.chance(0.25) ? random.pick(['2026-03-14 09:41:22', 'CAM 03  14:02:57', 'Camera 07', '11-08-2025 Sat 16:20:11', 'IPC-2 25fps']) : null,
    vignette: random.between(0, 0.35),
  };
};

/** Grain is drawn once and laid over every picture at another place. */
let grainSheet: HTMLCanvasElement | undefined;
const grain = (): HTMLCanvasElement => {
  if (grainSheet !== undefined) return grainSheet;
  const sheet = document.createElement('canvas');
  [sheet.width, sheet.height] = [WIDTH * 2, HEIGHT * 2];
  const context = sheet.getContext('2d')!;
  const image = context.createImageData(sheet.width, sheet.height);
  let state = 12_345;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296;
  for (let i = 0; i < image.data.length; i += 4) {
    const grey = 128 + (next() + next() + next() - 1.5) * 130;
    for (let c = 0; c < 3; c += 1) image.data[i + c] = grey + (next() - 0.5) * 50;
    image.data[i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return (grainSheet = sheet);
};

/** The finished picture as base64 JPEG. */
export const develop = async (canvas: HTMLCanvasElement, how: Development, random: Random): Promise<string> => {
  const sheet = document.createElement('canvas');
  [sheet.width, sheet.height] = [WIDTH, HEIGHT];
  const context = sheet.getContext('2d')!;
  context.filter = `blur(${how.blur}px) saturate(${how.saturation}) contrast(${how.contrast}) brightness(${how.brightness})`;
  context.drawImage(canvas, 0, 0);
  context.filter = 'none';
  if (how.cast !== null) {
    context.globalCompositeOperation = 'soft-light';
    context.fillStyle = `rgba(${how.cast.map(Math.round).join()},0.22)`;
    context.fillRect(0, 0, WIDTH, HEIGHT);
  }
  if (how.vignette > 0) {
    context.globalCompositeOperation = 'multiply';
    const shade = context.createRadialGradient(WIDTH / 2, HEIGHT / 2, HEIGHT * 0.4, WIDTH / 2, HEIGHT / 2, WIDTH * 0.6);
    shade.addColorStop(0, '#fff');
    shade.addColorStop(1, `rgb(${Array(3).fill(Math.round(255 * (1 - how.vignette))).join()})`);
    context.fillStyle = shade;
    context.fillRect(0, 0, WIDTH, HEIGHT);
  }
  context.globalCompositeOperation = 'overlay';
  context.globalAlpha = how.grain;
  context.drawImage(grain(), -random.between(0, WIDTH), -random.between(0, HEIGHT));
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'source-over';
  if (how.shrink < 1) {
    const small = new OffscreenCanvas(Math.round(WIDTH * how.shrink), Math.round(HEIGHT * how.shrink));
    small.getContext('2d')!.drawImage(sheet, 0, 0, small.width, small.height);
    context.drawImage(small, 0, 0, WIDTH, HEIGHT);
  }
  if (how.words !== null) {
    context.font = '600 15px sans-serif';
    context.fillStyle = '#fff';
    context.strokeStyle = 'rgba(0,0,0,0.7)';
    context.lineWidth = 2.5;
    const [x, y] = [random.chance(0.5) ? 12 : 430, random.chance(0.6) ? 22 : HEIGHT - 12];
    context.strokeText(how.words, x, y);
    context.fillText(how.words, x, y);
  }
  return sheet.toDataURL('image/jpeg', how.quality).split(',')[1]!;
};

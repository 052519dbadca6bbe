import type { Letterbox } from './letterbox.ts';

/** What a picture is like, apart from what is on it: mean and deviation of its lightness, how far its colours are from grey, and how much neighbours differ (a dirty or unsharp lens has less). 0 to 1. */
export const PICTURE_MEASURES = ['brightness', 'contrast', 'colour', 'sharpness'] as const;

/** Every so many pixels in each direction is enough. */
const EVERY = 4;

/** The measures of the picture that lies at `place` on a canvas of RGB bytes `width` pixels wide. */
export const measurePicture = (canvas: Uint8Array, { left, top, width: across, height: down }: Letterbox, width: number): Float32Array => {
  const lightness = (at: number) => (0.299 * canvas[at]! + 0.587 * canvas[at + 1]! + 0.114 * canvas[at + 2]!) / 255;
  let [count, sum, squares, colour, steps] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + down; y += EVERY) {
    for (let x = left; x < left + across - 1; x += EVERY) {
      const at = 3 * (y * width + x);
      const own = lightness(at);
      count += 1;
      sum += own;
      squares += own * own;
      colour += (Math.max(canvas[at]!, canvas[at + 1]!, canvas[at + 2]!) - Math.min(canvas[at]!, canvas[at + 1]!, canvas[at + 2]!)) / 255;
      steps += Math.abs(lightness(at + 3) - own);
    }
  }
  const mean = sum / Math.max(1, count);
  return Float32Array.of(mean, Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean)), colour / Math.max(1, count), steps / Math.max(1, count));
};

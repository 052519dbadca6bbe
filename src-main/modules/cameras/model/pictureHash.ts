import { mirrored, resized, type Box, type Grey } from './grey.ts';

/** A perceptual hash, 64 bits in two numbers of 32: which of the 8 × 8 lowest frequencies (DCT-II of 32 × 32 pixels) lie above their median. Brightness, contrast, size and compression hardly move it. */
export type PictureHash = readonly [low: number, high: number];
/** Hashes of a picture as it is, mirrored, and of 18 parts of it, so that a cut-out is known again: 40 numbers, two for each. */
export type Fingerprint = Uint32Array<ArrayBuffer>;

const SIDE = 32;
const LOW = 8;
const COSINES = Float64Array.from({ length: LOW * SIDE }, (_none, index) => Math.cos((Math.PI * Math.floor(index / SIDE) * (2 * (index % SIDE) + 1)) / (2 * SIDE)));

export const hashOf = (picture: Grey, box?: Box): PictureHash => {
  const { pixels } = resized(picture, { width: SIDE, height: SIDE }, box);
  const rows = new Float64Array(SIDE * LOW);
  for (let y = 0; y < SIDE; y += 1) {
    for (let u = 0; u < LOW; u += 1) {
      let sum = 0;
      for (let x = 0; x < SIDE; x += 1) sum += pixels[y * SIDE + x]! * COSINES[u * SIDE + x]!;
      rows[y * LOW + u] = sum;
    }
  }
  const low = new Float64Array(LOW * LOW);
  for (let v = 0; v < LOW; v += 1) {
    for (let u = 0; u < LOW; u += 1) {
      let sum = 0;
      for (let y = 0; y < SIDE; y += 1) sum += rows[y * LOW + u]! * COSINES[v * SIDE + y]!;
      low[v * LOW + u] = sum;
    }
  }
  // The mean brightness is no feature; its bit is left at 0.
  const sorted = [...low.subarray(1)].toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  let [first, second] = [0, 0];
  for (let index = 1; index < low.length; index += 1) {
    if (low[index]! <= median) continue;
    if (index < 32) first |= 1 << index;
    else second |= 1 << (index - 32);
  }
  return [first >>> 0, second >>> 0];
};

/** Cut-outs that leave away 10 % and 20 % of each side, in the middle and towards the corners. */
const PARTS: readonly Box[] = [0.9, 0.8].flatMap((size) => [0, 0.5, 1].flatMap((x) => [0, 0.5, 1].map((y): Box => [x * (1 - size), y * (1 - size), size, size])));

export const fingerprintOf = (picture: Grey): Fingerprint => Uint32Array.from([hashOf(picture), hashOf(mirrored(picture)), ...PARTS.map((part) => hashOf(picture, part))].flat());

/** In how many bits two hashes differ, 0 to 63. */
export const bitsApart = (a: PictureHash, b: PictureHash): number => ones(a[0] ^ b[0]) + ones(a[1] ^ b[1]);

const ones = (word: number): number => {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** Of 63 bits, unrelated pictures differ in 31 ± 4; copies stay within this. */
const CLOSE_BITS = 14;
const WHOLE = 0;
const MIRRORED = 1;

/** Whether one picture may be the other again: whole, mirrored or cut out of it. Only a closer look tells a copy from a second photo of the same place. */
export const mayBeCopy = (a: Fingerprint, b: Fingerprint): boolean => {
  const isClose = (i: number, j: number) => ones(a[2 * i]! ^ b[2 * j]!) + ones(a[2 * i + 1]! ^ b[2 * j + 1]!) <= CLOSE_BITS;
  for (let part = 0; 2 * part < a.length; part += 1) {
    // The mirrored whole of one against the parts of the other covers cut-outs that were turned.
    if (isClose(part, WHOLE) || isClose(part, MIRRORED) || isClose(WHOLE, part) || isClose(MIRRORED, part)) return true;
  }
  return false;
};

import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { align, carried, isCopy, SAME_PLACE } from './align.ts';
import type { Box, Grey } from './grey.ts';
import { bitsApart, fingerprintOf, hashOf, mayBeCopy } from './pictureHash.ts';

/** A yard drawn from a seed: ground, sky, buildings with windows, a tank, pipes; a person with or without a hat where asked. */
const yard = (seed: number, person: 'bare' | 'hat' | 'none' = 'none'): string => {
  let state = seed * 2_654_435_761;
  const next = (limit: number) => (state = (state * 1_664_525 + 1_013_904_223) >>> 0) % limit;
  const boxes = Array.from({ length: 14 }, () => `<rect x="${next(600)}" y="${120 + next(260)}" width="${20 + next(120)}" height="${20 + next(140)}" fill="rgb(${next(220)},${next(220)},${next(220)})"/>`);
  const windows = Array.from({ length: 40 }, () => `<rect x="${next(630)}" y="${100 + next(330)}" width="8" height="${6 + next(14)}" fill="rgb(${next(255)},${next(255)},${next(255)})"/>`);
  const lines = Array.from({ length: 10 }, () => `<line x1="${next(640)}" y1="${next(480)}" x2="${next(640)}" y2="${next(480)}" stroke="rgb(${next(200)},${next(200)},${next(200)})" stroke-width="4"/>`);
  const body = person === 'none' ? '' : `<g><rect x="300" y="250" width="40" height="110" fill="#26418f"/><circle cx="320" cy="232" r="18" fill="#d9a066"/>${person === 'hat' ? '<path d="M298 230 a22 20 0 0 1 44 0 z" fill="#ffd21f"/>' : '<path d="M303 226 a17 14 0 0 1 34 0 z" fill="#1b1008"/>'}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="rgb(${150 + next(60)},160,170)"/><rect y="${200 + next(100)}" width="640" height="300" fill="rgb(${90 + next(60)},100,90)"/>${boxes.join('')}${windows.join('')}${lines.join('')}${body}</svg>`;
};
const jpegOf = (svg: string, quality = 85) => sharp(Buffer.from(svg)).jpeg({ quality }).toBuffer();
const grey = async (picture: Sharp | Buffer): Promise<Grey> => {
  const { data, info } = await (Buffer.isBuffer(picture) ? sharp(picture) : sharp(await picture.jpeg({ quality: 80 }).toBuffer())).greyscale().resize(480, 360, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
};
/** Noise of a sensor, differently each time, and another light. */
const photographed = async (svg: string, noiseSeed: number, light = 1): Promise<Buffer> => {
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let state = noiseSeed;
  for (let index = 0; index < data.length; index += 1) {
    state = (state * 1_103_515_245 + 12_345) >>> 0;
    data[index] = Math.min(255, Math.max(0, data[index]! * light + ((state >>> 16) % 13) - 6));
  }
  return sharp(data, { raw: info }).jpeg({ quality: 85 }).toBuffer();
};
const PERSON: Box = [290 / 640, 205 / 480, 60 / 640, 160 / 480];

const ways: readonly (readonly [string, (picture: Buffer) => Sharp])[] = [
  ['compressed again', (picture) => sharp(picture).resize(400)],
  ['brighter', (picture) => sharp(picture).modulate({ brightness: 1.35 })],
  ['darker, less contrast', (picture) => sharp(picture).linear(0.6, 10)],
  ['a tenth cut off', (picture) => sharp(picture).extract({ left: 40, top: 20, width: 576, height: 432 })],
  ['cut to the upper left', (picture) => sharp(picture).extract({ left: 0, top: 0, width: 512, height: 384 })],
  ['blurred a little', (picture) => sharp(picture).blur(1.2)],
];

describe('a picture used again', () => {
  it('is known however it was treated, mirrored too, among pictures of other places', async () => {
    const others = await Promise.all(Array.from({ length: 12 }, async (_none, index) => grey(await jpegOf(yard(100 + index)))));
    const picture = await photographed(yard(7, 'bare'), 1);
    const first = await grey(picture);
    for (const [way, treat] of ways) {
      const again = await grey(treat(picture));
      expect(mayBeCopy(fingerprintOf(first), fingerprintOf(again)), way).toBe(true);
      expect(isCopy(first, again, { alignment: align(first, again), aside: [] }), way).toBe(true);
    }
    expect(mayBeCopy(fingerprintOf(first), fingerprintOf(await grey(sharp(picture).flop())))).toBe(true);
    const strangers = others.filter((other) => mayBeCopy(fingerprintOf(first), fingerprintOf(other)) && isCopy(first, other, { alignment: align(first, other), aside: [] }));
    expect(strangers).toEqual([]);
  });

  it('is not taken for a new photo of the same place, nor a new photo for it', async () => {
    const before = await grey(await photographed(yard(7, 'bare'), 1));
    for (const after of [await photographed(yard(7, 'hat'), 2), await photographed(yard(7, 'none'), 3, 1.15)]) {
      const second = await grey(after);
      const alignment = align(before, second);
      expect(alignment.likeness).toBeGreaterThan(SAME_PLACE);
      expect(isCopy(before, second, { alignment, aside: [] })).toBe(false);
    }
  });
});

describe('the same place', () => {
  it('is found from a little further left, nearer, and in another light; a box is carried along', async () => {
    const first = await grey(await photographed(yard(7, 'bare'), 1));
    const moved = await photographed(yard(7, 'bare'), 5, 0.7);
    const second = await grey(sharp(moved).extract({ left: 64, top: 24, width: 512, height: 384 }));
    const alignment = align(first, second);
    expect(alignment.likeness).toBeGreaterThan(SAME_PLACE);
    expect(alignment.scale).toBeCloseTo(1.25, 1);
    const { box, inSight } = carried(PERSON, alignment);
    expect(inSight).toBeCloseTo(1);
    [[290 - 64, 512], [205 - 24, 384], [60, 512], [160, 384]].forEach(([pixels, side], index) => expect(box[index]! - pixels! / side!, String(index)).toBeCloseTo(0, 1));
  });
  it('is not found in other places', async () => {
    const first = await grey(await photographed(yard(7, 'bare'), 1));
    const likeness = await Promise.all(Array.from({ length: 8 }, async (_none, index) => align(first, await grey(await photographed(yard(200 + index), 9))).likeness));
    expect(Math.max(...likeness)).toBeLessThan(SAME_PLACE);
  });
});

it('hashes unrelated pictures far apart', async () => {
  const hashes = await Promise.all(Array.from({ length: 12 }, async (_none, index) => hashOf(await grey(await jpegOf(yard(300 + index))))));
  const apart = hashes.flatMap((one, index) => hashes.slice(index + 1).map((other) => bitsApart(one, other)));
  expect(Math.min(...apart)).toBeGreaterThan(8);
});

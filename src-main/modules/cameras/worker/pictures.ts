import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import type { PictureBox } from '../../../../src-shared/contract/index.ts';
import type { KeepRequest, Kept } from '../messages.ts';
import { align, isCopy, type Alignment } from '../model/align.ts';
import { mirrored, type Box, type Grey } from '../model/grey.ts';
import { headsOf } from '../model/heads.ts';
import { fingerprintOf, type Fingerprint } from '../model/pictureHash.ts';

/** No camera and no telephone gives more; a picture that unpacks to more is refused before it is unpacked. */
const MOST_PIXELS = 60_000_000;
const LOOK = { width: 480, height: 360 };
const open = (jpeg: Uint8Array) => sharp(jpeg, { limitInputPixels: MOST_PIXELS, failOn: 'error' });

sharp.concurrency(1);
sharp.cache(false);

const greyOf = async (jpeg: Uint8Array): Promise<Grey> => {
  // Transparency and colour profiles aside: brightness as everybody sees it, turned as the camera was held.
  const { data, info } = await open(jpeg).rotate().flatten().greyscale().resize(LOOK.width, LOOK.height, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
};

const fingerprint = async (jpeg: Uint8Array): Promise<Fingerprint> => fingerprintOf(await greyOf(jpeg));

/** Coarse squares in place of a region: no face is known from eight of them across. */
const COARSE = 8;
const coarseness = async (jpeg: Uint8Array, region: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }) => {
  const few = { width: Math.min(COARSE, region.width), height: Math.max(1, Math.min(COARSE, Math.round((COARSE * region.height) / region.width))) };
  const small = await open(jpeg).extract(region).resize(few.width, few.height, { fit: 'fill' }).png().toBuffer();
  return sharp(small).resize(region.width, region.height, { fit: 'fill', kernel: 'nearest' }).png().toBuffer();
};

const blurred = async (jpeg: Uint8Array, { width, height, boxes }: { readonly width: number; readonly height: number; readonly boxes: readonly PictureBox[] }): Promise<Uint8Array> => {
  const overlays: OverlayOptions[] = [];
  for (const [left, top, wide, high] of headsOf(boxes, width / height)) {
    const region = { left: Math.floor(left * width), top: Math.floor(top * height), width: 0, height: 0 };
    region.width = Math.min(width - region.left, Math.ceil(wide * width));
    region.height = Math.min(height - region.top, Math.ceil(high * height));
    if (region.width < 2 || region.height < 2) continue;
    overlays.push({ input: await coarseness(jpeg, region), left: region.left, top: region.top });
  }
  return overlays.length === 0 ? jpeg : open(jpeg).composite(overlays).jpeg({ quality: 88 }).toBuffer();
};

/** Nobody looked for heads: 96 squares across tell what happened and not to whom. */
const whole = async (jpeg: Uint8Array, width: number, height: number): Promise<Uint8Array> => {
  const small = await open(jpeg).resize(96).png().toBuffer();
  return sharp(small).resize(width, height, { fit: 'fill', kernel: 'nearest' }).jpeg({ quality: 80 }).toBuffer();
};

/** Writes so that a file is whole or not there. */
const write = async (file: string, bytes: Uint8Array) => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.part`, bytes, { mode: 0o600 });
  await rename(`${file}.part`, file);
};

/** What the worker does with pictures; sharp works in the thread pool, so sources go on meanwhile. Each rejects when bytes are no picture or the disk refuses. */
export const pictureMethods = {
  async keep({ jpeg, file, original, boxes, blur }: KeepRequest): Promise<Kept> {
    const upright = blur === 'none' ? await open(jpeg).rotate().jpeg({ quality: 90 }).toBuffer() : jpeg;
    const { width, height } = await open(upright).metadata();
    const state = blur === 'none' ? 'none' : boxes === null ? 'whole' : 'heads';
    const bytes = state === 'none' ? upright : boxes === null ? await whole(upright, width, height) : await blurred(upright, { width, height, boxes });
    await write(file, bytes);
    if (original !== null) await write(original, jpeg);
    return { width, height, bytes: bytes.length + (original === null ? 0 : jpeg.length), sha256: createHash('sha256').update(bytes).digest('hex'), blurred: state, fingerprint: await fingerprint(upright) };
  },

  /** A kept picture with its digest, boxes drawn in when `boxes` are given; null when the file is gone. */
  async show({ file, boxes }: { readonly file: string; readonly boxes: readonly PictureBox[] | null }): Promise<{ readonly jpeg: Uint8Array<ArrayBuffer>; readonly sha256: string } | null> {
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { jpeg: Uint8Array.from(boxes === null || boxes.length === 0 ? bytes : await drawn(bytes, boxes)), sha256 };
  },

  fingerprint: ({ jpeg }: { readonly jpeg: Uint8Array }) => fingerprint(jpeg),

  /** How a second picture lies on a first, and whether it is the first again, as it is or mirrored. `aside`: boxes of the first that were blurred. */
  async compare({ file, jpeg, aside }: { readonly file: string; readonly jpeg: Uint8Array; readonly aside: readonly Box[] }): Promise<{ readonly alignment: Alignment; readonly isCopy: boolean }> {
    const [first, second] = [await greyOf(await readFile(file)), await greyOf(jpeg)];
    const alignment = align(first, second);
    if (isCopy(first, second, { alignment, aside })) return { alignment, isCopy: true };
    const turned = mirrored(second);
    return { alignment, isCopy: isCopy(first, turned, { alignment: align(first, turned), aside }) };
  },
};

const drawn = async (jpeg: Uint8Array, boxes: readonly PictureBox[]): Promise<Uint8Array> => {
  const { width, height } = await open(jpeg).metadata();
  const line = Math.max(2, Math.round(width / 400));
  const frames = boxes.map(({ box: [left, top, wide, high], breach }) => `<rect x="${left * width}" y="${top * height}" width="${wide * width}" height="${high * height}" fill="none" stroke="${breach === null ? '#ffffff' : '#ff3b30'}" stroke-width="${line}"/>`);
  return open(jpeg)
    .composite([{ input: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${frames.join('')}</svg>`), left: 0, top: 0 }])
    .jpeg({ quality: 88 })
    .toBuffer();
};

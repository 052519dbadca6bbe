import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { intersectionOverUnion, openVisionSession, readVisionModel, VISION_CLASSES, type Sight, type VisionClass } from '../../modules/inference/index.ts';
import { unwrap } from '../../../src-shared/kernel/index.ts';
import { readAnnotations } from './cocoFile.ts';

const checked = unwrap(readVisionModel(join(import.meta.dirname, '../../../models/vision-ppe.json')));
const { thresholds } = checked.card;
const session = await openVisionSession(checked);
afterAll(() => session.close());
const look = async (picture: Uint8Array): Promise<Sight> => unwrap(await session.detect(picture, 0.01));
const believed = ({ detections }: Sight) => detections.filter((found) => found.score >= thresholds[found.class]);

/** A picture of our own twin with its annotations (`scripts/render/training.ts`), not among those trained on. */
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixture', name));
const frame = fixture('twin.jpg');
const [annotated] = readAnnotations(fixture('twin.json').toString('utf8')).pictures;
const truth = (which: VisionClass) => annotated!.truth.flatMap((thing) => (thing.class === which ? [thing.box] : []));

describe('the shipped detector', () => {
  it('knows every class and has a threshold for it', () => {
    expect(checked.card.classes).toEqual(VISION_CLASSES);
    expect(VISION_CLASSES.every((each) => thresholds[each] > 0.05 && thresholds[each] < 0.95)).toBe(true);
  });

  it('finds the persons of a picture, and who of them wears no hard hat', async () => {
    const sight = await look(frame);
    expect(sight).toMatchObject({ width: 640, height: 360 });
    for (const which of ['person', 'hardhat', 'no_hardhat'] as const) {
      const found = believed(sight).filter((each) => each.class === which);
      expect(truth(which).every((box) => found.some((each) => intersectionOverUnion(each.box, box) >= 0.5))).toBe(true);
      expect(found.length).toBe(truth(which).length);
    }
  });

  it('gives boxes in the pixels of the picture, whatever its size', async () => {
    const large = await look(await sharp(frame).resize(1280, 720).jpeg().toBuffer());
    const small = await look(frame);
    const person = (sight: Sight) => believed(sight).find((found) => found.class === 'person')!.box;
    const { x, y, width, height } = person(small);
    expect(intersectionOverUnion(person(large), { x: 2 * x, y: 2 * y, width: 2 * width, height: 2 * height })).toBeGreaterThan(0.85);
  });

  it('takes pictures without colour, with transparency and of any shape, and sees nothing in a wall', async () => {
    const wall = { width: 300, height: 900, channels: 3, background: '#8a8f94' } as const;
    const grey = await sharp({ create: wall }).greyscale().jpeg().toBuffer();
    const clear = await sharp({ create: { ...wall, channels: 4 } }).png().toBuffer();
    for (const picture of [grey, clear]) {
      const sight = await look(picture);
      expect([sight.width, sight.height, believed(sight).length]).toEqual([300, 900, 0]);
    }
    expect(believed(await look(await sharp(frame).greyscale().jpeg().toBuffer())).some((found) => found.class === 'person')).toBe(true);
  });

  it('refuses bytes that are no picture, a cut one, and one too large to unpack', async () => {
    const huge = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#000' } }).png({ compressionLevel: 9 }).toBuffer();
    for (const bytes of [new Uint8Array(), Uint8Array.of(1, 2, 3), frame.subarray(0, 300), huge]) expect(await session.detect(bytes, 0.1)).toMatchObject({ ok: false, refusal: { code: 'BadPicture' } });
  });
});

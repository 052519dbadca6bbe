import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { refuse, ok, text, type Refusal, type Result } from '../../../../src-shared/kernel/index.ts';
import type { CheckedModel, VisionCard } from '../card.ts';
import { decode, type Detection } from '../model/vision/detect.ts';
import { letterbox, type Size } from '../model/vision/letterbox.ts';
import { measurePicture } from '../model/vision/measures.ts';

/**
 * What was found in one picture: its size in pixels, the boxes in them, strongest first, how many pixels of the net's own picture one of them is; what the picture is like (`PICTURE_MEASURES`) and the
 * strongest score of all, boxes or none.
 */
export type Sight = Size & { readonly scale: number; readonly detections: readonly Detection[]; readonly measures: Float32Array; readonly strongest: number };

/** A loaded detector. `detect` blocks the calling thread while the net computes: a station calls it in the vision worker only. */
export type VisionSession = {
  /** `picture`: an encoded JPEG, PNG or WebP. Boxes with a score of `floor` or more. Rejects when the net fails. */
  detect(picture: Uint8Array, floor: number): Promise<Result<Sight, Refusal<'BadPicture'>>>;
  close(): Promise<void>;
};

/** No camera gives more; a picture that unpacks to more is refused before it is unpacked. */
const MOST_PIXELS = 40_000_000;

/** Loads a checked detector with one thread and warms it up. Throws when the graph does not take or give the card's shapes. */
export const openVisionSession = async ({ card, bytes }: CheckedModel<VisionCard>): Promise<VisionSession> => {
  // One picture at a time, each different: neither threads nor memory of libvips help.
  sharp.concurrency(1);
  sharp.cache(false);
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
  const [, height, width] = card.input.shape;
  const [r, g, b] = card.input.fill;

  const look = async (canvas: Uint8Array) => {
    const answer = await session.run({ [card.input.name]: new Tensor('uint8', canvas, card.input.shape) });
    const [scores, corners] = [answer[card.output.scores]?.data, answer[card.output.boxes]?.data];
    const { points } = card.output;
    if (!(scores instanceof Float32Array && corners instanceof Float32Array) || scores.length !== points * card.classes.length || corners.length !== points * 4) throw new Error(`${card.id}: unexpected output`);
    return { scores, corners };
  };
  await look(new Uint8Array(height * width * 3));

  /** The picture as the net takes it, and where it lies there; null when the bytes are no picture. */
  const prepare = async (encoded: Uint8Array) => {
    try {
      const image = sharp(encoded, { limitInputPixels: MOST_PIXELS });
      const metadata = await image.metadata();
      const picture = { width: metadata.width, height: metadata.height };
      const place = { ...letterbox(picture, { width, height }), picture };
      const canvas = await image
        .resize(place.width, place.height, { fit: 'fill', kernel: 'linear' })
        .flatten()
        .toColourspace('srgb')
        .extend({ left: place.left, right: width - place.width - place.left, top: place.top, bottom: height - place.height - place.top, background: { r, g, b } })
        .raw()
        .toBuffer();
      return ok({ place, canvas });
    } catch (error) {
      return refuse('BadPicture', text('图片无法读取', `The picture cannot be read: ${error instanceof Error ? error.message : String(error)}`));
    }
  };

  return {
    async detect(encoded, floor) {
      const prepared = await prepare(encoded);
      if (!prepared.ok) return prepared;
      const { place, canvas } = prepared.value;
      // Measured first: the canvas is the net's afterwards.
      const measures = measurePicture(canvas, place, width);
      const answer = await look(canvas);
      return ok({ ...place.picture, scale: place.scale, measures, strongest: answer.scores.reduce((most, score) => Math.max(most, score), 0), detections: decode(answer, place, { classes: card.classes, floor, overlap: card.overlap }) });
    },
    close: () => session.release(),
  };
};

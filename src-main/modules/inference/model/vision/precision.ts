import { intersectionOverUnion, type Box } from './detect.ts';

/** One picture of one class: what was found in it, and what is there. */
export type Judged = { readonly found: readonly { readonly score: number; readonly box: Box }[]; readonly truth: readonly Box[] };

/** A found box is right when it overlaps a thing nobody stronger claimed by at least this (IoU). */
export const RIGHT = 0.5;
const RECALLS = 101;

/** Of one picture, strongest first: the score of each found box and whether it is right. A found box takes the free thing that it overlaps most. */
export const judge = ({ found, truth }: Judged): readonly { readonly score: number; readonly isRight: boolean }[] => {
  const free = new Set(truth);
  return found
    .toSorted((a, b) => b.score - a.score)
    .map(({ score, box }) => {
      let best: Box | null = null;
      let most = RIGHT;
      for (const each of free) {
        const overlap = intersectionOverUnion(box, each);
        if (overlap >= most) [best, most] = [each, overlap];
      }
      if (best !== null) free.delete(best);
      return { score, isRight: best !== null };
    });
};

/**
 * Average precision at IoU 0.5 over pictures, as COCO takes it: the mean over recalls 0, 0.01 … 1 of the best precision at that recall or above.
 * Null where nothing is there to find.
 */
export const averagePrecision = (pictures: readonly Judged[]): number | null => {
  const total = pictures.reduce((sum, { truth }) => sum + truth.length, 0);
  if (total === 0) return null;
  const ranked = pictures.flatMap(judge).toSorted((a, b) => b.score - a.score);
  let right = 0;
  const curve = ranked.map(({ isRight }, index) => {
    if (isRight) right += 1;
    return { recall: right / total, precision: right / (index + 1) };
  });
  for (let index = curve.length - 2; index >= 0; index -= 1) curve[index] = { ...curve[index]!, precision: Math.max(curve[index]!.precision, curve[index + 1]!.precision) };
  let sum = 0;
  let place = 0;
  for (let step = 0; step < RECALLS; step += 1) {
    while (place < curve.length && curve[place]!.recall < step / (RECALLS - 1)) place += 1;
    sum += curve[place]?.precision ?? 0;
  }
  return sum / RECALLS;
};

import type { UtcMs } from '../../../../../src-shared/kernel/index.ts';
import { intersectionOverUnion, type Box } from './detect.ts';

/** Fire or smoke as seen by one camera. `sights`: its outline on the last pictures, null where nothing was seen. */
export type Blaze = { readonly sights: readonly { readonly at: UtcMs; readonly outline: Box | null }[]; readonly first: { readonly at: UtcMs; readonly area: number } | null; readonly since: UtcMs | null };
export const NO_BLAZE: Blaze = { sights: [], first: null, since: null };

const WINDOW = 5;
const LEAST = 3;
/** A fire that was seen spreads by this much… */
const GROWTH = 1.2;
/** …or flickers: its outline from one picture to the next overlaps less than this. A lamp, the sun or a red roof stands still. */
const STILL = 0.85;
/** Over when it was not seen for this long, nor on this many pictures: a camera whose turn is late has not seen it go. */
const LINGER_MS = 10_000;
const LINGER_SIGHTS = 3;

/**
 * Takes one more picture. It burns when three of five pictures say so about the same place and the outline grows or flickers; it is over after ten seconds without a sight. `since` is null while it does not burn.
 */
export const watchBlaze = (before: Blaze, { at, boxes }: { readonly at: UtcMs; readonly boxes: readonly Box[] }): Blaze => {
  const outline = boxes.length === 0 ? null : outlineOf(boxes);
  const sights = [...before.sights, { at, outline }].slice(-WINDOW);
  const seen = sights.flatMap((sight) => (sight.outline === null ? [] : [{ at: sight.at, outline: sight.outline }]));
  const lastAt = seen.at(-1)?.at;
  const isGone = (lastAt === undefined || at - lastAt > LINGER_MS) && sights.slice(-LINGER_SIGHTS).every((sight) => sight.outline === null);
  if (before.since !== null) return isGone ? { sights, first: null, since: null } : { ...before, sights };
  const newest = seen.at(-1);
  if (newest === undefined) return { sights, first: null, since: null };
  const isSamePlace = seen.slice(1).every(({ outline: next }, index) => touches(seen[index]!.outline, next));
  const first = before.first !== null && isSamePlace && at - before.first.at < 120_000 ? before.first : { at: seen[0]!.at, area: areaOf(seen[0]!.outline) };
  const overlaps = seen.slice(1).map(({ outline: next }, index) => intersectionOverUnion(seen[index]!.outline, next));
  const steadiness = overlaps.reduce((sum, overlap) => sum + overlap, 0) / Math.max(1, overlaps.length);
  const isAlive = areaOf(newest.outline) >= GROWTH * first.area || steadiness < STILL;
  const burns = seen.length >= LEAST && isSamePlace && isAlive;
  return { sights, first, since: burns ? first.at : null };
};

const areaOf = ({ width, height }: Box): number => width * height;
const outlineOf = (boxes: readonly Box[]): Box => {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x, height: Math.max(...boxes.map((box) => box.y + box.height)) - y };
};
const touches = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

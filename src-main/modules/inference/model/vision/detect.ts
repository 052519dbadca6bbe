import type { Letterbox, Size } from './letterbox.ts';

/** What the detector tells apart. Heads (`hardhat`, `no_hardhat`) are whole heads, helmet included. */
export const VISION_CLASSES = ['person', 'hardhat', 'no_hardhat', 'vest', 'no_vest', 'fire', 'smoke'] as const;
export type VisionClass = (typeof VISION_CLASSES)[number];

/** A rectangle in pixels of the picture, from its top left corner. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Detection = { readonly class: VisionClass; readonly score: number; readonly box: Box };

/** What the net says of one canvas: `scores` [points, classes] from 0 to 1, `corners` [points, 4] x1 y1 x2 y2 in net pixels. */
export type Raw = { readonly scores: Float32Array; readonly corners: Float32Array };
export type DecodeRules = {
  readonly classes: readonly VisionClass[];
  /** Scores below are not looked at. */
  readonly floor: number;
  /** Of two boxes of one class that overlap (IoU) by more, the weaker one goes. */
  readonly overlap: number;
};

/** At most so many points of a class are compared, and so many boxes of it kept. */
const COMPARED = 300;
const KEPT = 100;

/** Shared area over joint area, 0 to 1. */
export const intersectionOverUnion = (first: Box, second: Box): number => {
  const width = Math.min(first.x + first.width, second.x + second.width) - Math.max(first.x, second.x);
  const height = Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y);
  if (!(width > 0 && height > 0)) return 0;
  return (width * height) / (first.width * first.height + second.width * second.height - width * height);
};

/** The strongest boxes of one class, strongest first: each that overlaps a stronger one by more than `overlap` is left out (non-maximum suppression). */
export const suppress = <Each extends { readonly score: number; readonly box: Box }>(found: readonly Each[], overlap: number): readonly Each[] => {
  const kept: Each[] = [];
  for (const each of found.toSorted((a, b) => b.score - a.score).slice(0, COMPARED)) {
    if (kept.length === KEPT) break;
    if (kept.every(({ box }) => intersectionOverUnion(box, each.box) <= overlap)) kept.push(each);
  }
  return kept;
};

/** Boxes of the picture from what the net said of its canvas, strongest first; those that reach over its edge are cut there, those without area left out. */
export const decode = ({ scores, corners }: Raw, place: Letterbox & { readonly picture: Size }, { classes, floor, overlap }: DecodeRules): readonly Detection[] => {
  const edge = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
  const boxOf = (point: number): Box => {
    const x = edge((corners[point * 4]! - place.left) / place.scale, 0, place.picture.width);
    const y = edge((corners[point * 4 + 1]! - place.top) / place.scale, 0, place.picture.height);
    return {
      x,
      y,
      width: edge((corners[point * 4 + 2]! - place.left) / place.scale, 0, place.picture.width) - x,
      height: edge((corners[point * 4 + 3]! - place.top) / place.scale, 0, place.picture.height) - y,
    };
  };
  const byClass = classes.map((): Detection[] => []);
  scores.forEach((score, index) => {
    if (!(score >= floor)) return;
    const which = index % classes.length;
    const box = boxOf((index - which) / classes.length);
    if (box.width > 0 && box.height > 0) byClass[which]!.push({ class: classes[which]!, score, box });
  });
  return byClass.flatMap((found) => suppress(found, overlap)).toSorted((a, b) => b.score - a.score);
};

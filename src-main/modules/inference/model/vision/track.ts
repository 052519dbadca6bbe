import type { UtcMs } from '../../../../../src-shared/kernel/index.ts';
import { intersectionOverUnion, type Box } from './detect.ts';

/** One thing followed over many pictures. `velocity`: of its middle, picture units a second. */
export type Track = { readonly id: number; readonly box: Box; readonly velocity: { readonly x: number; readonly y: number }; readonly firstAt: UtcMs; readonly seenAt: UtcMs };
export type Tracker = {
  /** Takes the boxes of one picture; gives for each the track that it continues or begins, in the same order. */
  step(at: UtcMs, boxes: readonly Box[]): readonly Track[];
  /** Tracks that live, seen in the last picture or hidden for a while. */
  tracks(): readonly Track[];
};

/** A track that is hidden longer is over: behind a pipe rack one is gone for a few steps. */
const PATIENCE_MS = 4_000;
/** Pictures are seldom, so a walker may have left the old box: this many of the box's longer side from where it should be is still the same. */
const REACH = 0.9;
/** Share of a surprise that goes into place and into speed (an alpha–beta filter: the steady state of a Kalman filter with constant velocity). */
const [ALPHA, BETA] = [0.8, 0.4];
/** While hidden, nobody walks on for ever. */
const SLOWING = 0.7;

/** Follows boxes from picture to picture: predicted by constant velocity, joined where prediction and picture fit best, the best pair first. */
export const createTracker = (): Tracker => {
  let living: readonly Track[] = [];
  let last = 0;
  return {
    tracks: () => living,
    step(at, boxes) {
      const predicted = living.filter(({ seenAt }) => at - seenAt <= PATIENCE_MS).map((track) => ({ track, box: predict(track, at) }));
      const pairs = predicted
        .flatMap(({ track, box }) => boxes.map((seen, index) => ({ track, box, seen, index, fit: fitOf(box, seen) })))
        .filter(({ fit }) => fit > 0)
        .toSorted((a, b) => b.fit - a.fit);
      const taken = new Map<number, Track>();
      const used = new Set<number>();
      for (const { track, box, seen, index } of pairs) {
        if (taken.has(index) || used.has(track.id)) continue;
        used.add(track.id);
        taken.set(index, corrected(track, { box, seen, at }));
      }
      const answers = boxes.map((box, index) => taken.get(index) ?? { id: (last += 1), box, velocity: { x: 0, y: 0 }, firstAt: at, seenAt: at });
      living = [...answers, ...predicted.filter(({ track }) => !used.has(track.id)).map(({ track }) => ({ ...track, velocity: { x: track.velocity.x * SLOWING, y: track.velocity.y * SLOWING } }))];
      return answers;
    },
  };
};

const predict = ({ box, velocity, seenAt }: Track, at: UtcMs): Box => {
  const seconds = (at - seenAt) / 1_000;
  return { ...box, x: box.x + velocity.x * seconds, y: box.y + velocity.y * seconds };
};

/** How well a box fits a prediction, 0 not at all to 2: overlap and nearness; a box of quite another size is another thing. */
const fitOf = (predicted: Box, seen: Box): number => {
  const scale = Math.max(predicted.width, predicted.height, seen.width, seen.height);
  const away = Math.hypot(predicted.x + predicted.width / 2 - seen.x - seen.width / 2, predicted.y + predicted.height / 2 - seen.y - seen.height / 2) / scale;
  const ratio = Math.min(predicted.height, seen.height) / Math.max(predicted.height, seen.height);
  return away > REACH || ratio < 0.4 ? 0 : intersectionOverUnion(predicted, seen) + (1 - away / REACH) * ratio;
};

const corrected = (track: Track, { box, seen, at }: { readonly box: Box; readonly seen: Box; readonly at: UtcMs }): Track => {
  const seconds = Math.max(0.02, (at - track.seenAt) / 1_000);
  const [x, y] = [seen.x + seen.width / 2 - box.x - box.width / 2, seen.y + seen.height / 2 - box.y - box.height / 2];
  const width = box.width + ALPHA * (seen.width - box.width);
  const height = box.height + ALPHA * (seen.height - box.height);
  const middle = { x: box.x + box.width / 2 + ALPHA * x, y: box.y + box.height / 2 + ALPHA * y };
  return { ...track, box: { x: middle.x - width / 2, y: middle.y - height / 2, width, height }, velocity: { x: track.velocity.x + (BETA * x) / seconds, y: track.velocity.y + (BETA * y) / seconds }, seenAt: at };
};

import type { FeedTag } from './feedTag.ts';

/**
 * Notices single tags that fall silent on a link that lives: a sensor that dies does not take its broker with it. A tag that
 * measures something continuous and has kept a rhythm is silent when it misses three of its own longest pauses, and at
 * least the feed's stale time. Discrete tags may report changes only: their silence says nothing.
 */
export type Rhythm = {
  saw(tag: number, now: number): void;
  /** Tags that have become silent since the last call. `now` in ms of a clock that never steps. */
  takeSilent(now: number): Uint32Array<ArrayBuffer>;
  /** The link was lost: no tag is to blame for that pause. */
  forget(): void;
};

/** Reports before a rhythm is believed. */
const ENOUGH = 8;
/** The longest pause fades, so that one hiccup does not make a tag deaf for ever. */
const FADE = 0.98;

export const createRhythm = (tags: readonly FeedTag[], leastMs: number): Rhythm => {
  const lastAt = new Float64Array(tags.length);
  const longest = new Float64Array(tags.length);
  const reports = new Uint8Array(tags.length);
  return {
    saw(tag, now) {
      if (reports[tag]! > 0) longest[tag] = Math.max(now - lastAt[tag]!, longest[tag]! * FADE);
      if (reports[tag]! < ENOUGH) reports[tag] = reports[tag]! + 1;
      lastAt[tag] = now;
    },
    takeSilent(now) {
      const silent: number[] = [];
      for (let tag = 0; tag < tags.length; tag += 1) {
        if (reports[tag]! < ENOUGH || tags[tag]!.isDiscrete || now - lastAt[tag]! <= Math.max(leastMs, 3 * longest[tag]!)) continue;
        silent.push(tag);
        // Counted anew when it speaks again: the pause itself is no part of its rhythm.
        reports[tag] = 0;
        longest[tag] = 0;
      }
      return Uint32Array.from(silent);
    },
    forget() {
      reports.fill(0);
      longest.fill(0);
    },
  };
};

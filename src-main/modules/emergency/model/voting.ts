import type { Point3 } from '../../../../src-shared/kernel/index.ts';

/** A detector in alarm: from when, and until when it was last seen so (now, while it lasts). UTC ms. */
export type Vote = { readonly detector: string; readonly position: Point3; readonly from: number; readonly until: number };

/** Two detectors farther apart than this see two leaks, m. */
export const VOTING_RANGE = 150;
/** Two detectors confirm each other when both are in alarm or were within this time, ms. */
export const VOTING_WINDOW = 60_000;

/** Whether two places speak of the same leak. */
export const isNear = (a: Point3, b: Point3): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) <= VOTING_RANGE;

/** 2ooN voting: two different detectors within range of each other, in alarm together or within 60 s. */
export const isConfirmed = (votes: readonly Vote[]): boolean =>
  votes.some((a, i) => votes.slice(i + 1).some((b) => a.detector !== b.detector && Math.max(a.from, b.from) - Math.min(a.until, b.until) <= VOTING_WINDOW && isNear(a.position, b.position)));

import type { UtcMs } from '../../../../../src-shared/kernel/index.ts';

/**
 * How many pictures it takes to say that something is so: of the last `window` answers, `least` must be there and the share of yes reach `enter`; it is over when the share falls to `leave`. Between the
 * two it stays as it was, so that it does not flicker. `dwellMs`: yes must have been said for this long.
 */
export type VoteRules = { readonly window: number; readonly least: number; readonly enter: number; readonly leave: number; readonly dwellMs: number };
export type Votes = { readonly answers: readonly { readonly at: UtcMs; readonly isYes: boolean }[]; readonly isSo: boolean };

export const NO_VOTES: Votes = { answers: [], isSo: false };
/** An answer older than this says nothing of now. */
const OLD_MS = 30_000;

/** Takes one more answer; null is none (it could not be told) and leaves what is so as it is. */
export const vote = ({ answers, isSo }: Votes, { at, isYes }: { readonly at: UtcMs; readonly isYes: boolean | null }, { window, least, enter, leave, dwellMs }: VoteRules): Votes => {
  const recent = [...answers, ...(isYes === null ? [] : [{ at, isYes }])].filter((answer) => at - answer.at <= OLD_MS).slice(-window);
  const yes = recent.filter((answer) => answer.isYes);
  const share = recent.length === 0 ? 0 : yes.length / recent.length;
  if (isSo) return { answers: recent, isSo: share > leave };
  const since = yes[0]?.at ?? at;
  return { answers: recent, isSo: recent.length >= least && share >= enter && at - since >= dwellMs };
};

import { DAY } from '../../../../src-shared/kernel/index.ts';
import type { Rejection } from './rejection.ts';

/** How far from our time a source time may lie, s. See `timeBounds` of the site file. */
export type TimeBounds = { readonly oldestS: number; readonly aheadS: number; readonly lateS: number };
export const DEFAULT_BOUNDS: TimeBounds = { oldestS: (30 * DAY) / 1_000, aheadS: 60, lateS: 30 };

/** Values that a source states as current (a birth certificate, an OPC UA item) may be this old: they have not changed since. */
const OLDEST_CURRENT = Date.UTC(2000, 0, 2);

/**
 * What a sample is by its source time. `reported`: an event with its time, late ones belong to history only. `current`: the
 * source vouches that this is the value now, whenever it last changed. `retained`: a broker kept it, nobody vouches for it.
 * `historical`: said to be so by the source.
 */
export type Arrival = 'reported' | 'current' | 'retained' | 'historical';
export type Judgement = 'live' | 'history' | Extract<Rejection, 'time-too-old' | 'time-ahead' | 'time-unreadable'>;

export const judgeTime = ({ oldestS, aheadS, lateS }: TimeBounds, sample: { readonly at: number; readonly seenAt: number; readonly arrival: Arrival }): Judgement => {
  const age = sample.seenAt - sample.at;
  if (!Number.isFinite(age)) return 'time-unreadable';
  if (age < -aheadS * 1_000) return 'time-ahead';
  const isKept = sample.arrival === 'current' || sample.arrival === 'retained';
  if (isKept ? sample.at < OLDEST_CURRENT : age > oldestS * 1_000) return 'time-too-old';
  if (sample.arrival === 'historical') return 'history';
  return sample.arrival === 'reported' && age > lateS * 1_000 ? 'history' : 'live';
};

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * UTC ms of what a payload says: a number in s or ms, or ISO 8601 with a time of day; NaN when it is neither. Seconds end where ms of 1973
 * begin. `zone`, such as `+08:00`, is for text that states none: never this computer's own.
 */
export const readTime = (raw: unknown, zone = 'Z'): number => {
  if (typeof raw === 'number') return !Number.isFinite(raw) ? Number.NaN : raw < 1e11 ? raw * 1_000 : raw;
  if (typeof raw !== 'string') return Number.NaN;
  const text = raw.trim();
  if (text !== '' && !Number.isNaN(Number(text))) return readTime(Number(text));
  const [, date, time, stated = zone] = ISO.exec(text) ?? [];
  return date === undefined ? Number.NaN : Date.parse(`${date}T${time}${stated}`);
};

/** Estimates source clock minus ours: transport only ever makes samples look late, so the largest of the last minute is nearest the truth. */
export const createSkewEstimate = (windowMs = 60_000): SkewEstimate => {
  let older = Number.NEGATIVE_INFINITY;
  let newer = Number.NEGATIVE_INFINITY;
  let turnedAt = Number.NEGATIVE_INFINITY;
  return {
    observe(at, seenAt) {
      if (seenAt - turnedAt > windowMs / 2 || seenAt < turnedAt) {
        older = newer;
        newer = Number.NEGATIVE_INFINITY;
        turnedAt = seenAt;
      }
      if (at - seenAt > newer) newer = at - seenAt;
    },
    get: () => {
      const largest = Math.max(older, newer);
      return Number.isFinite(largest) ? Math.round(largest) : 0;
    },
  };
};
export type SkewEstimate = { observe(at: number, seenAt: number): void; /** ms, positive when the source is ahead; 0 before anything came. */ get(): number };

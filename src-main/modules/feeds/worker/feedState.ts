import { text, type Clock, type Text, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { FeedGap, FeedRow } from '../../../../src-shared/contract/index.ts';
import type { Feed } from '../../../../src-shared/plant/index.ts';
import type { Rejection } from '../model/rejection.ts';
import { createSkewEstimate, DEFAULT_BOUNDS, judgeTime, type Arrival, type TimeBounds } from '../model/timeBounds.ts';
import { Quality } from '../../../../src-shared/kernel/index.ts';
import type { RejectionNotice } from '../messages.ts';
import type { Outbox } from './outbox.ts';

const UNMAPPED_LIMIT = 10_000;

/**
 * State, counters and intake of one feed: connecting → live ⇄ stale (link up, nothing comes) → down (link lost, retrying);
 * refused needs a person. Leaving `live` tells the station at once which tags are lost.
 */
export type FeedState = {
  /** Takes one decoded value, by what its source says of it; `at` NaN means that it stated no time. True when it went out as live. */
  readonly take: Readonly<Record<Arrival, (tag: number, at: number, value: number, quality: number) => boolean>>;
  reject(reason: Rejection, detail: string): void;
  /** Says a reason on the diagnostics page without counting it as something that was refused. */
  notice(reason: Rejection, detail: string, count: number): void;
  /** Checks the source time of something that is not a tag's value; the time to use, or NaN when it was rejected. */
  timeOf(at: number, name: string): number;
  /** An address that no tag claims. */
  unmapped(address: string): void;
  /** The link is up; data must follow within the stale time. */
  linkUp(): void;
  linkDown(reason: Text): void;
  refused(reason: Text): void;
  /** The source has said something, if only that nothing changed. */
  heard(): void;
  /** The source has said that these tags are no longer vouched for (a device's death), while the link lives; since `at` of its clock where that can be. */
  lose(tags: Uint32Array, at?: UtcMs): void;
  /** The link is up and nobody vouches for any tag of it: the other end does not answer, or says that its source is gone. Over with the next value. */
  unvouched(reason: Text): void;
  /** What to do when the source speaks again after a silence on the same link: what it does not report again would stay stale for ever. */
  whenBack(run: () => void): void;
  /** How soon the source must be heard again; the site file's stale time until it is known better. */
  expectWithin(ms: number): void;
  /** How far the source's clock is from ours by its own word, ms; until it is said, the times of its values tell. */
  clockSeen(skewMs: number): void;
  /** How far from our time a source time may lie. */
  readonly bounds: TimeBounds;
  /** Our clock. */
  now(): UtcMs;
  /** Source clock minus ours, ms. */
  skewMs(): number;
  /** By what the link is secured, once it is known. */
  secured(words: string): void;
  /** How far filling the last gap from the source's history has come. */
  gap(gap: FeedGap): void;
  /** History is missing from here on and still to be asked for; null: nothing is. Kept by the station over a restart. */
  gapOpen(from: UtcMs | null): void;
  /** Checks the watchdog; called a few times a second. */
  tick(): void;
  row(): FeedRow;
  takeNotices(): readonly RejectionNotice[];
};

export const createFeedState = ({ feed, security: stated, clock, outbox, tags, names }: { readonly feed: Feed; readonly security: string; readonly clock: Clock; readonly outbox: Outbox; readonly tags: Uint32Array; readonly names: (tag: number) => string }): FeedState => {
  const bounds = feed.timeBounds ?? DEFAULT_BOUNDS;
  const skew = createSkewEstimate();
  const unmapped = new Set<string>();
  const notices = new Map<Rejection, { count: number; detail: string }>();
  let [state, since, lastError]: [FeedRow['state'], UtcMs, Text | null] = ['connecting', clock.now(), null];
  let [received, rejected, reconnects, links] = [0, 0, 0, 0];
  let [lastAt, heardAt]: [UtcMs | null, number] = [null, clock.monotonic()];
  let [rate, rateFrom, rateCount] = [0, clock.monotonic(), 0];
  let isLinked = false;
  let security = stated;
  let gap: FeedGap | null = null;
  let statedSkew: number | null = null;
  const skewMs = () => statedSkew ?? skew.get();
  let back = () => {};
  let lateAt = Number.NEGATIVE_INFINITY;
  let silenceMs = feed.staleAfterS * 1_000;
  /** Its silence says nothing as long as the link is up: see `quiet` of the site file. */
  const isByException = feed.kind !== 'opcua' && feed.quiet === 'good-while-connected';

  /** Values have gone out as live since the last loss: a resumed session delivers them before the link counts as up. */
  let hasShown = false;

  const enter = (next: FeedRow['state']) => {
    if (next === state) return;
    const isLost = state === 'live' || (hasShown && next !== 'live' && next !== 'connecting');
    [state, since] = [next, clock.now()];
    if (!isLost) return;
    hasShown = false;
    outbox.loss({ feed: feed.id, tags: tags.slice(), at: since });
  };
  const heard = () => {
    heardAt = clock.monotonic();
    if (state === 'live' || !isLinked) return;
    const wasSilent = state === 'stale';
    lastError = null;
    enter('live');
    if (wasSilent) back();
  };
  const notice = (reason: Rejection, detail: string, count: number) => {
    const known = notices.get(reason);
    if (known === undefined) notices.set(reason, { count, detail });
    else known.count += count;
  };
  const reject = (reason: Rejection, detail: string) => {
    rejected += 1;
    notice(reason, detail, 1);
  };

  const taking = (arrival: Arrival) => (tag: number, statedAt: number, value: number, quality: number): boolean => {
    const seenAt = clock.now();
    const isTimed = !Number.isNaN(statedAt);
    const at = isTimed ? Math.round(statedAt) : seenAt;
    const judgement = judgeTime(bounds, { at, seenAt, arrival });
    if (judgement !== 'live' && judgement !== 'history') {
      reject(judgement, `${names(tag)}: ${describeTime(at)}`);
      return false;
    }
    const liveQuality = arrival === 'retained' ? Quality.stale : isTimed ? quality : Math.max(quality, Quality.uncertain);
    const kept = judgement === 'history' ? outbox.history(tag, at, value, quality) : outbox.live(tag, at, value, liveQuality);
    if (!kept) {
      reject('overflow', names(tag));
      return false;
    }
    received += 1;
    if (arrival === 'historical' || arrival === 'retained') return false;
    if (isTimed && arrival === 'reported') skew.observe(at, seenAt);
    if (judgement === 'history') {
      lateAt = clock.monotonic();
      return false;
    }
    lastAt = at;
    hasShown = true;
    heard();
    return true;
  };

  return {
    heard,
    reject,
    notice,
    skewMs,
    bounds,
    now: clock.now,
    secured: (words) => void (security = words),
    gap: (now) => void (gap = now),
    gapOpen: (from) => outbox.gapOpen(feed.id, from),
    take: { reported: taking('reported'), current: taking('current'), retained: taking('retained'), historical: taking('historical') },
    timeOf(statedAt, name) {
      const seenAt = clock.now();
      if (Number.isNaN(statedAt)) return seenAt;
      const judgement = judgeTime(bounds, { at: statedAt, seenAt, arrival: 'reported' });
      if (judgement === 'live' || judgement === 'history') return Math.round(statedAt);
      reject(judgement, `${name}: ${describeTime(statedAt)}`);
      return Number.NaN;
    },
    unmapped(address) {
      if (unmapped.size >= UNMAPPED_LIMIT || unmapped.has(address)) return;
      unmapped.add(address.length > 200 ? address.slice(0, 200) : address);
    },
    linkUp() {
      if (links > 0) reconnects += 1;
      links += 1;
      isLinked = true;
      heardAt = clock.monotonic();
      enter('connecting');
    },
    linkDown(reason) {
      isLinked = false;
      lastError = reason;
      enter('down');
    },
    refused(reason) {
      isLinked = false;
      lastError = reason;
      enter('refused');
    },
    lose(lost, at) {
      const now = clock.now();
      outbox.loss({ feed: feed.id, tags: lost, at: at !== undefined && at <= now && now - at <= bounds.lateS * 1_000 ? at : now });
    },
    unvouched(reason) {
      if (!isLinked) return;
      lastError = reason;
      enter('stale');
    },
    whenBack: (run) => void (back = run),
    expectWithin: (ms) => void (silenceMs = ms),
    clockSeen: (skewMs) => void (statedSkew = skewMs),
    tick() {
      if (!isLinked || state === 'stale' || (isByException && state === 'live') || clock.monotonic() - heardAt <= silenceMs) return;
      const isLate = clock.monotonic() - lateAt <= silenceMs;
      const silenceS = Math.round(silenceMs / 100) / 10;
      lastError = isLate
        ? text(`数据源时间落后本站超过 ${bounds.lateS} 秒:数据只存入历史,请检查其时钟`, `Source time lags ours by more than ${bounds.lateS} s: values go to history only, check its clock`)
        : text(`已连接,但 ${silenceS} 秒内没有新数据`, `Connected, but nothing has come for ${silenceS} s`);
      enter('stale');
    },
    row() {
      const now = clock.monotonic();
      if (now - rateFrom >= 1_000) [rate, rateFrom, rateCount] = [((received - rateCount) * 1_000) / (now - rateFrom), now, received];
      return {
        id: feed.id,
        kind: feed.kind,
        url: withoutCredentials(feed.url),
        state,
        since,
        security,
        tags: tags.length,
        unmapped: unmapped.size,
        samplesPerSecond: Math.round(rate * 10) / 10,
        received,
        rejected,
        clockSkewMs: skewMs(),
        lastAt,
        lastError,
        reconnects,
        gap,
      };
    },
    takeNotices() {
      const taken = [...notices].map(([reason, { count, detail }]) => ({ feed: feed.id, reason, count, detail: detail.slice(0, 300) }));
      notices.clear();
      return taken;
    },
  };
};

const describeTime = (at: number) => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at));

/** A URL as people may see it: never with a password in it. */
export const withoutCredentials = (url: string): string => {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
};

import { isUsable, Quality, SECOND, type SampleBatch, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { AlarmSetting } from '../../../src-shared/plant/index.ts';
import type { Alarm } from './alarm.ts';
import type { Board } from './board.ts';
import type { ProcessDefinition } from './definition.ts';
import { conditionOf, isPresent, quietBand, type Condition } from './model/condition.ts';
import { GRACE_MS } from './model/replay.ts';
import { createWatch, type Watch } from './model/watch.ts';
import type { Signals } from './signals.ts';

/** Turns samples into stimuli for the board. */
export type Evaluation = {
  /** The hot path. One comparison with the tag's quiet band tells nearly always that nothing changes; nothing is allocated then. */
  evaluate(batch: SampleBatch): void;
  /** These set points have moved: deviations from them are judged anew, by our clock. */
  follow(setpoints: readonly number[], now: UtcMs): void;
  /** What time alone ends: delays without a further sample, exceedances that count no more. `now` on the clock of `seenAt`. */
  tick(now: UtcMs): void;
  /** Watches a tag by other settings from its next sample on; the alarms stay the same ones. A running delay begins anew. */
  redefine(tagIndex: number, definitions: readonly ProcessDefinition[]): void;
  /** Tags whose value has been bad since before `now - ms`. */
  badFor(ms: number, now: UtcMs): readonly number[];
  /** Samples that carried a tag index outside the plant model, since the start. */
  readonly unknown: number;
};

/** One condition on one tag. */
type Point = {
  readonly alarm: Alarm;
  readonly setting: AlarmSetting;
  readonly condition: Condition;
  readonly tag: number;
  readonly watch: Watch | null;
  /** The tag of the set point of a DEVIATION; -1 for others. */
  readonly setpoint: number;
  present: boolean;
  /** Source time at which `present` came to be so, and when we learnt it. */
  since: UtcMs;
  sinceSeen: UtcMs;
  /** What is watched, and the value of the tag itself. */
  value: number;
  raw: number;
};

type Dependencies = { readonly board: Board; readonly definitions: readonly ProcessDefinition[]; readonly tags: number; readonly signals: Signals; readonly indexOf: (tag: string) => number | undefined };

export const createEvaluation = ({ board, definitions, tags, signals, indexOf }: Dependencies): Evaluation => {
  const pointOf = ({ definition, tagIndex, setting }: ProcessDefinition): Point => {
    const alarm = board.define(definition);
    const setpoint = setting.setpoint === undefined ? -1 : (indexOf(setting.setpoint) ?? -1);
    if (setpoint >= 0) signals.watch(setpoint);
    return { alarm, setting, condition: conditionOf(setting), tag: tagIndex, watch: createWatch(setting, () => signals.value(setpoint)), setpoint, raw: NaN, present: alarm.life.active, since: alarm.raisedAt, sinceSeen: alarm.seenAt, value: alarm.value };
  };
  const points = Array.from({ length: tags }, (): Point[] => []);
  for (const definition of definitions) points[definition.tagIndex]?.push(pointOf(definition));

  // The quiet band of each tag, open; NaN sends every value to `look`, and so does a NaN value.
  const low = Float64Array.from(points, (own) => (own.length === 0 ? -Infinity : NaN));
  const high = Float64Array.from(points, (own) => (own.length === 0 ? Infinity : NaN));
  const lastAt = new Float64Array(tags).fill(-Infinity);
  const badSince = new Float64Array(tags);
  /** Conditions whose delay is running. */
  const waiting = new Set<Point>();
  let unknown = 0;
  /** Tags with a COUNT alarm, which time can end, and with a DEVIATION, which its set point can move. */
  const counting = new Set<number>();
  const deviating = new Set<number>();
  const sortOut = (tag: number) => {
    for (const [kind, tagsOf] of [['COUNT', counting], ['DEVIATION', deviating]] as const) {
      if (points[tag]!.some(({ setting }) => setting.kind === kind)) tagsOf.add(tag);
      else tagsOf.delete(tag);
    }
  };
  for (const tag of points.keys()) sortOut(tag);

  const settle = (point: Point, at: UtcMs) => {
    waiting.delete(point);
    board.apply(point.alarm, point.present ? 'activate' : 'return', { at, value: point.value });
  };
  /** Applies a condition whose delay is over at source time `at`; otherwise lets it wait. */
  const judge = (point: Point, at: UtcMs) => {
    if (point.present === point.alarm.life.active) waiting.delete(point);
    else if (at - point.since >= delayOf(point)) settle(point, point.present ? point.since : at);
    else waiting.add(point);
  };

  /** Holds the alarm as it is; a running delay begins anew. */
  const hold = (point: Point) => {
    point.present = point.alarm.life.active;
    waiting.delete(point);
  };
  /** Ends a condition that time alone has ended by `at`. */
  const endByTime = (point: Point, at: UtcMs, seenAt: UtcMs): boolean => {
    const ended = point.present && point.watch !== null ? point.watch.endsAt() : Infinity;
    if (ended > at) return false;
    point.present = false;
    point.since = ended;
    point.sinceSeen = seenAt;
    return true;
  };

  const look = (tag: number, at: UtcMs, sample: { readonly value: number; readonly quality: number; readonly seenAt: UtcMs }) => {
    const own = points[tag];
    if (own === undefined) {
      unknown += 1;
      return;
    }
    const { value, quality, seenAt } = sample;
    // Late samples belong to history: they neither raise nor clear. Neither a source clock that runs ahead nor a mark of staleness in our
    // own time may blind us later: `lastAt` stays behind our clock and counts usable samples only. One ahead of it: our clock was set back.
    if (!(at >= lastAt[tag]!) && lastAt[tag]! <= seenAt) return;
    if (!isUsable(quality) || Number.isNaN(value)) {
      // Bad quality holds every alarm as it is, and a running delay begins anew. Only a bad value counts as bad; a stale one is the feed's own alarm.
      if (quality !== Quality.stale && badSince[tag] === 0) badSince[tag] = seenAt;
      low[tag] = high[tag] = NaN;
      own.forEach(hold);
      return;
    }
    lastAt[tag] = Math.min(at, seenAt);
    badSince[tag] = 0;
    let lower = -Infinity;
    let upper = Infinity;
    for (const point of own) {
      endByTime(point, at, seenAt);
      const watched = point.watch === null ? value : point.watch.next(at, value);
      point.raw = value;
      if (Number.isNaN(watched)) {
        lower = upper = NaN;
        hold(point);
        continue;
      }
      const present = isPresent(point.condition, point.present, watched);
      point.value = watched;
      if (present !== point.present) {
        point.present = present;
        point.since = at;
        point.sinceSeen = seenAt;
      }
      const band = point.watch === null ? quietBand(point.condition, present, watched) : ALWAYS_LOOK;
      lower = Math.max(lower, band[0]);
      upper = Math.min(upper, band[1]);
    }
    // Least severe first when conditions end, most severe first when they begin: a lesser alarm never shows for a moment between.
    for (let index = own.length - 1; index >= 0; index -= 1) if (!own[index]!.present) judge(own[index]!, at);
    for (const point of own) if (point.present) judge(point, at);
    const isWaiting = own.some((point) => waiting.has(point));
    low[tag] = isWaiting ? NaN : lower;
    high[tag] = isWaiting ? NaN : upper;
  };

  const scan = ({ tag, at, value, quality, seenAt }: SampleBatch) => {
    for (let index = 0; index < tag.length; index += 1) {
      const own = tag[index]!;
      const sample = value[index]!;
      const sampleQuality = quality[index]!;
      const time = at[index]!;
      if (sample > low[own]! && sample < high[own]! && sampleQuality !== Quality.bad && sampleQuality !== Quality.stale && time >= lastAt[own]!) lastAt[own] = time < seenAt ? time : seenAt;
      else look(own, time, { value: sample, quality: sampleQuality, seenAt });
    }
  };

  return {
    evaluate: (batch) => board.change(() => scan(batch)),
    follow(setpoints, now) {
      for (const own of deviating) {
        const point = points[own]?.find(({ setpoint }) => setpoints.includes(setpoint));
        if (point === undefined || Number.isNaN(point.raw) || badSince[own] !== 0) continue;
        // The tag itself has said nothing new: its next sample may be older than the set point's and still counts.
        const kept = lastAt[own]!;
        look(own, Math.max(kept, signals.at(point.setpoint)), { value: point.raw, quality: Quality.good, seenAt: now });
        lastAt[own] = kept;
      }
    },
    tick(now) {
      for (const tag of counting) {
        for (const point of badSince[tag] === 0 ? points[tag]! : []) if (endByTime(point, now, now)) judge(point, point.since);
      }
      for (const point of [...waiting]) {
        if (now - point.sinceSeen < delayOf(point) + GRACE_MS) continue;
        settle(point, point.present ? point.since : point.since + delayOf(point));
        low[point.tag] = high[point.tag] = NaN;
      }
    },
    redefine(tagIndex, next) {
      for (const point of points[tagIndex] ?? []) waiting.delete(point);
      points[tagIndex] = next.map(pointOf);
      sortOut(tagIndex);
      low[tagIndex] = high[tagIndex] = NaN;
    },
    badFor: (ms, now) => [...badSince.keys()].filter((tag) => badSince[tag] !== 0 && now - badSince[tag]! >= ms),
    get unknown() {
      return unknown;
    },
  };
};

const ALWAYS_LOOK = [NaN, NaN] as const;
const delayOf = ({ present, setting }: Point): number => (present ? setting.onDelayS : setting.offDelayS) * SECOND;

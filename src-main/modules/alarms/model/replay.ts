import { isUsable, SECOND, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { AlarmSetting } from '../../../../src-shared/plant/index.ts';
import { conditionOf, isPresent } from './condition.ts';
import { createWatch } from './watch.ts';

/** From the crossing to the end of the condition, delays applied; `to` null while it lasts. */
export type Episode = { readonly from: UtcMs; readonly to: UtcMs | null };
export type History = { readonly at: ArrayLike<number>; readonly value: ArrayLike<number>; readonly quality: ArrayLike<number> };

/** A source that falls silent in the middle of a delay gets this much more, so that its next sample can still end it. */
export const GRACE_MS = 1 * SECOND;

/**
 * When an alarm with this setting would have been up over samples ascending in time: the rules of the hot path (deadband, delays, bad quality
 * holds), one alarm alone. A DEVIATION needs the samples of its set point as well.
 */
export const replay = (setting: AlarmSetting, { at, value, quality }: History, setpoint?: History): readonly Episode[] => {
  const condition = conditionOf(setting);
  const watch = createWatch(setting, readerOf(setpoint));
  const episodes: { from: UtcMs; to: UtcMs | null }[] = [];
  let active = false;
  let present = false;
  let since = 0;
  const settle = (time: UtcMs) => {
    active = present;
    if (active) episodes.push({ from: since, to: null });
    else episodes.at(-1)!.to = time;
  };
  for (let index = 0; index < at.length; index += 1) {
    const time = at[index]!;
    const delay = () => (present ? setting.onDelayS : setting.offDelayS) * SECOND;
    const ended = present ? (watch?.endsAt() ?? Infinity) : Infinity;
    if (ended <= time) {
      present = false;
      since = ended;
    }
    if (present !== active && time - since >= delay() + GRACE_MS) settle(since + delay());
    const own = isUsable(quality[index]!) ? value[index]! : NaN;
    const watched = watch === null || Number.isNaN(own) ? own : watch.next(time, own);
    if (Number.isNaN(watched)) {
      present = active;
      continue;
    }
    const next = isPresent(condition, present, watched);
    if (next !== present) {
      present = next;
      since = time;
    }
    if (present !== active && time - since >= delay()) settle(time);
  }
  return episodes;
};

/** The set point as its samples say at ascending times. */
const readerOf = (history: History | undefined): ((at: UtcMs) => number) => {
  let place = 0;
  let last = NaN;
  return (at) => {
    for (; history !== undefined && place < history.at.length && history.at[place]! <= at; place += 1) last = isUsable(history.quality[place]!) ? history.value[place]! : NaN;
    return last;
  };
};

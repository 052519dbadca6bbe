import { isUsable, SECOND, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { AlarmSetting } from '../../../../src-shared/plant/index.ts';
import { isPresent } from './condition.ts';
import { createSlope } from './slope.ts';

/** From the crossing to the end of the condition, delays applied; `to` null while it lasts. */
export type Episode = { readonly from: UtcMs; readonly to: UtcMs | null };
export type History = { readonly at: ArrayLike<number>; readonly value: ArrayLike<number>; readonly quality: ArrayLike<number> };

/** A source that falls silent in the middle of a delay gets this much more, so that its next sample can still end it. */
export const GRACE_MS = 1 * SECOND;

/** When an alarm with this setting would have been up over samples ascending in time: the rules of the hot path (deadband, delays, bad quality holds), one alarm alone. */
export const replay = (setting: AlarmSetting, { at, value, quality }: History): readonly Episode[] => {
  const slope = setting.kind === 'RATE' ? createSlope() : null;
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
    if (present !== active && time - since >= delay() + GRACE_MS) settle(since + delay());
    if (!isUsable(quality[index]!) || Number.isNaN(value[index]!)) {
      present = active;
      continue;
    }
    const watched = slope === null ? value[index]! : slope.next(time, value[index]!);
    const next = isPresent(setting, present, watched);
    if (next !== present) {
      present = next;
      since = time;
    }
    if (present !== active && time - since >= delay()) settle(time);
  }
  return episodes;
};

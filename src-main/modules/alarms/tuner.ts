import type { AlarmReplay, AlarmTuning, Anlan, OutputOf } from '../../../src-shared/contract/index.ts';
import type { UtcMs } from '../../../src-shared/kernel/index.ts';
import type { Registry } from '../registry/index.ts';
import { createPerformance } from './model/performance.ts';
import { replay, type Episode, type History } from './model/replay.ts';

/** Raw samples of a tag from the historian, newest last; when there are more than `limit`, the newest. */
export type ReadSamples = (input: { readonly tag: string; readonly from: UtcMs; readonly to: UtcMs; readonly limit: number }) => Promise<History>;

const MOST_SAMPLES = 300_000;
const MOST_EPISODES = 1_000;

/** Plays an alarm over the site's own history, as it is set and as it might be set. Null when there is no such alarm. */
export const replayAlarm = async ({ registry, samples }: { readonly registry: Registry; readonly samples: ReadSamples }, { alarm, from, to, tuning }: { readonly alarm: string; readonly from: UtcMs; readonly to: UtcMs; readonly tuning: AlarmTuning }): Promise<OutputOf<Anlan['alarms']['replay']>> => {
  const cut = alarm.lastIndexOf('/');
  const tag = registry.tag(alarm.slice(0, cut));
  const setting = tag?.alarms.find(({ kind }) => kind === alarm.slice(cut + 1));
  if (tag === undefined || setting === undefined) return null;
  const history = await samples({ tag: tag.id, from, to, limit: MOST_SAMPLES });
  const begun = history.at[0] ?? from;
  const summary = (episodes: readonly Episode[]) => summarise(episodes, { from: begun, to });
  const setpoint = setting.setpoint === undefined ? undefined : await samples({ tag: setting.setpoint, from, to, limit: MOST_SAMPLES });
  return { from: begun, to, samples: history.at.length, current: summary(replay(setting, history, setpoint)), tuned: summary(replay({ ...setting, ...tuning }, history, setpoint)) };
};

const summarise = (episodes: readonly Episode[], { from, to }: { readonly from: UtcMs; readonly to: UtcMs }): AlarmReplay => {
  const performance = createPerformance({ from, to });
  for (const episode of episodes) {
    performance.add({ alarm: '', at: episode.from, event: 'raised', priority: 4 });
    if (episode.to !== null) performance.add({ alarm: '', at: episode.to, event: 'cleared', priority: 4 });
  }
  const { raised, fleeting, chattering } = performance.figures();
  return { raised, fleeting, chattering: chattering > 0, activeMs: episodes.reduce((sum, episode) => sum + (episode.to ?? to) - episode.from, 0), episodes: episodes.slice(-MOST_EPISODES) };
};

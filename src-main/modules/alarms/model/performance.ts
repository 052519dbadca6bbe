import { DAY, MINUTE, SECOND, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { AlarmPriority } from '../../../../src-shared/plant/index.ts';

/** What the figures are made of: an alarm raised, or its condition gone. Ascending in time. */
export type PerformanceEvent = { readonly alarm: string; readonly at: UtcMs; readonly event: 'raised' | 'returned' | 'cleared'; readonly priority: AlarmPriority };
export type AlarmTally = { readonly alarm: string; readonly priority: AlarmPriority; readonly raised: number; readonly chattering: boolean; readonly fleeting: number };
export type PerformanceFigures = {
  readonly raised: number;
  /** Clock periods of ten minutes begun between `from` and `to`. */
  readonly periods: number;
  readonly averagePer10Min: number;
  readonly peakPer10Min: number;
  readonly peakAt: UtcMs | null;
  /** Periods by how many alarms they held, in the bands of `RATE_BANDS`. */
  readonly distribution: readonly number[];
  /** Share of periods in flood. */
  readonly floodShare: number;
  readonly byPriority: readonly [number, number, number, number];
  readonly chattering: number;
  readonly fleeting: number;
  /** The ten that were raised most, most first. */
  readonly top: readonly AlarmTally[];
  /** Their part of all alarms. */
  readonly topShare: number;
};

export const PERIOD_MS = 10 * MINUTE;
/** The longest time that one answer covers. */
export const LONGEST_MS = 92 * DAY;
/** Lower ends: 0, 1, 2, 3–5, 6–10 and more than ten alarms in ten minutes (ISA-18.2 §16: about one is acceptable, two can be managed, more than ten is a flood). */
export const RATE_BANDS: readonly number[] = [0, 1, 2, 3, 6, 11];

/** ISA-18.2 §16.5.3: a flood begins above ten in a period and ends below five. */
const FLOOD_ABOVE = 10;
const FLOOD_ENDS_BELOW = 5;
/** EEMUA 191: three times or more within a minute chatters; gone again within ten seconds is too short to act on. */
const CHATTER_COUNT = 3;
const CHATTER_MS = MINUTE;
const FLEETING_MS = 10 * SECOND;

type Tally = { readonly alarm: string; priority: AlarmPriority; raised: number; chattering: boolean; fleeting: number; recent: UtcMs[]; since: UtcMs | null };

/** Key figures of the alarm system (ISA-18.2 §16, EEMUA 191) over [from, to], fed event by event so that years need not be in memory. */
export const createPerformance = ({ from, to }: { readonly from: UtcMs; readonly to: UtcMs }): { add(event: PerformanceEvent): void; figures(): PerformanceFigures } => {
  const first = Math.floor(from / PERIOD_MS);
  const counts = new Uint32Array(Math.max(1, Math.ceil(to / PERIOD_MS) - first));
  const byPriority: [number, number, number, number] = [0, 0, 0, 0];
  const tallies = new Map<string, Tally>();
  const tallyOf = (alarm: string, priority: AlarmPriority): Tally => {
    const known = tallies.get(alarm);
    if (known !== undefined) return known;
    const tally: Tally = { alarm, priority, raised: 0, chattering: false, fleeting: 0, recent: [], since: null };
    tallies.set(alarm, tally);
    return tally;
  };
  return {
    add({ alarm, at, event, priority }) {
      const tally = tallyOf(alarm, priority);
      if (event !== 'raised') {
        if (tally.since !== null && at - tally.since < FLEETING_MS) tally.fleeting += 1;
        tally.since = null;
        return;
      }
      const period = Math.floor(at / PERIOD_MS) - first;
      if (period >= 0 && period < counts.length) counts[period]! += 1;
      byPriority[priority - 1]! += 1;
      tally.priority = priority;
      tally.raised += 1;
      tally.since = at;
      tally.recent = [...tally.recent.filter((time) => at - time < CHATTER_MS), at];
      if (tally.recent.length >= CHATTER_COUNT) tally.chattering = true;
    },
    figures() {
      const all = [...tallies.values()];
      const raised = byPriority.reduce((sum, count) => sum + count, 0);
      const top = all.filter((tally) => tally.raised > 0).toSorted((a, b) => b.raised - a.raised || (a.alarm < b.alarm ? -1 : 1)).slice(0, 10);
      const peak = counts.reduce((most, count, period) => (count > counts[most]! ? period : most), 0);
      return {
        raised,
        periods: counts.length,
        averagePer10Min: raised / counts.length,
        peakPer10Min: counts[peak]!,
        peakAt: counts[peak] === 0 ? null : (first + peak) * PERIOD_MS,
        distribution: RATE_BANDS.map((low, band) => counts.reduce((sum, count) => sum + Number(count >= low && count < (RATE_BANDS[band + 1] ?? Infinity)), 0)),
        floodShare: periodsInFlood(counts) / counts.length,
        byPriority,
        chattering: all.filter((tally) => tally.chattering).length,
        fleeting: all.reduce((sum, tally) => sum + tally.fleeting, 0),
        top: top.map(({ alarm, priority, raised: own, chattering, fleeting }) => ({ alarm, priority, raised: own, chattering, fleeting })),
        topShare: raised === 0 ? 0 : top.reduce((sum, tally) => sum + tally.raised, 0) / raised,
      };
    },
  };
};

const periodsInFlood = (counts: Uint32Array): number => {
  let inFlood = 0;
  let isFlood = false;
  for (const count of counts) {
    isFlood = isFlood ? count >= FLOOD_ENDS_BELOW : count > FLOOD_ABOVE;
    inFlood += Number(isFlood);
  }
  return inFlood;
};

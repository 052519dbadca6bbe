import type { AssetHealth, PermitRow } from '../../../../src-shared/contract/index.ts';
import { DAY, HOUR, text, type Text, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { RecordsFile } from '../../../../src-shared/plant/index.ts';
import { findingsOf, type ZoneFacts } from './findings.ts';
import { indexOf, type Finding, type Indexed } from './zoneIndex.ts';

/** Planned work that is no permit. */
type PlannedWork = { readonly id: string; readonly title: Text; readonly zone: string; readonly equipment: string | null; readonly from: UtcMs; readonly to: UtcMs; readonly kind: RecordsFile['plans'][number]['kind'] };

/** What is known of a zone's days to come. */
export type Ahead = {
  /** The zone's permits that have not ended, whatever their state. */
  readonly permits: readonly PermitRow[];
  readonly plans: readonly PlannedWork[];
  /** Inspections of the zone that will be overdue, and people whose qualification will have run out. */
  readonly overdueAt: (at: UtcMs) => ZoneFacts['overdue'];
  readonly unqualifiedAt: (permits: readonly PermitRow[], at: UtcMs) => ZoneFacts['unqualified'];
  /** What a weather forecast says of a moment; null where it does not reach. */
  readonly weatherAt?: (at: UtcMs) => ZoneFacts['weather'] | null;
};

/** The horizon of the forecast, and how long the weather of now is taken to last. */
export const HORIZON_DAYS = 15;
const PERSISTENCE = DAY;
const MILD: ZoneFacts['weather'] = { windSpeed: 3, temperatureC: 20, rain: 0 };

/** Planned work beside permits: starting and stopping a unit is when most goes wrong; the weights are judgement like those of the findings. */
const PLAN: Readonly<Record<PlannedWork['kind'], number>> = { maintenance: 5, loading: 4, 'start-up': 12, 'shut-down': 10, 'special-work': 8 };

/**
 * The zone's index at a moment ahead, by what is planned and known: permits and plans of that moment, hazards and inspections as late as they will be if nothing
 * more is done, machines as worn as their life forecast says, the weather as forecast or, where no forecast reaches, that of now for a day (persistence). What only now knows (alarms, cameras, people) is left out.
 */
export const indexAhead = (present: ZoneFacts, ahead: Ahead, at: UtcMs): Indexed => {
  const permits = ahead.permits.filter(({ from, to }) => from <= at && at < to).map((permit): PermitRow => ({ ...permit, state: 'active' }));
  const facts: ZoneFacts = {
    ...present,
    now: at,
    alarms: [],
    cameras: [],
    blind: { detectors: [], others: [], tags: present.blind.tags },
    people: { count: 0, usual: 0, strained: [] },
    weather: ahead.weatherAt?.(at) ?? (at - present.now <= PERSISTENCE ? present.weather : MILD),
    permits,
    hazards: present.hazards.map((hazard) => ({ ...hazard, overdue: hazard.overdue || (hazard.due !== null && hazard.due < at) })),
    overdue: ahead.overdueAt(at),
    unqualified: ahead.unqualifiedAt(permits, at),
    assets: present.assets.map((asset) => ({ ...asset, failureWithin: { ...asset.failureWithin, d15: failureFrom(asset, (at - present.now) / DAY) } })),
  };
  const plans = ahead.plans.filter(({ from, to }) => from <= at && at < to);
  return indexOf([...findingsOf(facts), ...plans.map(planFinding)]);
};

const planFinding = ({ id, title, kind, equipment, zone }: PlannedWork): Finding => ({
  factor: 'management',
  weight: PLAN[kind],
  text: text(`计划工作:${title.zh}`, `Planned work: ${title.en}`),
  evidence: [equipment === null ? { kind: 'inspection', id: zone, value: id } : { kind: 'equipment', id: equipment, value: id }],
  remedy: { id: `plan/${id}`, text: text(`错开计划工作 ${id} 的时间`, `Move planned work ${id} to another time`) },
});

/**
 * Chance that a machine which has lived `days` more fails within the fifteen days after: its life spread linearly between P10, P50 and P90 and on at the last slope;
 * at 0 days the model's own figure.
 */
export const failureFrom = (asset: Pick<AssetHealth, 'p10Days' | 'p50Days' | 'p90Days' | 'failureWithin'>, days: number): number => {
  const { p10Days, p50Days, p90Days, failureWithin } = asset;
  if (days <= 0) return failureWithin.d15;
  const failed = (t: number): number => {
    if (t <= p10Days) return (0.1 * t) / Math.max(p10Days, 0.01);
    if (t <= p50Days) return 0.1 + (0.4 * (t - p10Days)) / Math.max(p50Days - p10Days, 0.01);
    return Math.min(0.99, 0.5 + (0.4 * (t - p50Days)) / Math.max(p90Days - p50Days, 0.01));
  };
  const before = failed(days);
  // A worn machine does not get better by not having failed yet.
  return Math.max(failureWithin.d15, before >= 0.99 ? 1 : (failed(days + HORIZON_DAYS) - before) / (1 - before));
};

/** Index of each of the next 24 hours, and the highest of each of the next 15 days: at each day's middle and whenever work begins in it. */
export const forecastZone = (present: ZoneFacts, ahead: Ahead): { readonly hours: number[]; readonly days: number[] } => {
  const { now } = present;
  const begin = [...ahead.permits, ...ahead.plans].map(({ from }) => from);
  const hours = Array.from({ length: 24 }, (_value, hour) => indexAhead(present, ahead, now + (hour + 0.5) * HOUR).index);
  const days = Array.from({ length: HORIZON_DAYS }, (_value, day) => {
    const moments = [now + (day + 0.5) * DAY, ...begin.filter((at) => at >= now + day * DAY && at < now + (day + 1) * DAY)];
    const highest = Math.max(...moments.map((at) => indexAhead(present, ahead, at).index));
    return day === 0 ? Math.max(highest, ...hours) : highest;
  });
  return { hours, days };
};

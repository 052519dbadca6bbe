import type { ForecastWarning } from '../../../../src-shared/contract/index.ts';
import { DAY, HOUR, text, type Text } from '../../../../src-shared/kernel/index.ts';
import type { RiskGrade } from '../../../../src-shared/plant/index.ts';
import type { ZoneFacts } from './findings.ts';
import { findingsOf } from './findings.ts';
import { HORIZON_DAYS, indexAhead, type Ahead } from './forecast.ts';
import { gradeFrom, gradeOf } from './zoneIndex.ts';

/** A warning before it is known since when. */
export type Draft = Omit<ForecastWarning, 'since'>;

/** Work is worth a warning when it lifts its zone by so many points to the grade 一般 or above. */
const LIFTS = 5;
/** Weather that weighs less than this on a zone is no warning. */
export const LEAST_WEATHER = 4;

const GRADE: Readonly<Record<RiskGrade, Text>> = { major: text('重大', 'major'), considerable: text('较大', 'considerable'), general: text('一般', 'general'), low: text('低', 'low') };

/** Warnings of work that has not begun yet: each permit or plan of the next 15 days that makes its zone more dangerous. */
export const workWarnings = (present: ZoneFacts, ahead: Ahead): readonly Draft[] => {
  const { now, zone } = present;
  const coming = ({ from }: { readonly from: number }): boolean => from > now && from <= now + HORIZON_DAYS * DAY;
  const works = [...ahead.permits.filter(coming).map((work) => ({ work, without: { ...ahead, permits: ahead.permits.filter(({ id }) => id !== work.id) } })), ...ahead.plans.filter(coming).map((work) => ({ work, without: { ...ahead, plans: ahead.plans.filter(({ id }) => id !== work.id) } }))];
  return works.flatMap(({ work, without }): Draft[] => {
    const withIt = indexAhead(present, ahead, work.from);
    if (withIt.index < gradeFrom.general || withIt.index - indexAhead(present, without, work.from).index < LIFTS) return [];
    const grade = gradeOf(withIt.index);
    const [begins, ends] = [(work.from - now) / DAY, (work.to - now) / DAY];
    return [{
      id: `work-${work.id}`,
      kind: 'work',
      basis: 'planned',
      equipment: work.equipment,
      zone: zone.id,
      title: text(`${work.title.zh}:${zone.name.zh}风险预计 ${withIt.index.toFixed(0)}(${GRADE[grade].zh})`, `${work.title.en}: ${zone.name.en} expected at ${withIt.index.toFixed(0)} (${GRADE[grade].en})`),
      p10Days: begins,
      p50Days: (begins + ends) / 2,
      p90Days: ends,
      probability15: null,
      index: withIt.index,
      grade,
      drivers: withIt.causes.slice(0, 3).map((cause) => cause.text),
      advice: withIt.advice?.text ?? text('按票作业,落实监护', 'Work by the permit, with a watcher'),
      hitRate: null,
    }];
  });
};

const PERSISTS = text('按持续性外推:假定目前天气再持续 24 小时,没有数值预报', 'By persistence: the weather of now is taken to last 24 hours; no weather forecast is read');

const FORECAST = text('依据气象服务的逐小时预报', "By the weather service's forecast, hour by hour");
const HOURS = 24;

/**
 * One warning for each kind of weather that weighs on some zone now, at the zone on which it weighs most; with a forecast, or will within 24 hours, from the first such hour
 * to the last.
 */
export const weatherWarnings = (zones: readonly ZoneFacts[], weatherAt: Ahead['weatherAt'] | null = null): readonly Draft[] => {
  const at = (facts: ZoneFacts, hour: number): ZoneFacts => ({ ...facts, alarms: [], cameras: [], weather: (hour === 0 ? null : weatherAt?.(facts.now + hour * HOUR)) ?? facts.weather });
  const hours = weatherAt === null ? [0] : Array.from({ length: HOURS }, (_value, hour) => hour);
  const found = zones.flatMap((facts) => hours.flatMap((hour) => findingsOf(at(facts, hour)).flatMap((finding) => (finding.evidence[0]?.kind === 'weather' && finding.weight >= LEAST_WEATHER ? [{ facts: at(facts, hour), hour, finding, what: finding.evidence[0].id }] : []))));
  return [...Map.groupBy(found, ({ what }) => what)].map(([what, same]): Draft => {
    const { facts, finding } = same.reduce((most, each) => (each.finding.weight > most.finding.weight ? each : most));
    const { index } = indexAhead(facts, { permits: facts.permits, plans: [], overdueAt: () => facts.overdue, unqualifiedAt: () => facts.unqualified }, facts.now);
    const [first, last] = [Math.min(...same.map(({ hour }) => hour)), Math.max(...same.map(({ hour }) => hour)) + 1];
    const when = weatherAt === null ? { p10Days: 0, p50Days: 0.5, p90Days: 1 } : { p10Days: first / 24, p50Days: (first + last) / 48, p90Days: last / 24 };
    const title = first === 0 ? text(`${finding.text.zh},预计持续`, `${finding.text.en}, expected to last`) : text(`预报 ${first} 小时后:${finding.text.zh}`, `Forecast in ${first} h: ${finding.text.en}`);
    return { id: `weather-${what}`, kind: 'weather', basis: weatherAt === null ? 'persistence' : 'forecast', equipment: null, zone: facts.zone.id, title, ...when, probability15: null, index, grade: gradeOf(index), drivers: [weatherAt === null ? PERSISTS : FORECAST], advice: finding.remedy.text, hitRate: null };
  });
};

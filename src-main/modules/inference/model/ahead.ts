import { DAY, text, type Text, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import { failureWithin, type LifeQuantiles } from './warning.ts';

/** Planned time in which a machine does not run. */
export type Stop = { readonly title: Text; readonly from: UtcMs; readonly to: UtcMs };
/** An alarm that is up on a sensor of the machine. */
export type Standing = { readonly tag: string; readonly priority: 1 | 2 | 3 | 4; readonly message: Text };
export type Ahead = { readonly now: UtcMs; readonly stops: readonly Stop[]; readonly standing: readonly Standing[] };
export type Factor = { readonly kind: 'plan' | 'alarm'; readonly text: Text; readonly factor: number };

/**
 * By how much an alarm raises the hazard, by its priority. A judgement, not a fit: the model already sees the value behind the alarm, so an alarm only tells that people drew their line there, and that the
 * quantiles are a little late (docs/validation/models.md: 4 to 20 points too low between 0.2 and 0.8). Of several the product, never above `MOST`.
 */
const HAZARD_OF = { 1: 2, 2: 1.75, 3: 1.5, 4: 1.2 } as const;
const MOST = 3;

/** Days of the next `days` in which the machine runs: planned stops, overlapping or not, are taken out once. */
export const runningDays = ({ now, stops }: Pick<Ahead, 'now' | 'stops'>, days: number): number => {
  const end = now + days * DAY;
  let [stopped, until] = [0, now];
  for (const { from, to } of stops.toSorted((a, b) => a.from - b.from)) {
    const [begin, finish] = [Math.max(from, until), Math.min(to, end)];
    if (finish > begin) [stopped, until] = [stopped + finish - begin, finish];
  }
  return days - stopped / DAY;
};

/** One alarm for each tag, the most severe. */
const mostSevere = (standing: readonly Standing[]): readonly Standing[] => [...Map.groupBy(standing, ({ tag }) => tag).values()].map((own) => own.reduce((most, each) => (each.priority < most.priority ? each : most)));

/**
 * Probability of failure within 3, 7 and 15 days of the calendar, from a life in running days: a machine does not wear while it is planned to stand (time runs by `runningDays`), and alarms on its own sensors
 * multiply its hazard by h (proportional hazards: F' = 1 − (1 − F)^h), 1 ≤ h ≤ 3. Never below what the plan alone says, and monotone in days.
 */
export const failureAhead = (life: LifeQuantiles, { now, stops, standing }: Ahead): { readonly within: { readonly d3: number; readonly d7: number; readonly d15: number }; readonly factors: readonly Factor[] } => {
  const counted = mostSevere(standing);
  const hazard = Math.min(MOST, counted.reduce((product, { priority }) => product * HAZARD_OF[priority], 1));
  const within = (days: number) => 1 - (1 - failureWithin(life, runningDays({ now, stops }, days))) ** hazard;
  const ahead = stops.filter(({ from, to }) => to > now && from < now + 15 * DAY);
  const running = runningDays({ now, stops: ahead }, 15);
  const plan: Factor[] =
    ahead.length === 0
      ? []
      : [{ kind: 'plan', factor: running / 15, text: text(`计划停机:${ahead.map(({ title }) => title.zh).join('、')},未来 15 天运行 ${running.toFixed(1)} 天`, `Planned to stand: ${ahead.map(({ title }) => title.en).join(', ')}; runs ${running.toFixed(1)} of the next 15 days`) }];
  const alarms = counted.map(({ priority, message }): Factor => ({ kind: 'alarm', factor: HAZARD_OF[priority], text: text(`在报:${message.zh}`, `In alarm: ${message.en}`) }));
  return { within: { d3: within(3), d7: within(7), d15: within(15) }, factors: [...plan, ...alarms] };
};

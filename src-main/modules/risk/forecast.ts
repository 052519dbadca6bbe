import type { ForecastWarning, WeatherHour, ZoneForecast } from '../../../src-shared/contract/index.ts';
import { createTable, type Table } from '../../../src-shared/kernel/index.ts';
import type { RiskDependencies } from './dependencies.ts';
import type { ZoneFacts } from './model/findings.ts';
import { forecastZone, HORIZON_DAYS, type Ahead } from './model/forecast.ts';
import { weatherWarnings, workWarnings, type Draft } from './model/forecastWarnings.ts';
import { hourAt } from './model/weatherReading.ts';
import type { WarningOutcomes } from './outcomes.ts';

type Forecasts = { readonly forecasts: Table<string, ZoneForecast>; readonly warnings: Table<string, ForecastWarning>; tick(zones: readonly ZoneFacts[]): void };

/** Looks ahead, one zone a second, so that a plant of 24 zones is looked through every 24 seconds without a long turn. */
export const createForecasts = ({ registry, permits, inspection, clock, hours: hoursAhead, outcomes, log }: Pick<RiskDependencies, 'registry' | 'permits' | 'inspection' | 'clock' | 'log'> & { readonly hours: () => readonly WeatherHour[]; readonly outcomes: WarningOutcomes }): Forecasts => {
  const { plant } = registry;
  const forecasts = createTable<string, ZoneForecast>((row) => row.zone);
  const warnings = createTable<string, ForecastWarning>((row) => row.id);
  const zoneOf = new Map(plant.equipment.map((item) => [item.id, item.zone]));
  const nameOf = new Map(plant.people.map((person) => [person.id, person.name]));
  let next = 0;

  const weatherAt: NonNullable<Ahead['weatherAt']> = (at) => {
    const hour = hourAt(hoursAhead(), at);
    return hour === null ? null : { windSpeed: hour.windSpeed, temperatureC: hour.temperatureC ?? 20, rain: hour.rain ?? 0 };
  };
  const aheadOf = (zone: string): Ahead => {
    const coming = permits.table.rows().filter((row) => row.zone === zone && row.state !== 'ended');
    const plans = inspection.plansWithin(HORIZON_DAYS).filter((plan) => (plan.equipment === null ? plan.zone : (zoneOf.get(plan.equipment) ?? plan.zone)) === zone);
    // Special work needs a permit: where there is one at that time, it is the same work and counts once.
    const isPermitted = ({ kind, from, to }: (typeof plans)[number]): boolean => kind === 'special-work' && coming.some((permit) => permit.from < to && from < permit.to);
    return { permits: coming, plans: plans.filter((plan) => !isPermitted(plan)), ...lateness(zone), weatherAt };
  };

  const lateness = (zone: string): Pick<Ahead, 'overdueAt' | 'unqualifiedAt'> => ({
    overdueAt: (at) => inspection.overdue(at).filter((task) => zoneOf.get(task.equipment) === zone),
    unqualifiedAt(active, at) {
      const working = new Set(active.flatMap((permit) => permit.people));
      return inspection.expiredQualifications(at).filter(({ person }) => working.has(person)).map(({ person, kind }) => ({ person, name: nameOf.get(person) ?? person, kind }));
    },
  });

  /** Puts what changed and drops what no longer holds among the warnings that `isOurs` names. */
  const settle = (drafts: readonly Draft[], isOurs: (row: ForecastWarning) => boolean): void => {
    const wanted = new Set(drafts.map(({ id }) => id));
    for (const row of warnings.rows()) if (isOurs(row) && !wanted.has(row.id)) warnings.drop(row.id);
    for (const bare of drafts) {
      const draft = { ...bare, hitRate: outcomes.hitRate(bare.kind) };
      const known = warnings.get(draft.id);
      if (known === undefined || isNews(known, draft)) warnings.put({ ...draft, since: known?.since ?? clock.now() });
    }
  };

  /** While the disk refuses, warnings stand all the same; what came of them is looked at again the next time. */
  const keepOutcomes = (zones: readonly ZoneFacts[]): void => {
    try {
      outcomes.observe(warnings.rows(), zones);
    } catch (error) {
      log.warn('what came of the risk warnings could not be kept', { error: String(error) });
    }
  };

  return {
    forecasts,
    warnings,
    tick(zones) {
      const facts = zones[next % Math.max(1, zones.length)];
      next = (next + 1) % Math.max(1, zones.length);
      if (facts === undefined) return;
      const zone = facts.zone.id;
      const ahead = aheadOf(zone);
      const { hours, days } = forecastZone(facts, ahead);
      const row = { zone, at: facts.now, hours: hours.map(round), days: days.map(round) };
      const known = forecasts.get(zone);
      if (known === undefined || String([...row.hours, ...row.days]) !== String([...known.hours, ...known.days])) forecasts.put(row);
      settle(workWarnings(facts, ahead), (warning) => warning.kind === 'work' && warning.zone === zone);
      if (next === 0) {
        settle(weatherWarnings(zones, hoursAhead().length === 0 ? null : weatherAt), (warning) => warning.kind === 'weather');
        keepOutcomes(zones);
      }
    },
  };
};

const round = (value: number): number => Math.round(value * 10) / 10;
const HOUR_OF_DAY = 1 / 24;

/** A changed wording, or a time or index that a person would see move. */
const isNews = (known: ForecastWarning, draft: Draft): boolean => known.hitRate !== draft.hitRate || known.title.en !== draft.title.en || known.zone !== draft.zone || known.advice.en !== draft.advice.en || Math.abs(known.p10Days - draft.p10Days) >= HOUR_OF_DAY || String(known.drivers.map(({ en }) => en)) !== String(draft.drivers.map(({ en }) => en));

import type { Anlan, ForecastWarning, Handlers, RiskField, SocietalRisk, TrialComparison, TrialMeasures, Verification, WeatherNow, ZoneForecast, ZoneRisk } from '../../../src-shared/contract/index.ts';
import { createTable, createValue, MINUTE, SECOND, type Disposable, type Table, type Value } from '../../../src-shared/kernel/index.ts';
import { createFieldWatch } from './fieldWatch.ts';
import type { RiskDependencies } from './dependencies.ts';
import { createFacts } from './facts.ts';
import { createForecasts } from './forecast.ts';
import { majorHazardsOf } from './majorHazards.ts';
import { findingsOf } from './model/findings.ts';
import { indexOf, nextGrade, trendOf, type Graded } from './model/zoneIndex.ts';
import { createWarningOutcomes } from './outcomes.ts';
import { createPlaceNames } from './placeNames.ts';
import { rescuePositionsOf } from './rescuePositions.ts';
import { createWarningStore } from './store.ts';
import { createWeatherWatch } from './weather.ts';

/** How dangerous each zone is now and why, and the individual risk over the whole site. */
export type Risk = Disposable & {
  readonly zones: Table<string, ZoneRisk>;
  readonly field: Value<RiskField | null>;
  readonly weather: Value<WeatherNow>;
  /** Each zone's index ahead, and what planned work and weather will do. */
  readonly forecasts: Table<string, ZoneForecast>;
  readonly warnings: Table<string, ForecastWarning>;
  /** Once a second. */
  tick(): void;
  readonly handlers: Handlers<Anlan['risk']>;
};

const MINUTES_KEPT = 60;
type TrialAnswer = { readonly trials: TrialComparison[]; readonly statistics: TrialMeasures[] };

export const createRisk = (deps: RiskDependencies): Risk => {
  const { registry, values, clock } = deps;
  const zones = createTable<string, ZoneRisk>((row) => row.zone);
  const field = createValue<RiskField | null>(null);
  const societal = createValue<SocietalRisk | null>(null);
  const weather = deps.weather ?? createWeatherWatch({ registry, values, clock });
  const facts = createFacts(deps);
  const names = createPlaceNames(registry.plant);
  const watch = createFieldWatch({ ...deps, weather: weather.now, field, societal });
  const ahead = createForecasts({ ...deps, outcomes: createWarningOutcomes(createWarningStore(deps.sql)), hours: weather.hours });
  const grades = new Map<string, Graded>();
  const histories = new Map<string, number[]>();
  let minute = -1;

  const tick = (): void => {
    const now = clock.now();
    const thisMinute = Math.floor(now / MINUTE);
    const isNewMinute = thisMinute !== minute;
    minute = thisMinute;
    weather.tick();
    const byZone = facts.gather(weather.now());
    zones.change(() => {
      for (const known of byZone) {
        const { zone } = known;
        const indexed = indexOf(findingsOf(known));
        const graded = nextGrade(grades.get(zone.id) ?? null, indexed.index, now);
        grades.set(zone.id, graded);
        const history = histories.get(zone.id) ?? [];
        histories.set(zone.id, history);
        if (isNewMinute) {
          history.push(round(indexed.index));
          if (history.length > MINUTES_KEPT) history.shift();
        }
        const row: ZoneRisk = { zone: zone.id, at: now, ...rounded(indexed), grade: graded.grade, staticGrade: zone.grade, trend: trendOf(history, indexed.index), history: [...history], people: known.people.count };
        if (isNewMinute || hasChanged(zones.get(zone.id), row)) zones.put(row);
      }
    });
    ahead.tick(byZone);
    watch.tick();
  };

  const { forecasts, warnings } = ahead;
  return {
    zones,
    field,
    weather: weather.state,
    forecasts,
    warnings,
    tick,
    handlers: { weather: weather.state, zones, field, societal, forecasts, warnings, majorHazards: () => majorHazardsOf(registry, values), trials: () => deps.engines.call<TrialAnswer>('trials', null), escalation: (of) => watch.escalation(of), verification: () => deps.engines.call<Verification[]>('verify', null), rescuePositions: () => rescuePositionsOf({ registry, field: field.get(), names }) },
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
};

/** Points to a tenth; the causes still add up to the index because the index is their sum. */
const rounded = ({ causes, advice }: ReturnType<typeof indexOf>): Pick<ZoneRisk, 'index' | 'factors' | 'causes' | 'advice'> => {
  const shown = causes.map((cause) => ({ ...cause, points: round(cause.points) }));
  const sum = (factor: string): number => round(shown.filter((cause) => cause.factor === factor).reduce((total, cause) => total + cause.points, 0));
  const factors = { people: sum('people'), machine: sum('machine'), environment: sum('environment'), management: sum('management') };
  return { index: round(factors.people + factors.machine + factors.environment + factors.management), factors, causes: shown, advice: advice === null ? null : { text: advice.text, lowersBy: round(advice.lowersBy) } };
};
const round = (value: number): number => Math.round(value * 10) / 10;

/** Whether a screen would look different; wording of values that tremble does not count. */
const hasChanged = (before: ZoneRisk | undefined, after: ZoneRisk): boolean =>
  before === undefined ||
  before.index !== after.index ||
  before.grade !== after.grade ||
  before.trend !== after.trend ||
  before.people !== after.people ||
  before.causes.length !== after.causes.length ||
  (after.at - before.at >= 10 * SECOND && after.causes.some((cause, i) => cause.text.zh !== before.causes[i]!.text.zh));

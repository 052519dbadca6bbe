import type { ForecastWarning } from '../../../src-shared/contract/index.ts';
import { DAY, HOUR } from '../../../src-shared/kernel/index.ts';
import type { ZoneFacts } from './model/findings.ts';
import { findingsOf } from './model/findings.ts';
import { LEAST_WEATHER } from './model/forecastWarnings.ts';
import { gradeFrom, indexOf } from './model/zoneIndex.ts';
import type { GivenWarning, WarningStore } from './store.ts';

/** Keeps what came of each warning, so that a new one can say how often its kind came true. */
export type WarningOutcomes = {
  /** Settles what has come or passed, and takes up the warnings that stand now. Call often enough to see a work of a minute. */
  observe(warnings: readonly ForecastWarning[], zones: readonly ZoneFacts[]): void;
  /** Share of settled warnings of a kind that came as warned; null while none is settled. */
  hitRate(kind: ForecastWarning['kind']): number | null;
};

/** An index this far below the border of the warned grade still counts as reached: as far as a grade's own hysteresis. */
const BAND = 5;

export const createWarningOutcomes = (store: WarningStore): WarningOutcomes => {
  const open = new Map(store.open().map((given) => [given.warning, given]));
  const rates = new Map<ForecastWarning['kind'], number | null>();

  const rate = (kind: ForecastWarning['kind']): number | null => {
    const { hits, false: wrong } = store.tally(kind);
    return hits + wrong === 0 ? null : hits / (hits + wrong);
  };
  const settle = (given: GivenWarning, outcome: Parameters<WarningStore['settle']>[1], at: number): void => {
    store.settle(given.id, outcome, at);
    open.delete(given.warning);
    rates.delete(given.kind);
  };

  return {
    observe(warnings, zones) {
      const now = zones[0]?.now;
      if (now === undefined) return;
      const standing = new Map(warnings.map((warning) => [warning.id, warning]));
      for (const given of [...open.values()]) {
        const facts = zones.find(({ zone }) => zone.id === given.zone);
        const stands = standing.get(given.warning);
        if (now < given.fromAt) {
          if (stands === undefined) settle(given, 'withdrawn', now);
          continue;
        }
        if (now >= (given.kind === 'weather' ? given.judgeAt : given.fromAt) && facts !== undefined && hasCome(given, facts)) settle(given, 'hit', now);
        else if (now > (given.kind === 'weather' ? given.judgeAt : given.toAt)) settle(given, 'false', now);
      }
      for (const warning of warnings) {
        const at = (days: number): number => now + days * DAY;
        // A weather warning that began with its own hour is judged in the middle of the time it speaks of.
        const times = { fromAt: at(warning.p10Days), judgeAt: at(warning.p50Days), toAt: at(warning.p90Days) };
        const known = open.get(warning.id);
        if (known === undefined) {
          store.give({ warning: warning.id, kind: warning.kind, zone: warning.zone, givenAt: now, ...times, grade: warning.grade });
          const row = store.open().find((each) => each.warning === warning.id);
          if (row !== undefined) open.set(warning.id, row);
        } else if (now < known.fromAt && Math.abs(known.fromAt - times.fromAt) > MOVED) {
          store.move(known.id, times);
          open.set(warning.id, { ...known, ...times });
        }
      }
    },
    hitRate(kind) {
      if (!rates.has(kind)) rates.set(kind, rate(kind));
      return rates.get(kind)!;
    },
  };
};

/** A plan that moved by more than this is expected at its new time; a standing warning's days may be an hour old. */
const MOVED = 2 * HOUR;

/** Work: the zone's index, without the alarms and sights that no forecast speaks of, reaches the warned grade. Weather: the very thing still weighs on the zone. */
const hasCome = ({ kind, warning, grade }: GivenWarning, facts: ZoneFacts): boolean => {
  const findings = findingsOf({ ...facts, alarms: [], cameras: [] });
  if (kind === 'weather') return findings.some(({ weight, evidence }) => evidence[0]?.kind === 'weather' && `weather-${evidence[0].id}` === warning && weight >= LEAST_WEATHER);
  return indexOf(findings).index >= gradeFrom[grade] - BAND;
};

import type { Plume } from '../../../src-shared/contract/index.ts';
import type { Clock, Log } from '../../../src-shared/kernel/index.ts';
import { SECOND } from '../../../src-shared/kernel/index.ts';
import { isConsequenceSubstance } from '../consequence/index.ts';
import type { Registry } from '../registry/index.ts';
import { createPlaceNames, type LastValues, type LiveWeather } from '../risk/index.ts';
import type { AssessInput, Assessment, Unassessed } from './assessment.ts';
import { placesOf, type Case } from './cases.ts';
import type { PeopleColumns } from './headcount.ts';
import { chooseRoutes } from './routes.ts';
import { burningOf, candidatesNear, readingsNear, wakeNear } from './sources.ts';

type Terms = {
  readonly registry: Registry;
  readonly values: LastValues;
  readonly positions: () => PeopleColumns;
  readonly weather: () => LiveWeather;
  readonly engines: { call<T>(method: string, input: unknown): Promise<T> };
  readonly clock: Clock;
  readonly log: Log;
  readonly put: (found: Case, change: Partial<Case['row']>) => void;
};

/** Assessments of one emergency begin at least this far apart, and people's walking alone asks for one this often. */
const SPACING = SECOND;
const PEOPLE_MOVE = 5 * SECOND;
/** A way that the danger left opens after this. */
const REOPEN = 30 * SECOND;
/** How long a leak may have gone on before the first detector alarms, and before a person declares it. */
const UNSEEN = 60 * SECOND;
const UNSPOKEN = 300 * SECOND;

/** Keeps each emergency's assessment up with the wind, the detectors and the people: never two of one emergency under way. */
export const createAssessor = (terms: Terms) => {
  const { registry, values, positions, weather, engines, clock, log, put } = terms;
  const { plant } = registry;
  const places = createPlaceNames(plant);
  const idAt = (columns: PeopleColumns, row: number): string => plant.people[columns.person[row]!]?.id ?? '';

  /** Readings to steps of a quarter: what counts as a change of the detectors. */
  const signatureOf = (found: Case): string =>
    [...found.votes.keys(), ...readingsNear({ registry, values, substance: found.seed.substance, places: placesOf(found) }).map((reading) => (reading.ppm < reading.detectionLimit ? '-' : Math.round(Math.log(reading.ppm) / Math.log(1.25))))].join();

  const dangerOf = (found: Case, live: LiveWeather): AssessInput['danger'] | null => {
    const { kind, substance, declared, place } = found.seed;
    if (kind === 'gas' && isConsequenceSubstance(substance)) {
      const places = placesOf(found);
      const previous = found.assessment?.source ?? null;
      const believed = new Map(previous?.candidates.map((candidate) => [candidate.id, candidate.probability]));
      return {
        kind,
        substance,
        weather: live.weather,
        terrain: plant.site.roughness >= 0.3 ? 'urban' : 'rural',
        wake: wakeNear(plant, substance, declared === null ? places[0]! : place),
        readings: readingsNear({ registry, values, substance, places }),
        // Half of the belief is kept, half is open again: a first guess from two detectors must not bind the rest.
        candidates: candidatesNear(plant, substance, places).map((candidate, _index, all) => ({ ...candidate, weight: 0.5 / all.length + 0.5 * (believed.get(candidate.id) ?? (previous === null ? 1 / all.length : 0)) })),
        previous,
        declared: declared === null ? null : { x: declared.position[0], y: declared.position[1], rateKgS: declared.rateKgS },
      };
    }
    if (!isConsequenceSubstance(substance)) return null;
    const holder = found.row.equipment === null ? undefined : registry.equipment(found.row.equipment);
    return { kind: 'fire', substance, x: place[0], y: place[1], equipment: found.row.equipment, weather: live.weather, ...burningOf(holder, declared?.rateKgS ?? null) };
  };

  const adopt = (found: Case, from: { readonly result: Assessment; readonly live: LiveWeather; readonly columns: PeopleColumns; readonly computeMs: number }): void => {
    const { result, live, columns, computeMs } = from;
    found.assessment = result;
    for (const edge of result.reached) found.closedAt.set(edge, clock.monotonic());
    const plume: Plume = {
      at: clock.now(),
      model: live.isKnown ? result.model : `${result.model} (wind assumed)`,
      substance: found.seed.substance,
      source: [result.source.x, result.source.y],
      sourceSpreadM: result.source.spreadM,
      rateKgS: result.source.rate,
      wind: { speed: live.weather.windSpeed, fromDegrees: live.trueWindFrom },
      stability: live.weather.stability,
      contours: [...result.contours],
      outer: [...result.outer],
    };
    const rows = [...result.severity.keys()].filter((row) => result.severity[row]! > 0).toSorted((a, b) => result.severity[b]! - result.severity[a]!);
    const seenAt = new Map(Array.from(columns.person, (_index, row) => [idAt(columns, row), [columns.x[row]!, columns.y[row]!] as const]));
    const chosen = chooseRoutes({ previous: found.row, result, idOf: (row) => idAt(columns, row), positionOf: (person) => seenAt.get(person), musterIds: plant.muster.map((point) => point.id), isDone: found.headcount.isAt, computeMs, now: clock.now() });
    for (const person of [...chosen.routes.flatMap((route) => route.people), ...chosen.shelter]) found.led.add(person);
    put(found, {
      plume,
      inside: rows.map((row) => ({ person: idAt(columns, row), severity: result.severity[row]! as 1 | 2 | 3 })),
      ...chosen,
      equipment: result.source.equipment ?? found.row.equipment,
      closedEdges: [...result.closedEdges],
      closingEdges: [...result.closingEdges],
      rescue: result.rescue.map(({ x, y, bearing, ways, ...stand }) => ({
        ...stand,
        position: [x, y],
        zone: plant.zones[registry.zoneAt(x, y)]?.id ?? '',
        near: places.near(x, y),
        bearing: (bearing + plant.site.north + 360) % 360,
        ways: ways.map((way) => ({ ...way, name: places.nameOf(way.from) })),
      })),
      muster: found.headcount.count({ routes: chosen.routes, columns, usable: result.musterUsable, now: clock.now() }),
    });
    found.chronicle.assessed(found.row);
  };

  /** Ways that the danger left less than half a minute ago. */
  const stillClosed = (found: Case): readonly string[] => [...found.closedAt].filter(([, at]) => clock.monotonic() - at < REOPEN).map(([edge]) => edge);

  /** The ways that people go now. */
  const sentBy = ({ row }: Case, columns: PeopleColumns): AssessInput['sent'] => {
    const wayOf = new Map(row.routes.flatMap((route, way) => route.people.map((person) => [person, way] as const)));
    return {
      ways: row.routes.map(({ escapeEdges, edges, muster }) => ({ edges: [...escapeEdges, ...edges], isEscape: escapeEdges.length > 0, muster: plant.muster.findIndex(({ id }) => id === muster) })),
      wayOf: Int32Array.from(columns.person, (_person, index) => wayOf.get(idAt(columns, index)) ?? -1),
    };
  };

  /** A leak has gone on for longer than anybody knows of it: cells answer late, and people speak later. */
  const ageOf = ({ row, seed }: Case): number => (clock.now() - row.since + (seed.declared === null ? UNSEEN : UNSPOKEN)) / SECOND;

  /** Said once for each reason, not every second. */
  const refused = (found: Case, why: string): void => {
    if (found.refused !== why) log.warn('an emergency cannot be assessed', { emergency: found.row.id, why });
    found.refused = why;
  };

  return {
    /** At once, unless one is under way or began less than a second ago; the next tick or sample asks again. */
    assess(found: Case): void {
      if (found.isRunning || found.row.state === 'stood-down') return;
      if (found.basis !== null && clock.monotonic() - found.basis.at < SPACING) return;
      const live = weather();
      const danger = dangerOf(found, live);
      if (danger === null) return refused(found, `no engine knows ${found.seed.substance}`);
      const startedAt = clock.monotonic();
      const columns = positions();
      found.isRunning = true;
      found.basis = { at: startedAt, weather: live, signature: signatureOf(found) };
      const always = Uint8Array.from(columns.person, (_index, row) => (found.led.has(idAt(columns, row)) && !found.headcount.isAt(idAt(columns, row)) ? 1 : 0));
      engines.call<Assessment | Unassessed>('assess', { people: { x: columns.x, y: columns.y }, always, danger, sent: sentBy(found, columns), ageS: ageOf(found), keptClosed: stillClosed(found), blocked: found.row.blockedEdges, standing: found.row.rescue?.map(({ node }) => node) ?? [] } satisfies AssessInput).then(
        (result) => {
          found.isRunning = false;
          if (found.row.state === 'stood-down') return;
          if ('refused' in result) return refused(found, result.refused);
          found.refused = null;
          adopt(found, { result, live, columns, computeMs: clock.monotonic() - startedAt });
        },
        (error: unknown) => {
          found.isRunning = false;
          log.error('the engines failed; the emergency will be assessed again', { emergency: found.row.id, error: String(error) });
        },
      );
    },
    /** Whether the wind turned by 10°, changed by a fifth, a detector changed by a quarter, or people have had time to walk. */
    isOutdated(found: Case): boolean {
      const { basis } = found;
      if (basis === null || found.assessment === null) return true;
      const [old, now] = [basis.weather.weather, weather().weather];
      if (Math.abs(((now.windFrom - old.windFrom + 540) % 360) - 180) > 10) return true;
      if (Math.abs(now.windSpeed - old.windSpeed) > 0.2 * Math.max(old.windSpeed, 0.5)) return true;
      return clock.monotonic() - basis.at >= PEOPLE_MOVE || signatureOf(found) !== basis.signature;
    },
  };
};

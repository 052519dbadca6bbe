import { z } from 'zod';
import { RiskGrade } from '../plant/index.ts';
import { contract, Id, LocalText, PointXy, query, table, UtcMs, value } from './define.ts';

/** 人-机-环-管: people, machines, environment, management. */
export const Factor = z.enum(['people', 'machine', 'environment', 'management']);
export type Factor = z.infer<typeof Factor>;

/** One reason for a zone's index. `points` of all causes add up to the index. */
export const RiskCause = z.object({ factor: Factor, text: LocalText, points: z.number(), evidence: z.array(z.object({ kind: z.enum(['tag', 'alarm', 'equipment', 'person', 'permit', 'hazard', 'camera', 'weather', 'inspection']), id: z.string(), value: z.string() })) });
export type RiskCause = z.infer<typeof RiskCause>;

export const ZoneRisk = z.object({
  zone: Id,
  at: UtcMs,
  /** 0 (nothing known against it) to 100. */
  index: z.number(),
  grade: RiskGrade,
  staticGrade: RiskGrade,
  factors: z.object({ people: z.number(), machine: z.number(), environment: z.number(), management: z.number() }),
  /** Largest first. */
  causes: z.array(RiskCause),
  trend: z.enum(['rising', 'steady', 'falling']),
  /** Index of the last hour, one point a minute, oldest first. */
  history: z.array(z.number()),
  /** The single action that would lower the index most, and by how much. */
  advice: z.object({ text: LocalText, lowersBy: z.number() }).nullable(),
  people: z.number(),
});
export type ZoneRisk = z.infer<typeof ZoneRisk>;

/** Location-specific individual risk, per year, row-major from the south-west; cell centre = (x0 + (i+½)·cell, y0 + (j+½)·cell). */
const RiskGrid = z.object({ x0: z.number(), y0: z.number(), cell: z.number(), nx: z.int(), ny: z.int(), perYear: z.instanceof(Float32Array), /** What it would be with nothing against the plant, in the same weather and at the same levels. */ standing: z.instanceof(Float32Array) });
/** What a leak comes to; `domino`: what another vessel does that it breaks. */
export const HarmCause = z.enum(['toxic', 'flash', 'explosion', 'fire', 'fireball', 'domino']);
export type HarmCause = z.infer<typeof HarmCause>;
export const RiskField = RiskGrid.extend({
  at: UtcMs,
  /** The site and its surroundings on coarser cells, as far as anything reaches 1e-8 a year: every contour closes in it. */
  outer: RiskGrid,
  model: z.string(),
  top: z.array(z.object({ equipment: z.string(), share: z.number() })),
  /** Shares of the site's risk by what happens, largest first. */
  causes: z.array(z.object({ cause: HarmCause, share: z.number() })),
  computeMs: z.number(),
});
export type RiskField = z.infer<typeof RiskField>;

const SocietalCurve = z.object({ people: z.number(), pll: z.number(), curve: z.array(z.object({ deaths: z.number(), perYear: z.number() })), region: z.enum(['acceptable', 'alarp', 'unacceptable']) });
/**
 * Societal risk from where people are now, as if the present lasted: frequency per year of `deaths` or more; `pll` deaths to be expected per year; the lines are
 * F = `at1` / N. People on the site (`indoors` of them in buildings), and apart from them those of the plant model who live or work outside the fence, for whom the criteria are made;
 * null where the plant model names none. Everybody stays for the scenario's exposure.
 */
export const SocietalRisk = SocietalCurve.extend({ at: UtcMs, indoors: z.number(), outside: SocietalCurve.nullable(), criteria: z.object({ unacceptable: z.number(), acceptable: z.number(), mostDeaths: z.number() }) });
export type SocietalRisk = z.infer<typeof SocietalRisk>;

/** GB 18218-2018 arithmetic of one unit: S = Σ q/Q, R = α Σ β q/Q. */
export const MajorHazard = z.object({ unit: Id, name: LocalText, s: z.number(), r: z.number(), /** α of table 5 and the people outside it follows from; null: not stated, so 100 and more. */ alpha: z.number(), peopleOutside: z.number().nullable(), grade: z.enum(['none', 'one', 'two', 'three', 'four']), items: z.array(z.object({ substance: z.string(), tonnes: z.number(), threshold: z.number(), beta: z.number() })) });
export type MajorHazard = z.infer<typeof MajorHazard>;

/** A zone's index ahead, as far as it is known today: each of the next 24 hours, and the highest of each of the next 15 days. Alarms and people of now are not carried on. */
export const ZoneForecast = z.object({ zone: Id, at: UtcMs, hours: z.array(z.number()), days: z.array(z.number()) });
export type ZoneForecast = z.infer<typeof ZoneForecast>;

/**
 * What planned work or weather will do to a zone: from `p10Days` to `p90Days` by the plan, or for weather by a service's forecast or by persistence. `probability15` and `hitRate` are null
 * until outcomes have been recorded.
 */
export const ForecastWarning = z.object({ id: Id, kind: z.enum(['work', 'weather']), basis: z.enum(['planned', 'forecast', 'persistence']), equipment: z.string().nullable(), zone: z.string(), title: LocalText, since: UtcMs, p10Days: z.number(), p50Days: z.number(), p90Days: z.number(), probability15: z.number().nullable(), index: z.number(), grade: RiskGrade, drivers: z.array(LocalText), advice: LocalText, hitRate: z.number().nullable() });
export type ForecastWarning = z.infer<typeof ForecastWarning>;

/** Where rescuers wait before anything has happened, best first, under the risk field of `at`: roads of little risk near what threatens most. `perYear`: individual risk there. */
export const RescuePositions = z.object({ at: UtcMs, positions: z.array(z.object({ node: Id, position: PointXy, zone: z.string(), near: LocalText.nullable(), perYear: z.number(), serves: z.array(z.object({ equipment: Id, distanceM: z.number(), share: z.number() })) })) });
export type RescuePositions = z.infer<typeof RescuePositions>;

/** A check of the shipped consequence engines: a value worked out by hand, or an identity, against what the engine gives now. `tolerance` is relative. */
export const Verification = z.object({ id: Id, title: LocalText, source: z.string(), unit: z.string(), expected: z.number(), computed: z.number(), tolerance: z.number(), isPassed: z.boolean() });
export type Verification = z.infer<typeof Verification>;

/**
 * What the greatest hole short of rupture in `equipment` would set off, or the release that is going on. Heat W/m², overpressure Pa, between the bounds of congestion where two; `failsAfterS` without cooling, null
 * below the threshold; chances 0…1.
 */
export const Escalation = z.object({
  at: UtcMs,
  equipment: Id,
  position: PointXy,
  /** Null for a release that is going on. */
  holeM: z.number().nullable(),
  /** `sizeM`: length of a jet, diameter of a pool. */
  fire: z.object({ kind: z.enum(['jet', 'pool']), rateKgS: z.number(), sizeM: z.number(), heatW: z.number() }),
  /** Null where no congested space is near. `reachM`: by the lower and the upper bound. */
  explosion: z.object({ energyJ: z.number(), congestion: z.array(z.enum(['low', 'medium', 'high'])), rings: z.array(z.object({ overpressure: z.number(), reachM: z.tuple([z.number(), z.number()]) })) }).nullable(),
  /** Likeliest first. */
  targets: z.array(z.object({
    equipment: Id, distanceM: z.number(), kind: z.enum(['atmospheric', 'pressurised']), heat: z.number(), struck: z.boolean(), heatThreshold: z.number(), failsAfterS: z.number().nullable(), heatChance: z.number(),
    /** The same with its protections as they are now: each fails with `failsOnDemand` when it is called for; 1 where `why` says it is not credited (or, of a late inspection, raised). */
    protectedChance: z.number(), protections: z.array(z.object({ kind: z.enum(['deluge', 'fireproofing', 'relief', 'isolation', 'depressurising']), failsOnDemand: z.number(), why: z.enum(['supply', 'inspection', 'rate']).nullable(), tags: z.array(z.string()) })),
    blast: z.tuple([z.number(), z.number()]), blastThreshold: z.number(), blastChance: z.tuple([z.number(), z.number()]),
    coolingLMin: z.number(), coolers: z.array(z.object({ equipment: Id, kind: z.enum(['fire-monitor', 'hydrant']), distanceM: z.number(), heat: z.number() })),
  })),
  model: z.string(),
});
export type Escalation = z.infer<typeof Escalation>;

/** An hour of a weather forecast. `windFrom` clockwise from true north, rain in mm/h; null where it says nothing. */
export const WeatherHour = z.object({ at: UtcMs, windSpeed: z.number(), windFrom: z.number(), temperatureC: z.number().nullable(), rain: z.number().nullable() });
export type WeatherHour = z.infer<typeof WeatherHour>;
/**
 * The weather on which risk and emergency act. `source`: the weather service, other tags, the plant's mast, or none yet (a light stable wind is assumed). `isFallback`:
 * another source is set up, is silent since `since` for the reason `why`, and the mast stands in. Numbers are null where nothing is known; `at` is when it was measured.
 */
export const WeatherNow = z.object({
  at: UtcMs.nullable(),
  source: z.enum(['service', 'tags', 'mast', 'none']),
  name: z.string(),
  isFallback: z.boolean(),
  since: UtcMs.nullable(),
  why: LocalText.nullable(),
  windSpeed: z.number().nullable(),
  windFrom: z.number().nullable(),
  temperatureC: z.number().nullable(),
  humidity: z.number().nullable(),
  pressurePa: z.number().nullable(),
  rain: z.number().nullable(),
  forecast: z.object({ at: UtcMs, hours: z.array(WeatherHour) }).nullable(),
});
export type WeatherNow = z.infer<typeof WeatherNow>;

/** A field trial as the shipped engine computes it now: the greatest concentration on each arc, in `unit`. */
export const TrialComparison = z.object({ id: Id, series: z.string(), unit: z.enum(['%', 'ppm']), model: z.string(), choice: LocalText, arcs: z.array(z.object({ distance: z.number(), measured: z.number(), predicted: z.number() })) });
export type TrialComparison = z.infer<typeof TrialComparison>;
/** Measures of Hanna, Chang & Strimaitis 1993 over the arcs of a set of trials. */
export const TrialMeasures = z.object({ name: LocalText, n: z.number(), fac2: z.number(), fb: z.number(), mg: z.number(), vg: z.number(), nmse: z.number() });
export type TrialMeasures = z.infer<typeof TrialMeasures>;

export const risk = contract('risk', {
  weather: value({ value: WeatherNow }),
  zones: table({ key: Id, keyOf: 'zone', row: ZoneRisk, delivery: 'latest' }),
  field: value({ value: RiskField.nullable() }),
  forecasts: table({ key: Id, keyOf: 'zone', row: ZoneForecast, delivery: 'latest' }),
  warnings: table({ key: Id, keyOf: 'id', row: ForecastWarning, delivery: 'lossless' }),
  majorHazards: query({ input: z.strictObject({}), output: z.array(MajorHazard) }),
  /** Runs the checks in the engines' own worker. */
  verification: query({ input: z.strictObject({}), output: z.array(Verification) }),
  /** Computes every trial in the engines' own worker. */
  trials: query({ input: z.strictObject({}), output: z.object({ trials: z.array(TrialComparison), statistics: z.array(TrialMeasures) }) }),
  /** Computed with the field, null until then. */
  societal: value({ value: SocietalRisk.nullable() }),
  /** Null for what holds nothing that burns. */
  escalation: query({ input: z.strictObject({ equipment: Id, /** What comes out, or burns, now; left out: what its greatest hole short of rupture would let out. */ rateKgS: z.number().positive().max(1_000).optional() }), output: Escalation.nullable() }),
  /** Null while there is no risk field. */
  rescuePositions: query({ input: z.strictObject({}), output: RescuePositions.nullable() }),
});

import type { HazardContour } from '../../../src-shared/contract/index.ts';
import { contourRings, endpointLevels, gridAt, invertLeak, plumeField, type Grid, type PlumeField } from '../consequence/index.ts';
import type { GasInput, SourceEstimate, Unassessed } from './assessment.ts';
import type { Danger } from './model/danger.ts';
import { gasLevels, toxicLoadRate, type SeverityLevel } from './model/levels.ts';

type Found = { readonly danger: Danger; readonly source: SourceEstimate };

/** The gas cloud of a leak that detectors see, or that somebody declared. */
export const gasDanger = (input: GasInput): Found | Unassessed => {
  const source = sourceOf(input);
  if ('refused' in source) return source;
  const levels = gasLevels(endpointLevels(input.substance, 60));
  const outermost = levels.find((level) => level.severity === 1);
  if (outermost === undefined) return { refused: `${input.substance}: no endpoint` };
  const release = { ...releaseOf(input, source), rateKgS: source.rate.p50, source: { x: source.x, y: source.y, z: 1 }, weather: input.weather, terrain: input.terrain };
  // A first field far away gives the cloud itself, from which its reach follows; the second is drawn as fine as that reach allows.
  const scout = plumeField({ ...release, grid: { x0: source.x + FARTHEST, y0: source.y, cell: 1, nx: 1, ny: 1 }, levels: [] });
  if (!scout.ok) return { refused: scout.refusal.text.en };
  const high = scout.value.uncertainty.hi;
  // Errors of the rate and of the model are independent, and both are factors.
  const factor = Math.exp(Math.hypot(Math.log(high), Math.log(Math.max(1, source.rate.p90 / source.rate.p50))));
  const reach = reachOf(scout.value, { source, windFrom: input.weather.windFrom, level: outermost.level / factor });
  const drawn = plumeField({ ...release, grid: gridAround(source, reach), levels: levels.map((level) => ({ name: level.name, ppm: level.level })) });
  if (!drawn.ok) return { refused: drawn.refusal.text.en };
  return { source, danger: describe({ substance: input.substance, levels, reach, factor, wind: input.weather }, drawn.value, source) };
};

const FARTHEST = 2_000;
/** The front of a cloud near the ground is never faster than gusts of the wind at 10 m: half more than its mean, and 1 m/s is taken for a calm. */
const GUST = 1.5;
/** Holes of diameter d and more are about as frequent as 1/d in process-leak data (OGP 434-1 fits), and rate goes with d²: what keeps a rate in bounds when every detector that sees gas stands at the end of its range. */
const RATE_SLOPE = 0.5;
/** The curves as published: among structures their turbulence and not slow meander spreads the gas, and a cell takes tens of seconds to answer. */
const AVERAGING = 600;
/** Share of the new estimate in the one that is acted on; once a second this remembers about three seconds. */
const FRESH = 0.3;

/** A leak that detectors see has mixed in the wake of its equipment before it reaches them; one that is declared leaves in the state of what is held. */
const releaseOf = ({ substance, wake, declared, candidates }: GasInput, source: SourceEstimate | null) => {
  const state = declared === null ? undefined : candidates.find((candidate) => candidate.id === source?.equipment);
  return {
    substance,
    ...(wake === null ? {} : { wake }),
    ...(state?.releaseTemperature === undefined ? {} : { releaseTemperature: state.releaseTemperature }),
    ...(state?.liquidFraction === undefined ? {} : { liquidFraction: state.liquidFraction }),
  };
};

const sourceOf = (input: GasInput): SourceEstimate | Unassessed => {
  const { declared, candidates, previous } = input;
  if (declared !== null) {
    const near = candidates.map((candidate) => ({ id: candidate.id, away: Math.hypot(candidate.x - declared.x, candidate.y - declared.y) })).toSorted((a, b) => a.away - b.away)[0];
    return { x: declared.x, y: declared.y, spreadM: 0, rate: { p10: declared.rateKgS, p50: declared.rateKgS, p90: declared.rateKgS }, equipment: near !== undefined && near.away <= 20 ? near.id : null, candidates: [] };
  }
  const estimate = invertLeak({
    ...releaseOf(input, null),
    weather: input.weather,
    terrain: input.terrain,
    detectors: input.readings,
    candidates,
    rateRange: [1e-3, Math.max(1, ...candidates.map((candidate) => candidate.mostKgS))],
    rateSlope: RATE_SLOPE,
    averagingTimeS: AVERAGING,
    particles: 1_000,
  });
  if (!estimate.ok) return { refused: estimate.refusal.text.en };
  const { x, y, spreadM, p10, p50, p90, candidates: ranked } = estimate.value;
  const fresh = { x, y, spreadM, rate: { p10, p50, p90 }, candidates: ranked };
  const pooled = previous === null ? fresh : pool(previous, fresh);
  const best = pooled.candidates[0];
  return { ...pooled, equipment: best !== undefined && best.probability >= 0.5 ? best.id : null };
};

/** A leak does not move and its rate does not jump: the estimate follows new readings gradually, rates by their logarithms. */
const pool = (old: SourceEstimate, fresh: Omit<SourceEstimate, 'equipment'>): Omit<SourceEstimate, 'equipment'> => {
  const mean = (a: number, b: number): number => (1 - FRESH) * a + FRESH * b;
  const rate = (name: 'p10' | 'p50' | 'p90'): number => Math.exp(mean(Math.log(old.rate[name]), Math.log(fresh.rate[name])));
  const shares = new Map(old.candidates.map(({ id, probability }) => [id, (1 - FRESH) * probability]));
  for (const { id, probability } of fresh.candidates) shares.set(id, (shares.get(id) ?? 0) + FRESH * probability);
  const candidates = [...shares].map(([id, probability]) => ({ id, probability })).filter(({ probability }) => probability > 1e-3).toSorted((a, b) => b.probability - a.probability);
  return { x: mean(old.x, fresh.x), y: mean(old.y, fresh.y), spreadM: Math.hypot(mean(old.spreadM, fresh.spreadM), 0.3 * Math.hypot(old.x - fresh.x, old.y - fresh.y)), rate: { p10: rate('p10'), p50: rate('p50'), p90: rate('p90') }, candidates };
};

/** How far downwind the level is found on the axis, m; at least 20. */
const reachOf = (field: PlumeField, axis: { readonly source: { readonly x: number; readonly y: number }; readonly windFrom: number; readonly level: number }): number => {
  const angle = (axis.windFrom * Math.PI) / 180;
  let reach = 20;
  for (let distance = 20; distance <= FARTHEST; distance *= 1.08) {
    if (field.at(axis.source.x - Math.sin(angle) * distance, axis.source.y - Math.cos(angle) * distance, 1.5) >= axis.level) reach = distance * 1.08;
  }
  return reach;
};

const gridAround = (source: { readonly x: number; readonly y: number }, reach: number): Grid => {
  const half = reach + 10;
  const cell = Math.max(0.5, (2 * half) / 240);
  const count = Math.ceil((2 * half) / cell);
  return { x0: source.x - half, y0: source.y - half, cell, nx: count, ny: count };
};

const describe = (terms: { readonly substance: string; readonly levels: readonly SeverityLevel[]; readonly reach: number; readonly factor: number; readonly wind: { readonly windFrom: number; readonly windSpeed: number } }, field: PlumeField, source: SourceEstimate): Danger => {
  const { substance, levels, reach, factor, wind } = terms;
  const angle = (wind.windFrom * Math.PI) / 180;
  const front = GUST * Math.max(1, wind.windSpeed);
  const middle = levels.find((level) => level.severity === 2)?.level ?? Infinity;
  const at = (x: number, y: number): number => gridAt(field.ppm, field.grid, x, y);
  const ringsAt = (divisor: number): readonly HazardContour[] =>
    levels.map((level) => ({ name: level.name, severity: level.severity, level: level.level, unit: level.unit, rings: contourRings(field.ppm, field.grid, level.level / divisor).map((ring) => Float64Array.from(ring)) }));
  return {
    model: field.model,
    x: source.x,
    y: source.y,
    levels,
    reach: reach + 10,
    at,
    loadRateAt: (x, y) => toxicLoadRate(substance, at(x, y), middle),
    arrivalAt: (x, y) => Math.max(0, -Math.sin(angle) * (x - source.x) - Math.cos(angle) * (y - source.y)) / front,
    high: factor,
    contours: ringsAt(1),
    outer: ringsAt(factor),
  };
};

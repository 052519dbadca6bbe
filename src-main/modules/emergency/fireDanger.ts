import type { HazardContour } from '../../../src-shared/contract/index.ts';
import { contourRings, gridAt, irradiance, jetFire, pointSourceFlux, poolFire, poolFirePatches, substanceOf, transmissivity, type Grid, type Weather } from '../consequence/index.ts';
import type { FireInput, SourceEstimate, Unassessed } from './assessment.ts';
import type { Danger } from './model/danger.ts';
import { fireLevels, thermalLoadRate } from './model/levels.ts';

/** kW/m² at a place given in the wind's axes from the fire's foot: downwind, across. */
type Flux = (along: number, across: number) => number;
type Flame = { readonly model: string; readonly rateKgS: number; readonly flux: Flux };

/** Flux models of flames agree with measurements within about a half (SFPE, CCPS 1999). */
const HIGH = 1.5;
const FARTHEST = 800;
const EYE = 1.5;

/** Radiation of a fire: a tilted two-zone flame over a pool, or a jet whose direction nobody knows yet, as a point source. */
export const fireDanger = (input: FireInput): { readonly danger: Danger; readonly source: SourceEstimate } | Unassessed => {
  const flame = input.jetKgS === null ? poolFlame(input) : jetFlame(input, input.jetKgS);
  if (flame === null) return { refused: `no flame model for ${input.substance}` };
  const reach = reachOf(flame.flux, fireLevels[2]!.level / HIGH);
  const { grid, values } = draw(input, flame.flux, reach);
  const at = (x: number, y: number): number => gridAt(values, grid, x, y);
  const contours = (divisor: number): readonly HazardContour[] => fireLevels.map((level) => ({ name: level.name, severity: level.severity, level: level.level, unit: level.unit, rings: contourRings(values, grid, level.level / divisor).map((ring) => Float64Array.from(ring)) }));
  const { rateKgS } = flame;
  return {
    source: { x: input.x, y: input.y, spreadM: input.diameter / 2, rate: { p10: rateKgS / HIGH, p50: rateKgS, p90: rateKgS * HIGH }, equipment: input.equipment, candidates: [] },
    danger: { model: flame.model, x: input.x, y: input.y, levels: fireLevels, reach: reach + 10, at, loadRateAt: (x, y) => thermalLoadRate(at(x, y)), arrivalAt: () => 0, high: HIGH, contours: contours(1), outer: contours(HIGH) },
  };
};

const airOf = (weather: Weather) => ({ temperature: weather.temperature ?? 293.15, humidity: weather.humidity ?? 0.6, pressure: weather.pressure ?? 101_325, windSpeed: weather.windSpeed });

const poolFlame = ({ substance, diameter, baseZ, weather }: FireInput): Flame | null => {
  const air = airOf(weather);
  const area = (Math.PI / 4) * diameter ** 2;
  const known = substanceOf(substance);
  // A liquid without a tabulated rate burns like petrol: the usual middle of hydrocarbon pools.
  const fire = poolFire(known, { area, ...(known.fire?.pool === undefined ? { burningRate: 0.055 } : {}) }, air);
  if (fire === null) return null;
  const patches = poolFirePatches(fire, 20, 12);
  return {
    model: 'pool-fire, two-zone tilted flame',
    rateKgS: fire.burningRate * area,
    flux: (along, across) => {
      const distance = Math.hypot(along, across);
      if (distance <= diameter / 2 && baseZ < EYE) return fire.clearPower / 1_000;
      return (irradiance(patches, { x: along, y: across, z: EYE - baseZ }, null).most * transmissivity(Math.max(1, distance - diameter / 2), air)) / 1_000;
    },
  };
};

const jetFlame = ({ substance, weather }: FireInput, rateKgS: number): Flame | null => {
  const air = airOf(weather);
  const fire = jetFire(substanceOf(substance), rateKgS, air);
  if (fire === null) return null;
  return {
    model: 'jet fire, point source, direction unknown',
    rateKgS,
    // Wherever it points, its bright middle comes no nearer than half its length.
    flux: (along, across) => {
      const distance = Math.max(2, Math.hypot(along, across) - fire.length / 2);
      return pointSourceFlux({ power: fire.heatRelease, radiativeFraction: fire.radiativeFraction, transmissivity: transmissivity(distance, air) }, distance) / 1_000;
    },
  };
};

const reachOf = (flux: Flux, level: number): number => {
  let reach = 10;
  for (let distance = 10; distance <= FARTHEST; distance *= 1.08) if (Math.max(flux(distance, 0), flux(-distance, 0), flux(0, distance)) >= level) reach = distance * 1.08;
  return reach;
};

const draw = ({ x, y, weather }: FireInput, flux: Flux, reach: number): { readonly grid: Grid; readonly values: Float32Array } => {
  const half = reach + 5;
  const cell = Math.max(0.5, (2 * half) / 90);
  const count = Math.ceil((2 * half) / cell);
  const grid: Grid = { x0: x - half, y0: y - half, cell, nx: count, ny: count };
  const angle = (weather.windFrom * Math.PI) / 180;
  const [east, north] = [-Math.sin(angle), -Math.cos(angle)];
  const values = Float32Array.from({ length: count * count }, (_value, k) => {
    const [dx, dy] = [grid.x0 + ((k % count) + 0.5) * cell - x, grid.y0 + (Math.floor(k / count) + 0.5) * cell - y];
    return flux(dx * east + dy * north, dy * east - dx * north);
  });
  return { grid, values };
};

import { ok, refuse, text, type Refused, type Result } from '../../../../src-shared/kernel/index.ts';
import { downwind, similarityWind } from './atmosphere.ts';
import { contourRings, type Ring } from './contours.ts';
import type { Grid } from './field.ts';
import { fireballExposure, type Fireball } from './fireball.ts';
import { jetFire, jetFireFlux, type JetFire } from './jetFire.ts';
import { poolFire, poolFirePatches, type PoolFire } from './poolFire.ts';
import { irradiance } from './radiation.ts';
import { outOfRange, type OutOfRange } from './ranges.ts';
import { isConsequenceSubstance, knownSubstances, substanceOf, type ConsequenceSubstance } from './substances.ts';
import { atmosphereOf, refuseWeather, type Weather } from './weather.ts';

/** What burns: a pool of so many square metres, or a jet of so many kg/s that points `towards` degrees clockwise from north. */
export type FireKind = { readonly kind: 'pool'; readonly area: number } | { readonly kind: 'jet'; readonly rateKgS: number; readonly towards: number };

export type FireFieldInput = {
  readonly substance: ConsequenceSubstance;
  readonly fire: FireKind;
  readonly source: { readonly x: number; readonly y: number; readonly z?: number };
  readonly weather: Weather;
  readonly grid: Grid;
  /** m; 1.5 unless given. */
  readonly receptorHeight?: number;
  /** W/m²; 37.5, 12.5 and 4 kW/m² unless given. */
  readonly levels?: readonly number[];
};

export type FireField = {
  readonly grid: Grid;
  /** W/m² on the surface turned to receive most, at cell centres, row by row from the south-west corner. */
  readonly flux: Float32Array;
  /** Strongest first. */
  readonly contours: readonly { readonly flux: number; readonly rings: readonly Ring[] }[];
  readonly at: (x: number, y: number) => number;
  readonly fire: PoolFire | JetFire;
};

/** Heat of a pool or jet fire over the plant with the wind as it is; refused by name, or as not flammable. */
export const fireField = (input: FireFieldInput): Result<FireField, OutOfRange> => {
  const refused = refuseFire(input);
  if (refused !== null) return refused;
  const air = atmosphereOf(input.weather);
  const substance = substanceOf(input.substance);
  const height = input.receptorHeight ?? 1.5;
  const around = { temperature: air.temperature, humidity: air.humidity, pressure: air.pressure, windSpeed: similarityWind(air, 9) };
  const { fire, source } = input;
  const burning = fire.kind === 'pool' ? poolFire(substance, { area: fire.area }, around) : jetFire(substance, fire.rateKgS, around);
  if (burning === null) return refuse('NotFlammable', text(`${substance.name.zh}在此不作为火灾计算`, `${substance.name.en} is not computed as such a fire`), 'substance');
  // The flame lies along its axis: downwind for a pool, where it points for a jet; the field mirrors about that axis.
  const [east, north] = downwind(fire.kind === 'pool' ? air.windFrom : fire.towards + 180);
  const patches = 'shape' in burning ? poolFirePatches(burning, 24, 14) : null;
  const nearest = fire.kind === 'pool' ? Math.sqrt(fire.area / Math.PI) : 1;
  const flux = (along: number, across: number): number => {
    if (patches !== null) return irradiance(patches, { x: along, y: across, z: height }, around).most;
    return jetFireFlux(burning as JetFire, { from: [0, 0, source.z ?? 1], axis: [1, 0, 0], receiver: [along, across, height] }, around);
  };
  const { grid } = input;
  const corners = [0, 1].flatMap((i) => [0, 1].map((j) => Math.hypot(grid.x0 + i * grid.nx * grid.cell - source.x, grid.y0 + j * grid.ny * grid.cell - source.y)));
  const table = polarTable(flux, nearest, Math.max(...corners, 2 * nearest));
  const at = (x: number, y: number): number => {
    const [dx, dy] = [x - source.x, y - source.y];
    return table(dx * east + dy * north, Math.abs(dy * east - dx * north));
  };
  const values = new Float32Array(grid.nx * grid.ny);
  for (let j = 0, k = 0; j < grid.ny; j += 1) for (let i = 0; i < grid.nx; i += 1, k += 1) values[k] = at(grid.x0 + (i + 0.5) * grid.cell, grid.y0 + (j + 0.5) * grid.cell);
  const levels = (input.levels ?? [37500, 12500, 4000]).toSorted((a, b) => b - a);
  return ok({ grid, flux: values, at, fire: burning, contours: levels.map((level) => ({ flux: level, rings: contourRings(values, grid, level) })) });
};

const refuseFire = (input: FireFieldInput): Refused<OutOfRange> | null => {
  if (!isConsequenceSubstance(input.substance)) return refuse('UnknownSubstance', knownSubstances, 'substance');
  const { fire, grid } = input;
  return refuseWeather(input.weather) ?? outOfRange({
    'fire.area': [fire.kind === 'pool' ? fire.area : undefined, 0.1, 1e5],
    'fire.rateKgS': [fire.kind === 'jet' ? fire.rateKgS : undefined, 1e-3, 1e4],
    'fire.towards': [fire.kind === 'jet' ? fire.towards : undefined, -360, 720],
    'source.x': [input.source.x, -1e6, 1e6], 'source.y': [input.source.y, -1e6, 1e6], 'source.z': [input.source.z, 0, 300],
    receptorHeight: [input.receptorHeight, 0, 100],
    'grid.x0': [grid.x0, -1e6, 1e6], 'grid.y0': [grid.y0, -1e6, 1e6], 'grid.cell': [grid.cell, 0.1, 1000], 'grid.nx': [grid.nx, 1, 4000], 'grid.ny': [grid.ny, 1, 4000],
  });
};

/** A flux that mirrors about its axis, tabulated in radius (even in its logarithm) and angle, read bilinearly in ln(flux); held inside the nearest radius. */
const polarTable = (flux: (along: number, across: number) => number, nearest: number, farthest: number): ((along: number, across: number) => number) => {
  const [radii, angles] = [40, 25];
  const logStep = Math.log(farthest / nearest) / (radii - 1);
  const logs = new Float64Array(radii * angles);
  for (let i = 0; i < radii; i += 1) {
    const radius = nearest * Math.exp(i * logStep);
    for (let j = 0; j < angles; j += 1) {
      const angle = (Math.PI * j) / (angles - 1);
      logs[i * angles + j] = Math.log(Math.max(flux(radius * Math.cos(angle), radius * Math.sin(angle)), 1e-3));
    }
  }
  return (along, across) => {
    const u = Math.min(Math.max(Math.log(Math.max(Math.hypot(along, across), nearest) / nearest) / logStep, 0), radii - 1.0001);
    const v = Math.min((Math.atan2(across, along) / Math.PI) * (angles - 1), angles - 1.0001);
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [a, b] = [u - i, v - j];
    const k = i * angles + j;
    return Math.exp((logs[k]! * (1 - b) + logs[k + 1]! * b) * (1 - a) + (logs[k + angles]! * (1 - b) + logs[k + angles + 1]! * b) * a);
  };
};

/** Distance on the ground, m, at which a fireball's whole life gives a thermal dose, (W/m²)^(4/3) s; 0 when even under it the dose is less. */
export const fireballDoseDistance = (ball: Fireball, dose: number, air: { readonly temperature: number; readonly humidity: number }): number => {
  if (fireballExposure(ball, 1, air).dose < dose) return 0;
  let [low, high] = [1, 1e4];
  for (let i = 0; i < 50; i += 1) {
    const middle = Math.sqrt(low * high);
    if (fireballExposure(ball, middle, air).dose > dose) low = middle;
    else high = middle;
  }
  return low;
};

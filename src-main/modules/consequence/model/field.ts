import { downwind } from './atmosphere.ts';
import { acrossProfile, stationAt, upProfile, type Cloud } from './cloud.ts';
import type { Puff } from './gaussianPuff.ts';

/**
 * A grid over the plant: `x0`, `y0` its south-west corner in plant metres, square cells of `cell` m, `nx` east by `ny` north.
 * Values stand for cell centres, row by row from the south: value (i, j) is at x0 + (i + ½) cell, y0 + (j + ½) cell, index j · nx + i.
 */
export type Grid = { readonly x0: number; readonly y0: number; readonly cell: number; readonly nx: number; readonly ny: number };

export type Receptors = { readonly grid: Grid; /** Height above ground, m. */ readonly height: number };

/** Volume fractions of a steady cloud on a grid, blowing from `windFrom` degrees out of `source`, up to `front` metres downwind. */
export const drawCloud = (cloud: Cloud, source: { readonly x: number; readonly y: number }, options: Receptors & { readonly windFrom: number; readonly front?: number }): Float32Array => {
  const { grid, height, windFrom } = options;
  const [east, north] = downwind(windFrom);
  const reach = Math.min(options.front ?? Infinity, cloud.x[cloud.x.length - 1]!);
  const table = tabulate(cloud, { height, reach, spacing: Math.max(grid.cell / 4, reach / 20000) });
  const values = new Float32Array(grid.nx * grid.ny);
  for (let j = 0; j < grid.ny; j += 1) {
    const dy = grid.y0 + (j + 0.5) * grid.cell - source.y;
    const row = j * grid.nx;
    for (let i = 0; i < grid.nx; i += 1) {
      const dx = grid.x0 + (i + 0.5) * grid.cell - source.x;
      values[row + i] = fractionIn(table, dx * east + dy * north, dy * east - dx * north);
    }
  }
  return values;
};

/** Volume fraction at a place along and across the wind from the source. */
export const fractionIn = (table: AxisTable, along: number, aside: number): number => {
  const from = along - table.first;
  if (!(from >= 0 && from <= table.length)) return 0;
  const k = (from / table.spacing) | 0;
  const across = Math.abs(aside);
  if (across > table.edge[k]!) return 0;
  const b = table.halfWidth[k]!;
  const fraction = b === 0 ? table.amplitude[k]! * Math.exp(across * across * table.exponent[k]!) : table.amplitude[k]! * acrossProfile(across, b, table.spread[k]!);
  return fraction < 1 ? fraction : 1;
};

/** A cloud at one height, on even steps downwind. */
export type AxisTable = {
  readonly first: number;
  readonly length: number;
  readonly spacing: number;
  readonly amplitude: Float64Array;
  readonly exponent: Float64Array;
  readonly halfWidth: Float64Array;
  readonly spread: Float64Array;
  readonly edge: Float64Array;
};

/** The cloud at one height on even steps downwind, so that a cell costs one lookup and one exponential. */
export const tabulate = (cloud: Cloud, options: { readonly height: number; readonly reach: number; readonly spacing: number }): AxisTable => {
  const { height, reach, spacing } = options;
  const first = cloud.x[0]!;
  const length = reach - first;
  const count = Math.max(0, Math.ceil(length / spacing)) + 1;
  const [amplitude, exponent, halfWidth, spread, edge] = [0, 1, 2, 3, 4].map(() => new Float64Array(count)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let k = 0; k < count; k += 1) {
    const place = stationAt(cloud, Math.min(first + (k + 0.5) * spacing, cloud.x[cloud.x.length - 1]!))!;
    const value = (values: Float64Array): number => values[place.index]! * (1 - place.weight) + values[place.index + 1]! * place.weight;
    const sigma = value(cloud.spreadY);
    const b = value(cloud.halfWidth);
    const isGaussian = b < 0.05 * sigma;
    const flux = value(cloud.flux) * upProfile(height, value(cloud.centreHeight), value(cloud.spreadZ));
    amplitude[k] = isGaussian ? flux / (Math.sqrt(2 * Math.PI) * sigma) : flux;
    exponent[k] = -1 / (2 * sigma * sigma);
    halfWidth[k] = isGaussian ? 0 : b;
    spread[k] = sigma;
    edge[k] = b + 5 * sigma;
  }
  return { first, length, spacing, amplitude, exponent, halfWidth, spread, edge };
};

/** Volume fractions of superposed puffs on a grid. */
export const drawPuffs = (puffs: readonly Puff[], options: Receptors): Float32Array => {
  const { grid, height } = options;
  const sum = new Float32Array(grid.nx * grid.ny);
  const across = new Float64Array(grid.nx);
  for (const puff of puffs) {
    const reach = 4.5 * puff.spread;
    const clip = (value: number, count: number): number => Math.min(Math.max(Math.floor(value / grid.cell - 0.5), 0), count);
    const [west, east] = [clip(puff.x - reach - grid.x0, grid.nx), clip(puff.x + reach - grid.x0 + 2 * grid.cell, grid.nx)];
    const [south, north] = [clip(puff.y - reach - grid.y0, grid.ny), clip(puff.y + reach - grid.y0 + 2 * grid.cell, grid.ny)];
    const peak = (puff.volume * upProfile(height, puff.height, puff.spreadZ)) / (2 * Math.PI * puff.spread ** 2);
    const exponent = -1 / (2 * puff.spread ** 2);
    for (let i = west; i < east; i += 1) across[i] = Math.exp((grid.x0 + (i + 0.5) * grid.cell - puff.x) ** 2 * exponent);
    for (let j = south; j < north; j += 1) {
      const factor = peak * Math.exp((grid.y0 + (j + 0.5) * grid.cell - puff.y) ** 2 * exponent);
      for (let i = west, k = j * grid.nx + west; i < east; i += 1, k += 1) sum[k] = sum[k]! + factor * across[i]!;
    }
  }
  for (let k = 0; k < sum.length; k += 1) if (sum[k]! > 1) sum[k] = 1;
  return sum;
};

/** Volume fraction of superposed puffs at a point of the plant, height z. */
export const puffsAt = (puffs: readonly Puff[], x: number, y: number, z: number): number => {
  let sum = 0;
  for (const puff of puffs) {
    const flat = Math.exp(-((x - puff.x) ** 2 + (y - puff.y) ** 2) / (2 * puff.spread ** 2)) / (2 * Math.PI * puff.spread ** 2);
    sum += puff.volume * flat * upProfile(z, puff.height, puff.spreadZ);
  }
  return Math.min(1, sum);
};

/** Value of a grid at a point by bilinear interpolation; 0 outside. */
export const gridAt = (values: Float32Array, grid: Grid, x: number, y: number): number => {
  const gx = (x - grid.x0) / grid.cell - 0.5;
  const gy = (y - grid.y0) / grid.cell - 0.5;
  if (gx < -0.5 || gy < -0.5 || gx > grid.nx - 0.5 || gy > grid.ny - 0.5) return 0;
  const i = Math.min(Math.max(Math.floor(gx), 0), Math.max(grid.nx - 2, 0));
  const j = Math.min(Math.max(Math.floor(gy), 0), Math.max(grid.ny - 2, 0));
  const u = Math.min(Math.max(gx - i, 0), 1);
  const v = Math.min(Math.max(gy - j, 0), 1);
  const at = (di: number, dj: number): number => values[Math.min(j + dj, grid.ny - 1) * grid.nx + Math.min(i + di, grid.nx - 1)]!;
  return (at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v;
};

/**
 * The lethality of one scenario around its source, in the wind's own axes: `values` over `along` (downwind positive) and `across` (symmetric), bilinear
 * between points. Spacing is reach / HALF, so a small leak has a fine kernel and a large one a coarse kernel.
 */
export type Kernel = { readonly reach: number; readonly values: Float32Array };

/** Points from the source to the reach; a kernel has 2·HALF + 1 along and HALF + 1 across. */
const HALF = 48;
const ALONG = 2 * HALF + 1;
const ACROSS = HALF + 1;

/** Lethality below this is nothing. */
const NEGLIGIBLE = 1e-3;
/** Standard deviation of the wind's direction about its mean over ten minutes, degrees; it blurs what a single plume would cut sharply. */
const DIRECTION_SPREAD = 12;

const RADII = 40;
const ANGLES = 73;
const ANGLE_STEP = 2.5;

/**
 * Kernel of a plume from its lethality at `along`, `across` metres (symmetric in `across`), smeared over the wind's direction. Null where it is
 * negligible everywhere beyond a metre.
 */
export const plumeKernel = (lethality: (along: number, across: number) => number, farthest: number): Kernel | null => {
  const reach = reachAlong((distance) => lethality(distance, 0), farthest);
  if (reach === null) return null;
  // Polar table first: smearing over direction is a sum over angles there.
  const radius = (k: number): number => reach * (k / (RADII - 1)) ** 1.5;
  const raw = new Float64Array(RADII * ANGLES);
  for (let k = 0; k < RADII; k += 1) {
    for (let a = 0; a < ANGLES; a += 1) {
      const angle = (a * ANGLE_STEP * Math.PI) / 180;
      const along = radius(k) * Math.cos(angle);
      raw[k * ANGLES + a] = along <= 0 && radius(k) > 1 ? 0 : lethality(Math.max(along, 0), radius(k) * Math.sin(angle));
    }
  }
  const weights = [-30, -27.5, -25, -22.5, -20, -17.5, -15, -12.5, -10, -7.5, -5, -2.5, 0, 2.5, 5, 7.5, 10, 12.5, 15, 17.5, 20, 22.5, 25, 27.5, 30].map((turn) => Math.exp(-0.5 * (turn / DIRECTION_SPREAD) ** 2));
  const total = weights.reduce((a, b) => a + b, 0);
  const smeared = new Float64Array(RADII * ANGLES);
  for (let k = 0; k < RADII; k += 1) {
    for (let a = 0; a < ANGLES; a += 1) {
      let sum = 0;
      for (let w = 0; w < weights.length; w += 1) {
        const turned = Math.abs(a + w - (weights.length - 1) / 2);
        if (turned < ANGLES) sum += weights[w]! * raw[k * ANGLES + turned]!;
      }
      smeared[k * ANGLES + a] = sum / total;
    }
  }
  return toGrid(reach, (distance, angle) => {
    const k = Math.min(RADII - 1.001, (RADII - 1) * (distance / reach) ** (1 / 1.5));
    const a = Math.min(ANGLES - 1.001, angle / ANGLE_STEP);
    const [i, j] = [Math.floor(k), Math.floor(a)];
    const at = (di: number, dj: number): number => smeared[(i + di) * ANGLES + j + dj]!;
    return (at(0, 0) * (1 - (a - j)) + at(0, 1) * (a - j)) * (1 - (k - i)) + (at(1, 0) * (1 - (a - j)) + at(1, 1) * (a - j)) * (k - i);
  });
};

/** Kernel of a danger that spreads alike to all sides. */
export const roundKernel = (lethality: (distance: number) => number, farthest: number): Kernel | null => {
  const reach = reachAlong(lethality, farthest);
  return reach === null ? null : toGrid(reach, lethality);
};

const reachAlong = (lethality: (distance: number) => number, farthest: number): number | null => {
  let reach: number | null = null;
  for (let distance = 1; distance <= farthest; distance *= 1.07) if (lethality(distance) > NEGLIGIBLE) reach = distance * 1.07;
  return reach;
};

const toGrid = (reach: number, value: (distance: number, degrees: number) => number): Kernel => {
  const values = new Float32Array(ALONG * ACROSS);
  for (let i = 0; i < ALONG; i += 1) {
    for (let j = 0; j < ACROSS; j += 1) {
      const [along, across] = [(reach * (i - HALF)) / HALF, (reach * j) / HALF];
      const distance = Math.hypot(along, across);
      values[i * ACROSS + j] = distance > reach ? 0 : value(distance, (Math.atan2(across, along) * 180) / Math.PI);
    }
  }
  return { reach, values };
};

/** Lethality of a kernel at a place `dx`, `dy` from its source; the wind carries towards (east, north). */
export const lethalityAt = (kernel: Kernel, at: { readonly dx: number; readonly dy: number; readonly east: number; readonly north: number }): number => {
  const { dx, dy, east, north } = at;
  const scale = HALF / kernel.reach;
  return sample(kernel.values, (dx * east + dy * north) * scale + HALF, Math.abs(dy * east - dx * north) * scale);
};

/** Bilinear between the points of a kernel; nothing outside it. */
const sample = (values: Float32Array, a: number, b: number): number => {
  if (a < 0 || b >= HALF || a >= 2 * HALF) return 0;
  const [ia, ib] = [a | 0, b | 0];
  const [fa, fb] = [a - ia, b - ib];
  const k = ia * ACROSS + ib;
  return (values[k]! * (1 - fb) + values[k + 1]! * fb) * (1 - fa) + (values[k + ACROSS]! * (1 - fb) + values[k + ACROSS + 1]! * fb) * fa;
};

export type Raster = { readonly x0: number; readonly y0: number; readonly cell: number; readonly nx: number; readonly ny: number };

/** Adds `weight` times a kernel at a source to a raster; the wind carries towards (east, north). Returns the sum of what was added. */
export const stamp = (target: Float64Array, raster: Raster, placed: { readonly kernel: Kernel; readonly x: number; readonly y: number; readonly east: number; readonly north: number; readonly weight: number }): number => {
  const { kernel, x, y, east, north, weight } = placed;
  const { reach, values } = kernel;
  const scale = HALF / reach;
  const column = (value: number): number => Math.floor((value - raster.x0) / raster.cell);
  const [west, right] = [Math.max(0, column(x - reach)), Math.min(raster.nx - 1, column(x + reach))];
  const row = (value: number): number => Math.floor((value - raster.y0) / raster.cell);
  const [south, top] = [Math.max(0, row(y - reach)), Math.min(raster.ny - 1, row(y + reach))];
  let added = 0;
  for (let j = south; j <= top; j += 1) {
    const dy = raster.y0 + (j + 0.5) * raster.cell - y;
    for (let i = west; i <= right; i += 1) {
      const dx = raster.x0 + (i + 0.5) * raster.cell - x;
      const a = (dx * east + dy * north) * scale + HALF;
      const b = Math.abs(dy * east - dx * north) * scale;
      const value = sample(values, a, b);
      if (value === 0) continue;
      target[j * raster.nx + i]! += weight * value;
      added += weight * value;
    }
  }
  return added;
};

/** Ways as flat columns; what the walkway graph gives. */
export type Ways = { readonly x: Float64Array; readonly y: Float64Array; readonly from: Uint32Array; readonly to: Uint32Array };

/** `arrivalAt`: seconds from the release's beginning until the danger can have come to a place at the earliest; 0 where it is there at once. */
type Field = { readonly x: number; readonly y: number; readonly reach: number; at(x: number, y: number): number; loadRateAt(x: number, y: number): number; arrivalAt(x: number, y: number): number };

// Samples no farther apart than the finest contour matters.
const STEP = 2;
/** A way is closed a little before the contour reaches it: contours are drawn on a grid and people have width. */
export const MARGIN = 0.8;
/** Seconds from now at which slices of time end; the last slice holds for ever. Fine where people are on their way, coarse later. */
const SLICE_ENDS = [10, 20, 30, 45, 60, 80, 100, 130, 160, 200, 250, 300, 400, 500, 600, 900];

/** How many of the ascending thresholds a strength meets: 0 open, the last one lethal by the best estimate. */
export const dangerLevel = (strength: number, thresholds: readonly number[]): number => {
  let level = 0;
  while (level < thresholds.length && strength >= thresholds[level]!) level += 1;
  return level;
};

/** The danger on ways ahead in time, slice by slice as the evacuation engine takes it. */
export type DangerAhead = { readonly at: Float64Array; readonly level: Uint8Array; readonly nodeLevel: Uint8Array; readonly loadRate: Float32Array; /** Of each edge, whenever it comes. */ readonly peak: Float32Array };

/**
 * The danger along ways, by samples every 2 m: the worst level and the mean load rate of each slice of time. A place counts as reached from the beginning of the slice in which the
 * danger can come to it, and stays so: gas that is there may leave, but no plan rests on that. `ageS` is for how long it has been spreading already; when it has come
 * everywhere (Infinity, a fire's light) there is one slice. Ways beyond the danger's reach cost nothing.
 */
export const dangerAhead = (ways: Ways, field: Field, { thresholds, ageS }: { readonly thresholds: readonly number[]; readonly ageS: number }): DangerAhead => {
  const [nodes, edges] = [ways.x.length, ways.from.length];
  let latest = 0;
  const sliceOf = (x: number, y: number): number => {
    const inS = field.arrivalAt(x, y) - ageS;
    let slice = 0;
    while (inS > 0 && slice < SLICE_ENDS.length && inS > SLICE_ENDS[slice]!) slice += 1;
    latest = Math.max(latest, slice);
    return slice;
  };
  // First what each slice adds, then the sum over the slices before it: what has come stays.
  const count = SLICE_ENDS.length + 1;
  const peak = new Float32Array(edges);
  const [level, nodeLevel, loadRate] = [new Uint8Array(count * edges), new Uint8Array(count * nodes), new Float32Array(count * edges)];
  for (let n = 0; n < nodes; n += 1) {
    const [x, y] = [ways.x[n]!, ways.y[n]!];
    if (Math.hypot(x - field.x, y - field.y) > field.reach) continue;
    const found = dangerLevel(field.at(x, y), thresholds);
    if (found > 0) nodeLevel[sliceOf(x, y) * nodes + n] = found;
  }
  for (let e = 0; e < edges; e += 1) {
    const [a, b] = [ways.from[e]!, ways.to[e]!];
    const [ax, ay] = [ways.x[a]!, ways.y[a]!];
    const [dx, dy] = [ways.x[b]! - ax, ways.y[b]! - ay];
    const length = Math.hypot(dx, dy);
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((field.x - ax) * dx + (field.y - ay) * dy) / (length * length)));
    if (Math.hypot(ax + t * dx - field.x, ay + t * dy - field.y) > field.reach) continue;
    const steps = Math.max(1, Math.ceil(length / STEP));
    for (let k = 0; k <= steps; k += 1) {
      const [x, y] = [ax + (dx * k) / steps, ay + (dy * k) / steps];
      const load = field.loadRateAt(x, y);
      const strength = field.at(x, y);
      peak[e] = Math.max(peak[e]!, strength);
      const found = dangerLevel(strength, thresholds);
      if (load === 0 && found === 0) continue;
      const place = sliceOf(x, y) * edges + e;
      level[place] = Math.max(level[place]!, found);
      loadRate[place]! += load / (steps + 1);
    }
  }
  for (let slice = 1; slice <= latest; slice += 1) {
    for (let n = slice * nodes; n < (slice + 1) * nodes; n += 1) nodeLevel[n] = Math.max(nodeLevel[n]!, nodeLevel[n - nodes]!);
    for (let e = slice * edges; e < (slice + 1) * edges; e += 1) {
      level[e] = Math.max(level[e]!, level[e - edges]!);
      loadRate[e]! += loadRate[e - edges]!;
    }
  }
  const slices = latest + 1;
  return { peak, at: Float64Array.from([0, ...SLICE_ENDS.slice(0, latest)]), level: level.slice(0, slices * edges), nodeLevel: nodeLevel.slice(0, slices * nodes), loadRate: loadRate.slice(0, slices * edges) };
};

/** Whatever may come, as if it were there: the worst level of each way. */
export const dangerOnWays = (ways: Ways, field: Field, thresholds: readonly number[]): Uint8Array => dangerAhead(ways, field, { thresholds, ageS: Infinity }).level;

/** Seconds from now until a way is closed; 0 when it is, Infinity when it stays open. */
export const closesInS = ({ at, level }: DangerAhead, edge: number): number => {
  const edges = level.length / at.length;
  for (let slice = 0; slice < at.length; slice += 1) if (level[slice * edges + edge]! > 0) return at[slice]!;
  return Infinity;
};

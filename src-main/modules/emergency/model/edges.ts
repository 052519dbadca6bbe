/** Ways as flat columns; what the walkway graph gives. */
export type Ways = { readonly x: Float64Array; readonly y: Float64Array; readonly from: Uint32Array; readonly to: Uint32Array };

type Field = { readonly x: number; readonly y: number; readonly reach: number; at(x: number, y: number): number; loadRateAt(x: number, y: number): number };

// Samples no farther apart than the finest contour matters.
const STEP = 2;
// A way is closed a little before the contour reaches it: contours are drawn on a grid and people have width.
const MARGIN = 0.8;

export type Limits = { readonly closed: number; readonly lethal: number };

/** 2 where the strength reaches `lethal`, 1 where it reaches `closed`, each with a margin of a fifth; else 0. */
export const dangerLevel = (strength: number, limits: Limits): number => (strength >= MARGIN * limits.lethal ? 2 : strength >= MARGIN * limits.closed ? 1 : 0);

/**
 * The danger along ways, by samples every 2 m: the worst level, and the mean load rate. Ways beyond the danger's reach cost nothing.
 */
export const dangerOnWays = (ways: Ways, field: Field, limits: Limits): { readonly level: Uint8Array; readonly nodeLevel: Uint8Array; readonly loadRate: Float32Array } => {
  const levelOf = (strength: number): number => dangerLevel(strength, limits);
  const nodeLevel = Uint8Array.from(ways.x, (x, n) => (Math.hypot(x - field.x, ways.y[n]! - field.y) > field.reach ? 0 : levelOf(field.at(x, ways.y[n]!))));
  const level = new Uint8Array(ways.from.length);
  const loadRate = new Float32Array(ways.from.length);
  for (let e = 0; e < ways.from.length; e += 1) {
    const [a, b] = [ways.from[e]!, ways.to[e]!];
    const [ax, ay] = [ways.x[a]!, ways.y[a]!];
    const [dx, dy] = [ways.x[b]! - ax, ways.y[b]! - ay];
    const length = Math.hypot(dx, dy);
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((field.x - ax) * dx + (field.y - ay) * dy) / (length * length)));
    if (Math.hypot(ax + t * dx - field.x, ay + t * dy - field.y) > field.reach) continue;
    const steps = Math.max(1, Math.ceil(length / STEP));
    let sum = 0;
    for (let k = 0; k <= steps; k += 1) {
      const [x, y] = [ax + (dx * k) / steps, ay + (dy * k) / steps];
      level[e] = Math.max(level[e]!, levelOf(field.at(x, y)));
      sum += field.loadRateAt(x, y);
    }
    loadRate[e] = sum / (steps + 1);
  }
  return { level, nodeLevel, loadRate };
};

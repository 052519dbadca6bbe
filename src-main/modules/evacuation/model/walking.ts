/**
 * How fast people walk and how many pass: Weidmann's fundamental diagram (ETH IVT 90, 1993), the hydraulic model of the SFPE
 * Handbook (Gwynne & Rosenbaum), and walking in smoke (Frantzich & Nilsson 2003). Speeds m/s, densities persons/m², flows persons/s.
 */

/** Walking speed that plans assume where a person's own is not known: SFPE unimpeded level speed, 0.85 k with k = 1.4 m/s. */
export const PLANNED_SPEED = 1.19;
/** Largest specific flow of level ways, persons/(m s): k/4a of the hydraulic model with k = 1.4 m/s, a = 0.266 m². */
export const LEVEL_SPECIFIC_FLOW = 1.316;
/** Boundary layer on each side of doors, gates, stairs and indoor ways, m (SFPE table of boundary layer widths). */
export const BOUNDARY_LAYER = 0.15;

const FREE_SPEED = 1.34;
const JAM_DENSITY = 5.4;
const SHAPE = 1.913;

/** Weidmann's speed at a density, m/s: 1.34 (1 − exp(−1.913 (1/ρ − 1/5.4))). Zero at the jam density and beyond. */
export const weidmannSpeed = (density: number): number =>
  density <= 0 ? FREE_SPEED : density >= JAM_DENSITY ? 0 : FREE_SPEED * (1 - Math.exp(-SHAPE * (1 / density - 1 / JAM_DENSITY)));

/** Specific flow ρ v of Weidmann's diagram, persons/(m s). */
export const weidmannFlow = (density: number): number => density * weidmannSpeed(density);

/** The largest specific flow of Weidmann's diagram and the density at which it occurs, found by golden-section search. */
export const weidmannCapacity = (): { readonly flow: number; readonly density: number } => {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0, JAM_DENSITY];
  while (high - low > 1e-6) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (weidmannFlow(left) < weidmannFlow(right)) low = left;
    else high = right;
  }
  const density = (low + high) / 2;
  return { flow: weidmannFlow(density), density };
};

/** The hydraulic model's a, m² per person. */
export const HYDRAULIC_A = 0.266;
/** Hydraulic k of a level way, m/s. */
export const LEVEL_K = 1.4;

/** Hydraulic k of a stair from its riser and tread: 51.8 √(G/R) m/min. Any unit of length for both. */
export const stairK = (riser: number, tread: number): number => (51.8 * Math.sqrt(tread / riser)) / 60;

/** Hydraulic speed k (1 − a ρ), m/s, held at its value for 0.54 persons/m² below that density. */
export const hydraulicSpeed = (density: number, k = LEVEL_K): number => Math.max(0, k * (1 - HYDRAULIC_A * Math.max(density, 0.54)));

/** Hydraulic specific flow (1 − a ρ) k ρ, persons/(m s). */
export const hydraulicFlow = (density: number, k = LEVEL_K): number => Math.max(0, k * (1 - HYDRAULIC_A * density) * density);

/** Largest specific flow k/4a of the hydraulic model, persons/(m s). */
export const hydraulicCapacity = (k = LEVEL_K): number => k / (4 * HYDRAULIC_A);

/** Width that people use, m. */
export const effectiveWidth = (clearWidth: number, boundary = BOUNDARY_LAYER): number => Math.max(0, clearWidth - 2 * boundary);

/** Extinction K, 1/m → fraction of the unimpeded speed: max(0.1, 1 − (0.057/0.706) K). */
export const smokeFactor = (extinction: number): number => Math.max(0.1, 1 - (0.057 / 0.706) * Math.max(0, extinction));

/** Nobody who still walks is slower than this, m/s: the floor of the codes that Ronchi et al. 2013 compare. */
const SLOWEST = 0.1;

/** Walking speed in smoke, m/s, of somebody whose unimpeded speed is given. */
export const smokeSpeed = (speed: number, extinction: number): number => Math.min(speed, Math.max(SLOWEST, speed * smokeFactor(extinction)));

/**
 * IMO MSC.1/Circ.1533 annex 2: the time of one deck, s, from walking to and along it, flowing, stairs and assembling, times γ + δ: 2 for what an
 * ideal flow leaves out and 0.3 for counterflow.
 */
export const deckTime = (parts: readonly number[], correction = 2, counterflow = 0.3): number => (correction + counterflow) * parts.reduce((sum, part) => sum + part, 0);

export type WayKind = 'walkway' | 'road' | 'stair' | 'door' | 'gate' | 'indoor';

/** Stairs in a works: 180 mm rise, 280 mm tread. */
const STAIR_K = stairK(180, 280);

/** Unimpeded speed on a way, m/s. */
export const waySpeed = (kind: WayKind): number => (kind === 'stair' ? 0.85 * STAIR_K : PLANNED_SPEED);

/** Persons per second that a way of this clear width (m) lets in. A way narrower than its boundary layers still lets one file through. */
export const wayCapacity = (kind: WayKind, width: number): number => {
  const isWalled = kind !== 'walkway' && kind !== 'road';
  const used = Math.max(isWalled ? effectiveWidth(width) : width, 0.3);
  return used * (kind === 'stair' ? hydraulicCapacity(STAIR_K) : LEVEL_SPECIFIC_FLOW);
};

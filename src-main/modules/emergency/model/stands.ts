/** Nearer than this nobody waits whatever the contours say: the first isolation distance of ERG 2024 for gases, m. */
export const NEAREST = 100;
/** Farther away a standing point serves nobody, m. */
export const FARTHEST = 500;
/** Two standing points are at least so far apart, m, so that one turn of the wind does not take both. */
const APART = 60;
const MOST = 3;
/** Degrees off the wind's own bearing within which a place counts as upwind, and beyond which nobody is sent. */
const UPWIND = 45;
const ASIDE = 100;
/** Wind slower than this, m/s, has no side. */
const CALM = 0.5;
/** A place already taken up is kept unless another is better by more than this share. */
const HELD = 0.8;

export type Place = { readonly node: number; readonly x: number; readonly y: number };
export type Stand = { readonly node: number; readonly distanceM: number; readonly side: 'upwind' | 'crosswind' | 'calm'; /** From the source, degrees clockwise from plant north. */ readonly bearing: number };
type Source = { readonly x: number; readonly y: number; readonly windFrom: number; readonly windSpeed: number; /** Nodes of the standing points so far. */ readonly held: ReadonlySet<number> };

/**
 * Up to three standing points out of places that are safe and can be reached: near, upwind rather than aside, never downwind, apart from each other,
 * and the same as before while they are nearly as good. Best first.
 */
export const chooseStands = (places: readonly Place[], source: Source): readonly Stand[] => {
  const isCalm = source.windSpeed < CALM;
  const ranked = places
    .map((place) => {
      const [dx, dy] = [place.x - source.x, place.y - source.y];
      const distanceM = Math.hypot(dx, dy);
      const bearing = ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360;
      const off = isCalm ? 0 : Math.abs(((bearing - source.windFrom + 540) % 360) - 180);
      const cost = distanceM * (2 - Math.cos((off * Math.PI) / 180)) * (source.held.has(place.node) ? HELD : 1);
      return { ...place, distanceM, bearing, off, cost };
    })
    .filter(({ distanceM, off }) => distanceM >= NEAREST && distanceM <= FARTHEST && off <= ASIDE)
    .toSorted((a, b) => a.cost - b.cost);
  const chosen: (typeof ranked)[number][] = [];
  for (const place of ranked) {
    if (chosen.length < MOST && chosen.every((other) => Math.hypot(other.x - place.x, other.y - place.y) >= APART)) chosen.push(place);
  }
  return chosen.map(({ node, distanceM, bearing, off }) => ({ node, distanceM, bearing, side: isCalm ? 'calm' : off <= UPWIND ? 'upwind' : 'crosswind' }));
};

/** A place where a fire engine can stand: individual risk there, per year. */
export type Place = { readonly id: string; readonly x: number; readonly y: number; readonly perYear: number };
/** What may need it; `share` of the site's risk. */
export type Threat = { readonly equipment: string; readonly x: number; readonly y: number; readonly share: number };
export type Position = Place & { readonly serves: readonly { readonly equipment: string; readonly distanceM: number; readonly share: number }[] };

/** A place nearer than this to what leaks serves it not: its crew would stand inside the first isolation distance (ERG 2024, gases), m. */
const TOO_NEAR = 100;
/** What no place serves counts as if it were this far away, m. */
const UNSERVED = 2_000;
const POSITIONS = 3;

/**
 * Where rescuers wait before anything has happened: of the less exposed half of the places up to three, each taken so that the distance to the threats,
 * weighted by their share of the risk, falls most (greedy p-median, straight lines). Each threat is served by its nearest place beyond 100 m.
 */
export const placeRescuers = (places: readonly Place[], threats: readonly Threat[]): readonly Position[] => {
  const quiet = places.toSorted((a, b) => a.perYear - b.perYear).slice(0, Math.ceil(places.length / 2));
  const distance = (place: Place, threat: Threat): number => {
    const metres = Math.hypot(place.x - threat.x, place.y - threat.y);
    return metres < TOO_NEAR ? UNSERVED : metres;
  };
  const chosen: Place[] = [];
  let reached = threats.map(() => UNSERVED);
  while (chosen.length < POSITIONS) {
    const gains = quiet.map((place) => threats.reduce((sum, threat, i) => sum + threat.share * Math.max(0, reached[i]! - distance(place, threat)), 0));
    const best = gains.reduce((top, gain, i) => (gain > gains[top]! ? i : top), 0);
    if (quiet.length === 0 || gains[best]! <= 0) break;
    chosen.push(quiet[best]!);
    reached = threats.map((threat, i) => Math.min(reached[i]!, distance(quiet[best]!, threat)));
  }
  const nearest = threats.map((threat) => chosen.reduce<Place | null>((best, place) => (distance(place, threat) < UNSERVED && (best === null || distance(place, threat) < distance(best, threat)) ? place : best), null));
  return chosen.map((place) => ({ ...place, serves: threats.flatMap((threat, i) => (nearest[i] === place ? [{ equipment: threat.equipment, distanceM: distance(place, threat), share: threat.share }] : [])) })).filter(({ serves }) => serves.length > 0);
};

import type { EvacuationRoute, MusterCount } from '../../../src-shared/contract/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { POSITION_STALE_MS } from '../people/index.ts';

/** Rows of people as the people module gives them. */
export type PeopleColumns = { readonly person: Float64Array; readonly x: Float64Array; readonly y: Float64Array; readonly at: Float64Array; readonly accuracy: Float64Array };

/** Somebody has arrived within this distance of the muster point, m; and has left it again beyond twice that. */
const ARRIVED = 15;
/** Ages are told in steps of this, s, so that a count does not change every second. */
const AGE_STEP = 5;

/**
 * Who is expected where, and who is there. Nobody is missing before they were sent; nobody has arrived by a position that is old or surer of nothing than the way to the
 * muster point is long.
 */
export const createHeadcount = (plant: PlantModel) => {
  const nodes = new Map(plant.walkways.nodes.map((node) => [node.id, node.position]));
  const points = plant.muster.map((point) => ({ id: point.id, position: nodes.get(point.node) ?? ([0, 0] as const) }));
  const sentTo = new Map<string, string>();
  const arrivedAt = new Map<string, string>();
  /** Age of everybody's last position, ms, as of the last count. */
  const ages = new Map<string, number>();
  const isSilent = (person: string): boolean => !((ages.get(person) ?? Infinity) <= POSITION_STALE_MS);

  const watch = (columns: PeopleColumns, now: number): void => {
    for (let row = 0; row < columns.person.length; row += 1) {
      const id = plant.people[columns.person[row]!]?.id;
      if (id === undefined) continue;
      ages.set(id, now - columns.at[row]!);
      if (!sentTo.has(id) || isSilent(id) || columns.accuracy[row]! > ARRIVED) continue;
      const away = points.map((point) => Math.hypot(columns.x[row]! - point.position[0], columns.y[row]! - point.position[1]));
      const nearest = away.indexOf(Math.min(...away));
      if (away[nearest]! <= ARRIVED) arrivedAt.set(id, points[nearest]!.id);
      else if (away[nearest]! > 2 * ARRIVED) arrivedAt.delete(id);
    }
  };

  return {
    isAt: (person: string): boolean => arrivedAt.has(person),
    /** Counts after taking note of the routes and of where people are now. */
    count({ routes, columns, usable, now }: { readonly routes: readonly EvacuationRoute[]; readonly columns: PeopleColumns; readonly usable: Uint8Array; readonly now: number }): MusterCount[] {
      for (const route of routes) for (const person of route.people) if (!arrivedAt.has(person)) sentTo.set(person, route.muster);
      watch(columns, now);
      return points.map(({ id }, index) => {
        const there = [...arrivedAt].filter(([person, at]) => at === id && !isSilent(person)).map(([person]) => person);
        const missing = [...sentTo].filter(([person, to]) => to === id && (!arrivedAt.has(person) || isSilent(person))).map(([person]) => person);
        return { muster: id, expected: there.length + missing.length, arrived: there.length, missing, silent: missing.filter(isSilent), oldestS: AGE_STEP * Math.ceil(Math.max(0, ...there.map((person) => ages.get(person)!)) / 1_000 / AGE_STEP), usable: usable[index] === 1 };
      });
    },
  };
};

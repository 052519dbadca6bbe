import type { EvacuationRoute, MusterCount } from '../../../src-shared/contract/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';

/** Rows of people as the people module gives them. */
export type PeopleColumns = { readonly person: Float64Array; readonly x: Float64Array; readonly y: Float64Array };

/** Somebody has arrived within this distance of the muster point, m; and has left it again beyond twice that. */
const ARRIVED = 15;

/** Who is expected where, and who is there. Nobody is missing before they were sent. */
export const createHeadcount = (plant: PlantModel) => {
  const nodes = new Map(plant.walkways.nodes.map((node) => [node.id, node.position]));
  const points = plant.muster.map((point) => ({ id: point.id, position: nodes.get(point.node) ?? ([0, 0] as const) }));
  const sentTo = new Map<string, string>();
  const arrivedAt = new Map<string, string>();

  const watch = (columns: PeopleColumns): void => {
    for (let row = 0; row < columns.person.length; row += 1) {
      const id = plant.people[columns.person[row]!]?.id;
      if (id === undefined || !sentTo.has(id)) continue;
      const away = points.map((point) => Math.hypot(columns.x[row]! - point.position[0], columns.y[row]! - point.position[1]));
      const nearest = away.indexOf(Math.min(...away));
      if (away[nearest]! <= ARRIVED) arrivedAt.set(id, points[nearest]!.id);
      else if (away[nearest]! > 2 * ARRIVED) arrivedAt.delete(id);
    }
  };

  return {
    isAt: (person: string): boolean => arrivedAt.has(person),
    /** Counts after taking note of the routes and of where people are now. */
    count({ routes, columns, usable }: { readonly routes: readonly EvacuationRoute[]; readonly columns: PeopleColumns; readonly usable: Uint8Array }): MusterCount[] {
      for (const route of routes) for (const person of route.people) if (!arrivedAt.has(person)) sentTo.set(person, route.muster);
      watch(columns);
      return points.map(({ id }, index) => {
        const there = [...arrivedAt].filter(([, at]) => at === id).map(([person]) => person);
        const missing = [...sentTo].filter(([person, to]) => to === id && !arrivedAt.has(person)).map(([person]) => person);
        return { muster: id, expected: there.length + missing.length, arrived: there.length, missing, usable: usable[index] === 1 };
      });
    },
  };
};

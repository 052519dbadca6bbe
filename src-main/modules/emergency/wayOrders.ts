import type { Emergency } from '../../../src-shared/contract/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { WayOrder } from '../feeds/index.ts';

type Row = Pick<Emergency, 'state' | 'routes' | 'shelter' | 'planned'>;

/**
 * What people are told when an emergency's row changes: everybody once it is confirmed, later whom a new announcement concerns. A suspicion tells nobody anything: one cell may err.
 */
export const waysToTell = (people: PlantModel['people'], before: Row, after: Row): readonly WayOrder[] => {
  const { planned, routes, shelter } = after;
  if (after.state !== 'confirmed' || planned === null) return [];
  const isFirst = before.state !== 'confirmed' || before.planned === null;
  if (!isFirst && before.planned?.version === planned.version) return [];
  const told = new Set(isFirst ? [...routes.flatMap((route) => route.people), ...shelter] : planned.told);
  const wearableOf = new Map(people.map(({ id, wearable }) => [id, wearable]));
  const routeOf = new Map(routes.flatMap((route) => route.people.map((person) => [person, route] as const)));
  return [...told].flatMap((person): readonly WayOrder[] => {
    const [wearable, route] = [wearableOf.get(person), routeOf.get(person)];
    if (wearable === undefined || (route === undefined && !shelter.includes(person))) return [];
    const corners = route === undefined ? [] : Array.from({ length: route.path.length / 2 }, (_corner, i) => [route.path[2 * i]!, route.path[2 * i + 1]!] as const);
    return [{ wearable, at: planned.at, announcement: planned.version, muster: route?.muster ?? null, way: corners }];
  });
};

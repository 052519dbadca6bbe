import { expect, test } from 'vitest';
import type { WayOrder } from '../feeds/index.ts';
import { room, settle } from '../../testing/emergencyRoom.ts';

const tellsOf = (place: ReturnType<typeof room>) => {
  const desk = place.start();
  const told: (readonly WayOrder[])[] = [];
  desk.onDidAnnounce((orders) => told.push(orders));
  return { desk, told };
};

test('nobody is told anything on suspicion; confirmed, everybody hears their own way, and later only whom an announcement concerns', async () => {
  const place = room();
  const { desk, told } = tellsOf(place);
  using _desk = desk;
  place.leak(0.5, 270);
  place.alarm('GT-0');
  await settle();
  expect(desk.table.rows()[0]).toMatchObject({ state: 'suspected', planned: { version: 1 } });
  expect(told).toEqual([]);
  place.alarm('GT-4');
  await settle();
  const { routes, shelter, planned } = desk.table.rows()[0]!;
  expect(told[0]!.map(({ wearable }) => wearable).toSorted()).toEqual([...routes.flatMap(({ people }) => people), ...shelter].map((person) => person.replace('P', 'W')).toSorted());
  const [first] = told[0]!;
  const route = routes.find(({ people }) => people.includes(first!.wearable.replace('W', 'P')))!;
  expect(first).toEqual({ wearable: first!.wearable, at: planned!.at, announcement: planned!.version, muster: route.muster, way: Array.from({ length: route.path.length / 2 }, (_corner, i) => [route.path[2 * i], route.path[2 * i + 1]]) });
  const seconds = async (count: number, windFrom: number) => {
    for (let second = 0; second < count; second += 1) {
      place.leak(0.5, windFrom);
      place.clock.advance(1_000);
      desk.tick();
      await settle();
    }
  };
  await seconds(30, 270);
  const before = { told: told.length, version: desk.table.rows()[0]!.planned!.version };
  await seconds(20, 135);
  const after = desk.table.rows()[0]!;
  expect(after.planned!.version).toBeGreaterThan(before.version);
  expect(told.slice(before.told).map((orders) => orders[0]!.announcement)).toEqual(Array.from({ length: after.planned!.version - before.version }, (_each, i) => before.version + 1 + i));
  expect(told.at(-1)!.map(({ wearable }) => wearable.replace('W', 'P')).toSorted()).toEqual([...after.planned!.told].toSorted());
});

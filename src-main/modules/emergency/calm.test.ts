import { describe, expect, test } from 'vitest';
import { room, settle } from '../../testing/emergencyRoom.ts';

type Room = ReturnType<typeof room>;
type Desk = ReturnType<Room['start']>;

/** An emergency under way whose estimate has come to rest: a leak of this rate, kg/s, under a west wind for half a minute. */
const settled = async (place: Room, desk: Desk, rateKgS: number): Promise<void> => {
  place.leak(rateKgS, 270);
  place.alarm('GT-0');
  place.alarm('GT-4');
  await settle();
  for (let second = 0; second < 30; second += 1) await pass(place, desk, { rateKgS, windFrom: 270 });
};
const pass = async ({ leak, clock }: Room, desk: Desk, { rateKgS, windFrom }: { readonly rateKgS: number; readonly windFrom: number }): Promise<void> => {
  leak(rateKgS, windFrom);
  clock.advance(1_000);
  desk.tick();
  await settle();
};
const wayOf = (desk: Desk): ReadonlyMap<string, string> => new Map(desk.table.rows()[0]!.routes.flatMap(({ people, muster, escapeEdges, edges }) => people.map((person) => [person, [muster, ...escapeEdges, ...edges].join()] as const)));

describe('announced plans', () => {
  test('a leak estimate that breathes by a fifth moves contours and nobody', async () => {
    const place = room();
    using desk = place.start();
    await settled(place, desk, 0.5);
    const before = { planned: desk.table.rows()[0]!.planned!, ways: wayOf(desk), assessed: place.calls.length };
    const rates: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      await pass(place, desk, { rateKgS: 0.5 * (1 + 0.2 * Math.sin(second / 3)), windFrom: 270 });
      rates.push(desk.table.rows()[0]!.plume!.rateKgS.p50);
    }
    expect(place.calls.length - before.assessed).toBeGreaterThan(15);
    expect(Math.max(...rates) / Math.min(...rates)).toBeGreaterThan(1.2);
    expect(desk.table.rows()[0]!.planned).toEqual(before.planned);
    expect(wayOf(desk)).toEqual(before.ways);
  });

  test('a wind that turns across a way is announced within the second, with how many are told', async () => {
    const place = room();
    using desk = place.start();
    await settled(place, desk, 0.5);
    const before = { ...desk.table.rows()[0]!.planned!, ways: wayOf(desk) };
    await pass(place, desk, { rateKgS: 0.5, windFrom: 90 });
    const { planned, routes, closedEdges } = desk.table.rows()[0]!;
    expect(planned).toMatchObject({ version: before.version + 1, at: place.clock.now() });
    const after = wayOf(desk);
    const changed = [...after].filter(([person, way]) => before.ways.get(person) !== way);
    expect(planned!.told.toSorted()).toEqual(changed.map(([person]) => person).toSorted());
    expect(changed.length).toBeGreaterThan(0);
    for (const route of routes) for (const edge of route.edges) expect(closedEdges.filter((id) => !desk.table.rows()[0]!.closingEdges.some((closing) => closing.edge === id))).not.toContain(edge);
  });

  test('people who are affected later wait until the last announcement is 15 s old, and whoever is in danger does not', async () => {
    const place = room();
    place.where.forEach((at, i) => (at[1] = i === 0 ? 150 : 30));
    place.where.forEach((at, i) => (at[0] = i === 0 ? 170 : 20));
    using desk = place.start();
    place.leak(0.5, 270);
    place.alarm('GT-0');
    place.alarm('GT-4');
    await settle();
    expect(desk.table.rows()[0]!.planned!.version).toBe(1);
    // Within 100 m of the leak, aside of the cloud.
    place.where[1] = [150, 230];
    for (let second = 0; second < 8; second += 1) await pass(place, desk, { rateKgS: 0.5, windFrom: 270 });
    expect(desk.table.rows()[0]!.planned!.version).toBe(1);
    for (let second = 0; second < 10; second += 1) await pass(place, desk, { rateKgS: 0.5, windFrom: 270 });
    expect(desk.table.rows()[0]!.planned).toMatchObject({ version: 2, told: ['P1'], reason: { en: 'more people are affected' } });
    place.where[2] = [165, 150];
    for (let second = 0; second < 6; second += 1) await pass(place, desk, { rateKgS: 0.5, windFrom: 270 });
    expect(desk.table.rows()[0]!.planned!.version).toBe(3);
  });
});

test('says by how much people pass ahead of the cloud, and puts the standing points for rescuers on record', async () => {
  const place = room((plant) => {
    plant.walkways.nodes[0]!.kind = 'gate';
    plant.structures = [{ id: 'FS', name: { zh: '消防站', en: 'Fire station' }, kind: 'building', use: 'fire-station', shape: [[20, 200], [40, 200], [40, 220], [20, 220]] }];
  });
  // In a light wind the front of a leak that has just begun is not yet where they walk.
  place.set('WS', 1);
  using desk = place.start();
  place.leak(1.5, 270);
  place.alarm('GT-0');
  place.alarm('GT-4');
  await settle();
  const { routes, rescue, incident } = desk.table.rows()[0]!;
  const ahead = routes.flatMap((route) => (route.ahead === null ? [] : [{ ...route.ahead, edges: route.edges }]));
  expect(ahead.length).toBeGreaterThan(0);
  for (const { edge, edges, passedS, closesS } of ahead) {
    expect(edges).toContain(edge);
    expect(passedS).toBeLessThanOrEqual(closesS);
  }
  const entries = place.book.timeline(incident!).filter(({ kind, text }) => kind === 'route' && text.en.startsWith('Standing points'));
  expect(entries).toHaveLength(1);
  const recorded = (JSON.parse(entries[0]!.data) as { readonly rescue: readonly { readonly node: string; readonly ways: readonly unknown[] }[] }).rescue;
  expect(recorded.map(({ node }) => node)).toEqual(rescue!.map(({ node }) => node));
  expect(recorded.length).toBeGreaterThan(0);
  expect(recorded[0]!.ways.length).toBeGreaterThan(0);
});

import { describe, expect, test } from 'vitest';
import { context, room, settle } from '../../testing/emergencyRoom.ts';
import { insideRing } from './model/rings.ts';

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
/** The middle of each edge. */
const middles = ({ plant: { walkways } }: Room) => {
  const nodes = new Map(walkways.nodes.map(({ id, position }) => [id, position]));
  return walkways.edges.map(({ id, from, to }) => ({ id, at: [0, 1].map((axis) => (nodes.get(from)![axis]! + nodes.get(to)![axis]!) / 2) as [number, number] }));
};
const wayOf = (desk: Desk): ReadonlyMap<string, string> => new Map(desk.table.rows()[0]!.routes.flatMap(({ people, muster, escapeEdges, edges }) => people.map((person) => [person, [muster, ...escapeEdges, ...edges].join()] as const)));

describe('announced plans', () => {
  test('a way that a person reports impassable is left within the second by those who were sent along it, and by nobody else; it opens again, also after a restart', async () => {
    const place = room();
    const told = (desk: Desk, edge: string) => desk.table.rows()[0]!.routes.filter(({ edges, escapeEdges }) => [...escapeEdges, ...edges].includes(edge)).flatMap(({ people }) => people);
    const reported = await (async () => {
      using desk = place.start();
      await settled(place, desk, 0.5);
      const { id, planned, routes } = desk.table.rows()[0]!;
      const edge = routes.find(({ edges }) => edges.length > 2)!.edges.at(-2)!;
      const concerned = told(desk, edge);
      const before = wayOf(desk);
      expect(concerned.length).toBeGreaterThan(0);
      expect(await desk.handlers.blockWay({ id, edge: 'E-none', blocked: true }, context)).toMatchObject({ ok: false, refusal: { code: 'NotFound', field: 'edge' } });
      expect(await desk.handlers.blockWay({ id, edge, blocked: true }, context)).toMatchObject({ ok: true });
      await pass(place, desk, { rateKgS: 0.5, windFrom: 270 });
      const now = desk.table.rows()[0]!;
      expect(told(desk, edge)).toEqual([]);
      expect(now.closedEdges).toContain(edge);
      expect(now.planned).toMatchObject({ version: planned!.version + 1, reason: { en: 'a way was reported impassable' } });
      expect([...now.planned!.told].toSorted()).toEqual(concerned.toSorted());
      for (const [person, way] of wayOf(desk)) if (!concerned.includes(person)) expect(way).toBe(before.get(person));
      expect(place.book.entries.filter(({ kind, text }) => kind === 'order' && text.en === `Way reported impassable: ${edge}`)).toHaveLength(1);
      return edge;
    })();
    using again = place.start();
    await settle();
    const row = again.table.rows()[0]!;
    expect(row.blockedEdges).toEqual([reported]);
    expect(told(again, reported)).toEqual([]);
    expect(await again.handlers.blockWay({ id: row.id, edge: reported, blocked: false }, context)).toMatchObject({ ok: true });
    await pass(place, again, { rateKgS: 0.5, windFrom: 270 });
    expect(again.table.rows()[0]!.blockedEdges).toEqual([]);
    expect(again.table.rows()[0]!.closedEdges).not.toContain(reported);
  });

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

  test('people who walk are told another way in the very second in which theirs is cut, and only they', async () => {
    const place = room();
    using desk = place.start();
    place.leak(0.5, 270);
    place.alarm('GT-0');
    place.alarm('GT-4');
    await settle();
    let [announced, known] = [desk.table.rows()[0]!.planned!.version, wayOf(desk)];
    const first = announced;
    let mostShut = 0;
    for (let second = 0; second < 60; second += 1) {
      // The wind turns right round within a minute.
      await pass(place, desk, { rateKgS: 0.5, windFrom: (270 + 6 * second) % 360 });
      const { planned, routes, plume, closingEdges, updatedAt } = desk.table.rows()[0]!;
      place.walk(routes);
      const now = wayOf(desk);
      const changed = [...now].filter(([person, way]) => known.has(person) && known.get(person) !== way).map(([person]) => person);
      if (planned!.version === announced) expect(changed).toEqual([]);
      else expect(planned).toMatchObject({ version: announced + 1, at: updatedAt, told: expect.arrayContaining(changed) as string[] });
      const inner = plume!.contours.filter(({ severity }) => severity >= 2).flatMap(({ rings }) => rings);
      const shut = middles(place).filter(({ at: [x, y] }) => inner.some((ring) => insideRing(ring, x, y))).map(({ id }) => id).filter((id) => !closingEdges.some(({ edge }) => edge === id));
      mostShut = Math.max(mostShut, shut.length);
      const lost = new Set(desk.table.rows()[0]!.muster.filter(({ usable }) => !usable).map(({ muster }) => muster));
      for (const route of routes) {
        expect(lost).not.toContain(route.muster);
        for (const edge of route.edges) if (place.isAhead(route, edge)) expect(shut).not.toContain(edge);
      }
      [announced, known] = [planned!.version, now];
    }
    expect(mostShut).toBeGreaterThan(2);
    expect(announced).toBeGreaterThan(first);
    expect(announced - first).toBeLessThan(10);
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

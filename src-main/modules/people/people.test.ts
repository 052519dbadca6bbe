import { expect, it } from 'vitest';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createPeople } from './index.ts';

const rig = () => {
  const clock = createFakeClock();
  const people = createPeople({ plant: buildPlant(), clock });
  const at = (person: number, x: number, y: number, time = clock.now()) =>
    people.apply({ person: Uint32Array.of(person), x: Float64Array.of(x), y: Float64Array.of(y), z: Float64Array.of(0), heartRate: Float64Array.of(80), accuracy: Float64Array.of(4), at: Float64Array.of(time), seenAt: clock.now() });
  const report = (person: string | null, confidence = 0.8) => people.cameraEvent({ camera: 'CAM-1', kind: 'no-helmet', person, confidence, at: clock.now(), seenAt: clock.now() });
  return { clock, people, at, report };
};

it('knows the zone of each person, follows them, and takes no older position', () => {
  const { clock, people, at } = rig();
  const moves: number[] = [];
  people.handlers.positions.onDidAppend((columns) => moves.push(columns.zone[0]!));
  at(0, 20, 50);
  expect(people.zoneOf(0)).toBe(0);
  clock.advance(1_000);
  at(0, 70, 50);
  at(0, 20, 50, clock.now() - 500);
  expect(people.zoneOf(0)).toBe(1);
  at(1, 500, 500);
  expect(people.zoneOf(1)).toBe(-1);
  expect(people.peopleIn(1)).toEqual([0]);
  expect(moves).toEqual([0, 1, -1]);
  expect([...people.positions().person]).toEqual([0, 1]);
  expect([...people.positions().accuracy]).toEqual([4, 4]);
});

it('does not count a person whose wearable has fallen silent', () => {
  const { clock, people, at } = rig();
  expect(people.isStale(0)).toBe(true);
  at(0, 20, 50);
  expect(people.isStale(0)).toBe(false);
  clock.advance(31_000);
  expect(people.peopleIn(0)).toEqual([]);
  expect(people.zoneOf(0)).toBe(-1);
  expect(people.positions().x[0]).toBe(20);
});

it('goes on from here when the clock has been set back, and takes the new positions for the true ones', () => {
  const { clock, people, at } = rig();
  at(0, 20, 50);
  clock.step(-3_600_000);
  at(0, 70, 50);
  expect([people.zoneOf(0), people.positions().at[0]]).toEqual([1, clock.now()]);
});

it('ends a sight that is quiet also where nobody wears anything', () => {
  const { clock, people, report } = rig();
  report('P1');
  clock.advance(14_000);
  people.tick();
  expect(people.cameraEvents.size).toBe(1);
  clock.advance(2_000);
  people.tick();
  expect(people.cameraEvents.size).toBe(0);
});

it('merges reports of one sight and drops it when it is over', () => {
  const { clock, people, report } = rig();
  const first = report('P1', 0.6);
  clock.advance(5_000);
  const second = report('P1', 0.9);
  expect(second).toMatchObject({ id: first.id, firstAt: first.firstAt, count: 2, confidence: 0.9, position: [5, 5], text: { zh: '未戴安全帽:张伟' } });
  report('P2');
  expect(people.cameraEvents.size).toBe(2);
  clock.advance(14_000);
  report('P1');
  clock.advance(2_000);
  report('P1');
  expect(people.cameraEvents.rows().map((event) => event.person)).toEqual(['P1']);
});

it('takes a sight of somebody unknown for the one who is named on the same camera, before or after', () => {
  const { people, report } = rig();
  const unknown = report(null, 0.9);
  people.attachEvidence(unknown.id, 'evi-1');
  const named = report('P1', 0.6);
  report(null);
  expect(people.cameraEvents.rows()).toEqual([expect.objectContaining({ id: named.id, person: 'P1', count: 3, confidence: 0.9, firstAt: unknown.firstAt, evidence: 'evi-1' })]);
});

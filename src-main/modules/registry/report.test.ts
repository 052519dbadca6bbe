import { expect, it } from 'vitest';
import { buildPlant, buildRecords, buildTag } from '../../testing/buildPlant.ts';
import { reportOn, type Claims } from './index.ts';

type Draft = Parameters<NonNullable<Parameters<typeof buildPlant>[0]>>[0];
const NOW = Date.UTC(2026, 10, 24);
const oneFeed: Claims = () => ['broker'];
type Rest = { readonly claims?: Claims; readonly records?: Parameters<typeof buildRecords>[0] };
const found = (change: Parameters<typeof buildPlant>[0], { claims = oneFeed, records = {} }: Rest = {}) =>
  reportOn({ plant: buildPlant(change), records: buildRecords({ qualifications: [{ person: 'P1', kind: '焊工', validTo: '+300d' }, { person: 'P2', kind: '焊工', validTo: '+300d' }], ...records }) }, { claims, now: NOW, start: NOW }).map(({ severity, code, subject }) => `${severity} ${code} ${subject.id}`);
const plain = new Set(found(() => {}));
/** What this change adds to the findings of the tiny plant. */
const added = (...input: Parameters<typeof found>) => found(...input).filter((line) => !plain.has(line));

const CASES: readonly (readonly [string, (plant: Draft) => void, Rest, readonly string[]])[] = [
  ['a tag that no feed carries', () => {}, { claims: (tag: number) => (tag === 0 ? [] : ['broker']) }, ['error no-feed PT-101']],
  ['two feeds that claim one tag', () => {}, { claims: (tag: number) => (tag === 1 ? ['dcs', 'edge'] : ['broker']) }, ['error two-feeds LT-101']],
  ['an unknown unit', (plant) => void (plant.tags[1]!.unit = 'bananas'), {}, ['error unknown-unit LT-101']],
  ['a detector without an alarm', (plant) => void (plant.tags[2]!.alarms = []), {}, ['error no-limits GT-101']],
  ['a measurement without limits', (plant) => void plant.tags.push(buildTag('T-9', { normal: [1, 2] })), {}, ['advice no-limits T-9']],
  ['an expired qualification and one that soon is', () => {}, { records: { qualifications: [{ person: 'P1', kind: '焊工', validTo: '-1d' }, { person: 'P2', kind: '电工', validTo: '+20d' }] } }, ['warning expired P1', 'advice expires P2']],
  ['a person without any', () => {}, { records: { qualifications: [{ person: 'P1', kind: '焊工', validTo: '+300d' }] } }, ['warning no-qualification P2']],
  ['a detector outside the fence', (plant) => void plant.structures.push({ id: 'F', kind: 'fence', shape: [[0, 0], [22, 0], [22, 100], [0, 100]] }), {}, ['warning outside-fence GD-101']],
  ['a camera outside its zone', (plant) => void (plant.cameras[0]!.position = [90, 5, 6]), {}, ['advice outside-zone CAM-1']],
  ['a muster point that no way leads to', (plant) => void plant.walkways.edges.pop(), {}, ['error unreachable MP1']],
  ['a tank without a level', (plant) => void delete plant.equipment[0]!.inventory!.levelTag, {}, ['warning no-level TK-101']],
];
it.each(CASES)('finds %s', (_name, change, rest, expected) => {
  expect(added(change, rest)).toEqual(expected);
});

it('asks for guidance where an alarm is urgent, and puts the gravest first', () => {
  const lines = found(() => {});
  expect(lines[0]).toMatch(/^error no-guidance/);
  expect(lines).toContain('warning no-guidance GT-101');
  expect(lines).toEqual([...lines].sort((a, b) => ['error', 'warning', 'advice'].indexOf(a.split(' ')[0]!) - ['error', 'warning', 'advice'].indexOf(b.split(' ')[0]!)));
});

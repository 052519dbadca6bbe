import { expect, test } from 'vitest';
import type { AlarmRow } from '../../src-shared/contract/alarms.ts';
import type { Emergency } from '../../src-shared/contract/emergency.ts';
import { Quality } from '../../src-shared/kernel/index.ts';
import { ALL_LAYERS } from '../scene/twinProps.ts';
import { type Annotation, type AnnotationState, createAnnotations, levelNote } from './annotations.ts';
import { describe as describeThing } from './describe.ts';
import { smallPlant } from './testing/smallPlant.ts';

const plant = smallPlant();
const now = 1_000_000;
const alarm = (tag: string, equipment: string, rest: Pick<AlarmRow, 'priority' | 'state'>): AlarmRow => ({ id: `${tag}/HI`, tag, equipment, zone: 'Z-1', kind: 'HI', message: { zh: '', en: '' }, place: { zh: '', en: '' }, value: 1, limit: 1, unit: '', raisedAt: now, seenAt: now, changedAt: now, acknowledgedBy: null, acknowledgedAt: null, shelvedUntil: null, shelvedBy: null, shelveReason: null, suppressedBy: null, outOfServiceBy: null, outOfServiceReason: null, firstOut: null, group: null, source: null, isStale: false, count: 1, cause: null, consequence: null, action: null, respondWithinS: null, ...rest });
const state = (change: Partial<AnnotationState> = {}): AnnotationState => ({
  zoneRisks: [], riskField: null, emergencies: [], rings: [], posts: [], alarms: [], cameraEvents: [], selection: null, language: 'en', now, layers: ALL_LAYERS,
  people: { x: Float64Array.of(50), y: Float64Array.of(40), z: Float64Array.of(0), at: Float64Array.of(now), accuracy: Float64Array.of(Number.NaN) },
  values: { value: Float64Array.of(81.25, 12, 3, 270), at: new Float64Array(4).fill(now - 30_000), quality: Uint8Array.of(Quality.stale, Quality.bad, 0, 0) },
  ...change,
});
const draw = createAnnotations(plant);
const of = <K extends Annotation['kind']>(kind: K, from: readonly Annotation[]) => from.filter((item): item is Extract<Annotation, { kind: K }> => item.kind === kind);

test('a stale value keeps its number with a question mark and its age; a bad one is told apart', () => {
  const rows = of('values', draw(state({ selection: { kind: 'equipment', id: 'TK-1' } })))[0]!.rows;
  expect(rows[0]).toEqual({ name: 'level', value: '81.3?', unit: '% 30 s', state: 'stale', alarm: null });
  expect(rows[1]).toMatchObject({ value: '12.0', unit: 'ppm', state: 'bad' });
});

test('alarms of one thing are one symbol: highest priority, flashing while any is unacknowledged, with their number', () => {
  const symbols = of('alarm', draw(state({ alarms: [alarm('TK-1.LT', 'TK-1', { priority: 3, state: 'unacknowledged' }), { ...alarm('TK-1.LT', 'TK-1', { priority: 2, state: 'acknowledged' }), id: 'TK-1.LT/HIHI' }, alarm('WS', 'TK-2', { priority: 1, state: 'shelved' })] })));
  expect(symbols).toHaveLength(1);
  expect(symbols[0]).toMatchObject({ priority: 2, state: 'unacknowledged', count: 2 });
});

test('the alarm of a detector stands at the detector', () => {
  const [symbol] = of('alarm', draw(state({ alarms: [alarm('TK-1.GD', 'TK-1', { priority: 1, state: 'unacknowledged' })] })));
  expect(symbol!.at.slice(0, 2)).toEqual([26, 36]);
});

test('a contour carries its name at its far end, with level and unit', () => {
  const emergency = { muster: [], plume: { source: [20, 30], rateKgS: { p10: 0.5, p50: 1, p90: 2 }, contours: [{ name: 'AEGL-2', severity: 2, level: 160, unit: '[ppm]', rings: [Float64Array.of(20, 30, 40, 28, 80, 30, 40, 32)] }] } } as unknown as Emergency;
  const label = of('label', draw(state({ emergencies: [emergency] }))).find(({ style }) => style === 'cloud');
  expect(label).toMatchObject({ text: 'AEGL-2', note: '160 ppm', at: [80, 30, 1] });
});

test('a level is not said twice', () => {
  expect(levelNote({ name: '12.5 kW/m²', level: 12.5, unit: 'kW/m2' })).toEqual({});
  expect(levelNote({ name: 'AEGL-3', level: 1_100, unit: 'ppm' })).toEqual({ note: '1100 ppm' });
});

test('what is off is not written', () => {
  const off = Object.fromEntries(Object.keys(ALL_LAYERS).map((name) => [name, false])) as unknown as typeof ALL_LAYERS;
  expect(draw(state({ layers: off, alarms: [alarm('TK-1.LT', 'TK-1', { priority: 1, state: 'unacknowledged' })] }))).toEqual([]);
});

test('the tooltip says what a pipe carries and between what', () => {
  const sources = { values: { get: () => state().values } } as unknown as Parameters<typeof describeThing>[2]['sources'];
  expect(describeThing({ kind: 'pipe', id: 'PL-1' }, plant, { sources, language: 'en', now })).toEqual({ title: 'Benzene pipe', subtitle: 'PL-1', rows: [['TK-1 → P-1', 'DN 200']] });
  expect(describeThing({ kind: 'equipment', id: 'none' }, plant, { sources, language: 'en', now })).toBeNull();
});

import { expect, it } from 'vitest';
import { ACCEPT_SCORE, createDraft, wordsOf, type DraftTag, type ServerVariable } from './opcuaDraft.ts';

const tag = (id: string, rest: Partial<DraftTag> = {}): DraftTag => ({ id, equipment: 'V-101', name: { zh: '', en: '' }, uom: 'MPa', range: [0, 2.5], isDiscrete: false, ...rest });
const node = (path: string, rest: Partial<ServerVariable> = {}): ServerVariable => ({ nodeId: `ns=2;s=${path.replaceAll('/', '.')}`, path: path.split('/'), displayName: '', dataType: 'Double', unit: null, range: null, value: null, ...rest });
const draftMapping = (tags: readonly DraftTag[], nodes: readonly ServerVariable[]) => {
  const draft = createDraft(nodes);
  draft.add(tags);
  return draft.finish();
};
const bestOf = (tags: readonly DraftTag[], nodes: readonly ServerVariable[]) => Object.fromEntries(draftMapping(tags, nodes).map(({ tag: id, best }) => [id, best?.path ?? null]));

it('knows a name by its words, however it is written', () => {
  for (const name of ['TT-101A', 'TT_0101A', 'tt.101.a', 'ＴＴ１０１Ａ']) expect(wordsOf(name)).toEqual(['TT', '101', 'A']);
});

/** The same three points as different makers of control systems name them, each with what stands beside the measured value. */
it.each([
  ['faceplate blocks', 'AS01/Area1/PT_101/', ['PV', 'SP', 'OP', 'HH', 'Mode']],
  ['function blocks', 'AREA1.PT101/AI1/', ['PV', 'OUT_SCALE', 'DESC', 'HI_LIM']],
  ['controller programs', 'Program:Main/PT0101/', ['Value', 'Raw', 'Alarm', 'Quality']],
  ['data blocks', 'DB_Analog/PT-101/', ['Val', 'EULo', 'EUHi', 'Sim']],
])('finds the measured value among the parameters of %s', (_name, stem, leaves) => {
  const tags = [tag('PT-101'), tag('TT-101', { uom: 'Cel', range: [0, 200] }), tag('PT-1011')];
  const nodes = ['101', '1011', '102'].flatMap((number) => ['PT', 'TT'].flatMap((letters) => leaves.map((leaf) => node(`${stem.replace(/PT(\D*)0?101/, `${letters}$1${number}`)}${leaf}`))));
  const best = bestOf(tags, nodes);
  expect(best['PT-101']).toMatch(new RegExp(`PT\\D*101/(.*/)?${leaves[0]}$`));
  expect(best['TT-101']).toMatch(new RegExp(`TT\\D*101/(.*/)?${leaves[0]}$`));
  expect(best['PT-1011']).toMatch(new RegExp(`PT\\D*1011/(.*/)?${leaves[0]}$`));
});

it('decides between nodes of the same name by unit and range, and warns of a unit that must be made equal first', () => {
  const [guess] = draftMapping([tag('PT-101')], [node('A/PT-101/PV', { unit: '°C' }), node('B/PT-101/PV', { unit: 'kPa', range: [0, 2500] }), node('C/PT-101/PV', { unit: 'MPa', range: [0, 2.5] })]);
  expect(guess?.best).toMatchObject({ path: 'C/PT-101/PV' });
  expect(guess?.best?.reasons.map(({ en }) => en)).toEqual(['the name holds the tag', 'same unit (MPa)', 'same range']);
  expect(guess?.alternatives.map(({ path }) => path)).toEqual(['B/PT-101/PV', 'A/PT-101/PV']);
  expect(guess?.alternatives[0]?.reasons.map(({ en }) => en).join()).toContain('make them equal first');
});

it('maps equipment-style ids, tells switches from measurements, and uses descriptions where names are numbers', () => {
  const tags = [
    tag('AR-V-101A.LT1', { equipment: 'AR-V-101A', uom: '%', range: [0, 100], name: { zh: '高压贮氨器A液位', en: 'Ammonia receiver A level' } }),
    tag('AR-P-101.RUN', { equipment: 'AR-P-101', uom: '1', range: [0, 1], isDiscrete: true }),
  ];
  const nodes = [
    node('AR/V101A/LT1/PV', { unit: '%', range: [0, 100] }),
    node('AR/V101A/LT2/PV', { unit: '%', range: [0, 100] }),
    node('AR/P101/RUN', { dataType: 'Boolean' }),
    node('AR/P101/RUN_HOURS', { dataType: 'Double', unit: 'h' }),
  ];
  expect(bestOf(tags, nodes)).toEqual({ 'AR-V-101A.LT1': 'AR/V101A/LT1/PV', 'AR-P-101.RUN': 'AR/P101/RUN' });
});

it('takes no neighbour for the point itself, however well unit, range and description fit', () => {
  const [guess] = draftMapping([tag('UT-T-101A.TT2', { uom: 'Cel', range: [0, 200], name: { zh: '塔A温度', en: 'Column A temperature' } })], [node('CL/CL-T-102.TT2', { unit: '°C', range: [0, 200], displayName: 'Column A temperature' })]);
  expect(guess).toMatchObject({ best: null, alternatives: [{ path: 'CL/CL-T-102.TT2' }] });
});

it('tells a point from the next of the same name', () => {
  const nodes = [node('P-102C/VIB2', { unit: 'mm/s', range: [0, 2.5] }), node('P-102C/VIB')];
  expect(bestOf([tag('P-102C.VIB', { uom: 'mm/s' }), tag('P-102C.VIB2', { uom: 'mm/s' })], nodes)).toEqual({ 'P-102C.VIB': 'P-102C/VIB', 'P-102C.VIB2': 'P-102C/VIB2' });
});

it('gives each node to one tag only, leaves out what it does not know, and calls nothing sure that is not', () => {
  expect(bestOf([tag('PT-101'), tag('PT-101B')], [node('X/PT-101/PV')])).toEqual({ 'PT-101': 'X/PT-101/PV', 'PT-101B': null });
  expect(bestOf([tag('PT-101')], [node('X/PT-102/PV'), node('Other/4711')])).toEqual({ 'PT-101': null });
  expect(bestOf([tag('PT-101')], [node('X/PT-101/Name', { dataType: 'String' })])).toEqual({ 'PT-101': null });
  for (const { best } of draftMapping([tag('PT-101')], [node('X/PT-101/PV')])) expect(best?.score).toBeGreaterThanOrEqual(ACCEPT_SCORE);
});

it('takes thousands of tags and nodes in a moment', () => {
  const tags = Array.from({ length: 2_000 }, (_, index) => tag(`PT-${1_000 + index}`));
  const nodes = Array.from({ length: 20_000 }, (_, index) => node(`U${index % 7}/PT_${1_000 + (index % 2_000)}/${['PV', 'SP', 'OP', 'HH', 'LL', 'Mode', 'Desc', 'Hi', 'Lo', 'Raw'][Math.floor(index / 2_000)]}`));
  const guesses = draftMapping(tags, nodes);
  expect(guesses.every(({ tag: id, best }) => best?.path.endsWith(`${id.replace('-', '_')}/PV`))).toBe(true);
}, 20_000);

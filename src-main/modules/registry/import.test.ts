import { gzipSync } from 'node:zlib';
import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelProblems, wrongFields } from '../../config/index.ts';
import { buildPlant, buildRecords, buildSite } from '../../testing/buildPlant.ts';
import { buildWorkbook, buildZip } from '../../testing/workbook.ts';
import { applyChanges, entitiesOf, inverse, type Model } from './model/change.ts';
import { askedOf, readRows, type Asked } from './model/readRows.ts';
import { headerOf, SHEETS, shown } from './model/sheets.ts';
import { readFile } from './worker/readFile.ts';

const model: Model = { plant: buildPlant(), records: buildRecords() };
const site = buildSite();
const check = ({ plant, records }: Model) => modelProblems({ site, plant, records });
const read = (asked: readonly Asked[], of = model) => readRows(asked, { model: of, judge: wrongFields, check, breathe: () => Promise.resolve() });
/** A CSV file as the station gets it. */
const readCsvFile = async (lines: readonly string[], encode: (text: string) => Uint8Array = (text) => Buffer.from(text)) => {
  const tables = await readFile('list.csv', gzipSync(encode(lines.join('\r\n'))));
  if ('problem' in tables) throw new Error(tables.problem.en);
  const found = askedOf(tables);
  if ('problem' in found) throw new Error(found.problem.en);
  return { ...(await read(found.asked)), ignored: found.ignored };
};
const shortly = (rows: Awaited<ReturnType<typeof read>>['rows']) => rows.map(({ line, id, action, problems }) => [line, id, action, ...problems.map(({ field }) => field)]);

describe('a list of tags', () => {
  it('parts a text file by what its header is parted by, also below a title', async () => {
    for (const delimiter of [';', '\t']) {
      const { rows } = await readCsvFile(['测点一览表', ['位号', '名称', '设备编号', '测量类型', '单位', '量程下限', '量程上限'].join(delimiter), ['FT-101', '氨流量, 出口', 'TK-101', '流量', 'm3/h', '0', '50'].join(delimiter)]);
      expect(shortly(rows)).toEqual([[3, 'FT-101', 'added']]);
    }
  });

  it('shows row by row what it would add, change, leave and refuse, each with field and reason', async () => {
    const { rows, counts, changes } = await readCsvFile([
      '测点一览表,,,,,,',
      '位号,名称,设备编号,测量类型,单位,量程下限,量程上限,备注',
      'PT-101,氨罐压力,TK-101,压力,MPa,0,"3",x',
      'LT-101,氨罐液位,TK-101,液位,%,0,100,',
      'FT-101,"氨流量,出口",TK-101,流量,m³/h,0,"1,200.5",',
      'FT-102,流量,TK-999,流量,m3/h,0,10,',
      'FT-103,流量,TK-101,流量,香蕉,0,十,',
      'FT-101,又一个,TK-101,流量,m3/h,0,5,',
      ',没有位号,TK-101,流量,m3/h,0,5,',
      'FT-104,流量,TK-101,流量,m3/h,10,0,',
    ]);
    expect(counts).toEqual({ refused: 5, changed: 1, added: 1, removed: 0, unchanged: 1 });
    expect(shortly(rows)).toEqual([
      [6, 'FT-102', 'refused', 'equipment'],
      [7, 'FT-103', 'refused', 'unit', 'range.1'],
      [8, 'FT-101', 'refused', 'id'],
      [9, '', 'refused', 'id'],
      [10, 'FT-104', 'refused', 'range'],
      [3, 'PT-101', 'changed'],
      [5, 'FT-101', 'added'],
      [4, 'LT-101', 'unchanged'],
    ]);
    expect(rows[5]?.fields).toEqual([{ field: 'range.1', before: '2.5', after: '3' }]);
    expect(rows[1]?.problems[0]?.text).toEqual({ zh: '未知的计量单位“香蕉”（应为 UCUM，如 MPa、Cel、m3/h、%）', en: 'unknown unit "香蕉" (UCUM is expected: MPa, Cel, m3/h, %)' });
    const merged = applyChanges(model, changes);
    const added = merged.plant.tags.at(-1);
    expect(added).toMatchObject({ id: 'FT-101', name: { zh: '氨流量,出口', en: '氨流量,出口' }, unit: 'm3/h', range: [0, 1200.5], alarms: [] });
    expect(check(merged)).toEqual([]);
    expect(merged.plant.tags.find(({ id }) => id === 'PT-101')?.alarms).toEqual(model.plant.tags[0]?.alarms);
    expect(applyChanges(merged, inverse(changes))).toEqual(model);
  });

  it('leaves empty cells as they are and empties a field at -', async () => {
    const { rows } = await readCsvFile(['Tag,Name (en),Normal low,Normal high,Decimals', 'PT-101,,-,-,3']);
    expect(rows[0]?.fields).toEqual([{ field: 'normal.0', before: '0.8', after: '' }, { field: 'normal.1', before: '1.2', after: '' }, { field: 'decimals', before: '2', after: '3' }]);
  });

  it.each([
    ['UTF-8 with byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['semicolons', (text: string) => Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', (text: string) => Buffer.from(text.replaceAll(',', '\t'))],
    // "位号,名称\r\nPT-101,氨罐压力表" in GBK.
    ['GBK', () => Buffer.from('cebbbac52cc3fbb3c60d0a50542d3130312cb0b1b9ded1b9c1a6b1ed', 'hex')],
  ])('reads %s', async (_name, encode) => {
    const { rows, ignored } = await readCsvFile(['位号,名称', 'PT-101,氨罐压力表'], encode);
    expect(ignored).toEqual([]);
    expect(rows[0]).toMatchObject({ id: 'PT-101', action: 'changed', fields: [{ field: 'name.zh', before: '氨罐压力', after: '氨罐压力表' }] });
  });

  it('names the columns that nothing answers to', async () => {
    expect((await readCsvFile(['位号,名称,颜色', 'PT-101,x,红'])).ignored).toEqual(['颜色']);
  });
});

it('knows limits, people, qualifications, equipment and documents by their headers, in both languages, several sheets of one workbook', async () => {
  const workbook = buildWorkbook({
    说明: [['填写说明']],
    设备: [['设备编号', '名称', '装置', '区域', '设备类型', 'X', 'Y', 'Z', '长', '宽', '高', '介质'], ['P-301', '氨泵', 'U1', 'Z1', '泵', 25, 40, 0, 2, 1, 1, '液氨']],
    测点: [['位号', '名称', '设备编号', '测量类型', '单位', '量程下限', '量程上限'], ['PT-301', '泵出口压力', 'P-301', '压力', 'MPa', 0, 4]],
    报警: [['位号', '报警类型', '限值', '优先级', '闭锁', '处置措施'], ['PT-301', '高限', 3.2, '高', '否', '停泵'], ['GT-101', '高限', 60, 2, '', ''], ['PT-101', '高高', '1.9', '', '', '']],
    People: [['Employee ID', 'Name', 'Role', 'Team', 'Wearable'], ['P3', '王强', '电工', '乙班', 'W3'], ['P4', '孙丽', '电工', '乙班', 'W1']],
    资质: [['工号', '证书', '到期日'], ['P3', '低压电工', '2027年6月30日'], ['P9', '低压电工', '2027-06-30'], ['P1', '焊工', '2027-02-30']],
    资料: [['设备', '资料名称', '链接'], ['TK-101', '竣工图', 'http://docs.example/tk.pdf']],
  });
  const tables = await readFile('all.xlsx', gzipSync(workbook));
  const found = askedOf('problem' in tables ? [] : tables);
  const { rows, changes, kinds } = await read('problem' in found ? [] : found.asked);
  expect(kinds).toEqual(['equipment', 'tag', 'limit', 'person', 'qualification', 'document']);
  expect(shortly(rows).filter(([, , action]) => action === 'refused')).toEqual([
    [3, 'GT-101/HI', 'refused', 'limit'],
    [3, 'P4', 'refused', 'wearable'],
    [3, 'P9/低压电工', 'refused', 'person'],
    [4, 'P1/焊工', 'refused', 'validTo'],
  ]);
  const { plant, records } = applyChanges(model, changes);
  expect(plant.tags.find(({ id }) => id === 'PT-301')?.alarms).toEqual([{ kind: 'HI', limit: 3.2, deadband: 0, onDelayS: 0, offDelayS: 0, priority: 2, latched: false, action: { zh: '停泵', en: '停泵' } }]);
  expect(plant.tags[0]?.alarms.map(({ kind, limit }) => [kind, limit])).toEqual([['HIHI', 1.9], ['HI', 1.5], ['LO', 0.3]]);
  expect(plant.equipment.find(({ id }) => id === 'TK-101')?.documents).toEqual([{ title: { zh: '竣工图', en: '竣工图' }, href: 'http://docs.example/tk.pdf' }]);
  expect(records.qualifications).toEqual([{ person: 'P3', kind: '低压电工', validTo: '2027-06-30T23:59:59+08:00' }]);
  expect(check({ plant, records })).toEqual([]);
  expect(applyChanges({ plant, records }, inverse(changes))).toEqual(model);
});

describe('the protections of a vessel', () => {
  const vessel = (plant: Model['plant']) => plant.equipment.find(({ id }) => id === 'TK-101')?.protections;
  const guarded: Model = { ...model, plant: buildPlant((plant) => void (plant.equipment[0]!.protections = { relief: {}, deluge: { rateLMinM2: 9, supply: [{ anyOf: ['PT-101', 'LT-101'], atLeast: 0.5 }, { anyOf: ['VT-201'], atLeast: 1, atMost: 4 }] } })) };

  it('are columns of the equipment sheet, read as they are written', async () => {
    const written = entitiesOf(guarded, 'equipment').get('TK-101');
    expect(SHEETS.equipment.columns.flatMap((column) => (column.field.startsWith('protections') && shown(written, column) !== '' ? [[column.field, shown(written, column)]] : []))).toEqual([
      ['protections.deluge.rateLMinM2', '9'],
      ['protections.deluge.supply', 'PT-101|LT-101 >= 0.5; VT-201 >= 1 <= 4'],
      ['protections.relief.supply', 'true'],
    ]);
    const { changes, counts } = await read([{ line: 2, kind: 'equipment', cells: { id: 'TK-101', ...Object.fromEntries(SHEETS.equipment.columns.map((column) => [column.field, shown(written, column)])) } }]);
    expect(counts).toMatchObject({ added: 0, changed: 1 });
    expect(vessel(applyChanges(model, changes).plant)).toEqual(vessel(guarded.plant));
    const again = await readRows([{ line: 2, kind: 'equipment', cells: { id: 'TK-101', ...Object.fromEntries(SHEETS.equipment.columns.map((column) => [column.field, shown(written, column)])) } }], { model: guarded, judge: wrongFields, check, breathe: () => Promise.resolve() });
    expect(again.counts).toMatchObject({ unchanged: 1 });
  });

  it('stay when another field of the vessel changes, and go at -', async () => {
    const of = (cells: Record<string, string>) => readRows([{ line: 2, kind: 'equipment', cells: { id: 'TK-101', ...cells } }], { model: guarded, judge: wrongFields, check, breathe: () => Promise.resolve() });
    expect(vessel(applyChanges(guarded, (await of({ 'name.zh': '氨罐' })).changes).plant)).toEqual(vessel(guarded.plant));
    expect(vessel(applyChanges(guarded, (await of({ 'protections.relief.supply': '-' })).changes).plant)).toEqual({ deluge: vessel(guarded.plant)!.deluge });
    expect(vessel(applyChanges(guarded, (await of({ 'protections.deluge.rateLMinM2': '-', 'protections.deluge.supply': '-', 'protections.fireproofing.minutes': '90' })).changes).plant)).toEqual({ relief: { supply: [] }, fireproofing: { minutes: 90 } });
  });

  it.each([
    ['PT-101 > 3', 'protections.deluge.supply'],
    ['>= 3', 'protections.deluge.supply'],
    ['PT-101 >= x', 'protections.deluge.supply'],
    ['PT-101 >= 1 >= 2', 'protections.deluge.supply'],
    ['PT-999 >= 3', 'protections.deluge.supply.0.anyOf.0'],
  ])('are refused where %s supplies them', async (supply, field) => {
    const { rows } = await read([{ line: 2, kind: 'equipment', cells: { id: 'TK-101', 'protections.deluge.rateLMinM2': '9', 'protections.deluge.supply': supply } }]);
    expect(shortly(rows)).toEqual([[2, 'TK-101', 'refused', field]]);
  });
});

it('refuses whatever rests on a refused row, and leaves the rest sound', async () => {
  const { rows, changes } = await read([
    { line: 2, kind: 'equipment', cells: { id: 'P-9', 'name.zh': '泵', unit: 'U1', zone: 'Z9', kind: 'pump', 'position.0': '1', 'position.1': '1', 'position.2': '0', 'size.0': '1', 'size.1': '1', 'size.2': '1' } },
    { line: 3, kind: 'tag', cells: { id: 'T-9', 'name.zh': '压力', equipment: 'P-9', kind: '压力', unit: 'MPa', 'range.0': '0', 'range.1': '1' } },
    { line: 4, kind: 'limit', cells: { tag: 'T-9', kind: 'HI', limit: '0.5', priority: '2' } },
    { line: 5, kind: 'person', cells: { id: 'P1', name: '张大伟' } },
  ]);
  expect(shortly(rows)).toEqual([[2, 'P-9', 'refused', 'zone'], [3, 'T-9', 'refused', 'equipment'], [4, 'T-9/HI', 'refused', 'tag'], [5, 'P1', 'changed']]);
  expect(changes.map(({ id }) => id)).toEqual(['P1']);
});

it('removes what is asked for with what hangs on it, and not what others need', async () => {
  const gone = await read([{ line: null, kind: 'tag', id: 'VT-201', cells: null }]);
  expect(gone.changes.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['limit VT-201/HI', 'tag VT-201']);
  const less = applyChanges(model, gone.changes);
  expect(less.plant.tags.some(({ id }) => id === 'VT-201')).toBe(false);
  const back = applyChanges(less, inverse(gone.changes)).plant.tags.find(({ id }) => id === 'VT-201');
  expect(back).toEqual(model.plant.tags.find(({ id }) => id === 'VT-201'));
  const needed = await read([{ line: null, kind: 'tag', id: 'GT-101', cells: null }, { line: null, kind: 'equipment', id: 'K-201', cells: null }, { line: null, kind: 'tag', id: 'NONE', cells: null }]);
  expect(needed.counts).toMatchObject({ refused: 5, removed: 0 });
});

describe('hostile files', () => {
  const problemOf = async (bytes: Uint8Array, gzip = gzipSync(bytes)) => {
    const tables = await readFile('x.xlsx', gzip);
    if ('problem' in tables) return tables.problem.en;
    const found = askedOf(tables);
    return 'problem' in found ? found.problem.en : 'readable';
  };
  it.each([
    ['no gzip', () => problemOf(Buffer.from('x'), Buffer.from('no gzip')), 'did not arrive whole'],
    ['nothing', () => problemOf(Buffer.alloc(0)), 'empty'],
    ['a gzip bomb', () => problemOf(Buffer.alloc(80 << 20)), 'more than 64 MiB'],
    ['a zip bomb', () => problemOf(buildZip({ 'xl/workbook.xml': Buffer.alloc(80 << 20) })), 'more than 64 MiB'],
    ['a torn workbook', () => problemOf(buildWorkbook({ a: [['位号', '名称']] }).subarray(0, 400)), 'no whole Excel file'],
    ['a zip that is no workbook', () => problemOf(buildZip({ 'a.txt': 'hello' })), 'cannot be read'],
    ['a workbook of broken XML', () => problemOf(buildZip({ '[Content_Types].xml': '<Types', 'xl/workbook.xml': '<a><b></a>' })), 'cannot be read'],
    ['an old workbook', () => problemOf(Buffer.from('d0cf11e0a1b11ae1', 'hex')), '.xls'],
    ['a picture', () => problemOf(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), 'no text file'],
    ['prose', () => problemOf(Buffer.from('天气很好,适合散步')), 'No header was recognised'],
  ])('says what is wrong with %s', async (_name, problem, expected) => {
    expect(await problem()).toContain(expected);
  });

  it('takes no field from the prototype of an object', async () => {
    const { rows } = await read([{ line: 2, kind: 'tag', id: '__proto__', cells: { id: '__proto__', equipment: 'constructor', kind: 'toString' } }]);
    expect(rows[0]?.action).toBe('refused');
  });
});

it('takes any mutated file without a throw: every row is accounted for and what would be applied is sound', async () => {
  const file = Buffer.from([headerOf('tag', 'zh').join(','), 'PT-101,氨罐压力,Tank,TK-101,压力,MPa,0,2.5,0.8,1.2,2', 'LT-101,"液,位",Level,TK-101,液位,%,0,100,,,0', 'FT-1,流量,,TK-101,流量,m3/h,0,"1,000",,,1'].join('\r\n'));
  await fastCheck.assert(
    fastCheck.asyncProperty(fastCheck.array(fastCheck.record({ at: fastCheck.nat(file.length - 1), byte: fastCheck.nat(255) }), { maxLength: 12 }), async (mutations) => {
      const mutated = Buffer.from(file);
      for (const { at, byte } of mutations) mutated[at] = byte;
      const tables = await readFile('x.csv', gzipSync(mutated));
      if ('problem' in tables) return;
      const found = askedOf(tables);
      if ('problem' in found) return;
      const { rows, changes, counts } = await read(found.asked);
      expect(Object.values(counts).reduce((sum, each) => sum + each, 0)).toBe(rows.length);
      expect(rows.length).toBeGreaterThanOrEqual(found.asked.length);
      expect(check(applyChanges(model, changes))).toEqual([]);
    }),
    { numRuns: 400 },
  );
}, 60_000);

it('reads 50,000 rows within a minute on a busy machine, and can be ended on the way', async () => {
  const header = headerOf('tag', 'zh').join(',');
  const lines = Array.from({ length: 50_000 }, (_value, index) => `FT-${index},流量${index},,TK-101,流量,m3/h,0,"1,000",,,1`);
  const begun = performance.now();
  const { counts } = await readCsvFile([header, ...lines]);
  expect(counts.added).toBe(50_000);
  expect(performance.now() - begun).toBeLessThan(60_000);
  const tables = await readFile('x.csv', gzipSync([header, ...lines].join('\n')));
  const found = askedOf('problem' in tables ? [] : tables);
  let breaths = 0;
  const ended = readRows('problem' in found ? [] : found.asked, { model, judge: wrongFields, check, breathe: () => (++breaths > 3 ? Promise.reject(new Error('cancelled')) : Promise.resolve()) });
  await expect(ended).rejects.toThrow('cancelled');
  expect(breaths).toBe(4);
}, 120_000);

it('keeps every template readable: header, example and its own kind', () => {
  for (const kind of Object.keys(SHEETS) as (keyof typeof SHEETS)[]) {
    for (const language of ['zh', 'en'] as const) {
      const found = askedOf([{ name: '', rows: [{ line: 1, cells: headerOf(kind, language) }, { line: 2, cells: SHEETS[kind].columns.map(({ field }) => SHEETS[kind].example[field] ?? '') }] }]);
      expect('asked' in found && [found.asked[0]?.kind, found.ignored]).toEqual([kind, []]);
    }
  }
});

import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printCsv, readCsv } from '../../../../src-shared/kernel/index.ts';
import { buildAlarm, buildPlant, buildTag } from '../../../testing/buildPlant.ts';
import { printSettings, readSettings } from './settingsFile.ts';

const plant = buildPlant((plant) => {
  plant.tags.push(buildTag('T-1', { alarms: [buildAlarm('HI', 5, { cause: { zh: '阀门,卡涩', en: 'Valve "stuck"\nor shut' }, respondWithinS: 600, latched: true })] }));
});
const { tags } = plant;
const known = { hasTag: (id: string) => tags.some((tag) => tag.id === id), hasEquipment: (id: string) => plant.equipment.some((item) => item.id === id) };
const file = printSettings(tags);
/** The file with one cell of one alarm changed. */
const withCell = (alarm: string, column: string, value: string) => {
  const rows = readCsv(file).map(({ fields }) => [...fields]);
  const at = rows[0]!.indexOf(column);
  for (const row of rows) if (`${row[0]}/${row[1]}` === alarm) row[at] = value;
  return printCsv(rows);
};
const problemsOf = (csv: string) => readSettings(csv, tags, known).rows.flatMap(({ line, alarm, problems }) => problems.map(({ field }) => `${String(line)} ${alarm} ${field}`));

describe('CSV', () => {
  it('reads back whatever was written', () => {
    const cell = fastCheck.oneof(fastCheck.string(), fastCheck.constantFrom('"', ',', 'a"b', 'x\ny', '报警'));
    const rows = fastCheck.array(fastCheck.array(cell.map((value) => value.replaceAll('\r', '')), { minLength: 2, maxLength: 5 }), { maxLength: 5 });
    fastCheck.assert(fastCheck.property(rows, (given) => void expect(readCsv(printCsv(given)).map(({ fields }) => fields)).toEqual(given)));
  });

  it('says in which line a row begins, also after a cell of several lines', () => {
    expect(readCsv('a,b\n"x\ny",1\n\nc,d').map(({ line, fields }) => [line, fields])).toEqual([[1, ['a', 'b']], [2, ['x\ny', '1']], [5, ['c', 'd']]]);
  });
});

describe('the settings file', () => {
  it('changes nothing when it comes back as it was written', () => {
    const { rows, asked } = readSettings(file, tags, known);
    expect(rows.flatMap(({ changes, problems }) => [...changes, ...problems])).toEqual([]);
    expect([...asked.values()]).toEqual(tags.flatMap(({ alarms }) => alarms));
  });

  it('reads a file of an earlier version: what it does not have stays', () => {
    const rows = readCsv(file).map(({ fields }) => [...fields]);
    const kept = rows[0]!.flatMap((name, at) => (['times', 'withinS', 'setpoint', 'group', 'suppressWhen', 'class', 'reviewedOn', 'basis.zh', 'basis.en'].includes(name) ? [] : [at]));
    expect(readSettings(printCsv(rows.map((row) => kept.map((at) => row[at]!))), tags, known).rows.flatMap(({ changes, problems }) => [...changes, ...problems])).toEqual([]);
  });

  it.each([
    ['suppressWhen', 'XS-201 = 0', []], ['suppressWhen', 'XS-999 = 0', ['suppressWhen']], ['suppressWhen', 'XS-201 = stopped', ['suppressWhen']], ['class', 'safety', []], ['class', 'fun', ['class']],
    ['reviewedOn', '2026-05-12', []], ['reviewedOn', '12.5.2026', ['reviewedOn']], ['group', 'trip', []], ['setpoint', 'PT-101', ['setpoint']], ['times', '3', ['times']],
  ] as const)('takes %s = %s: %j', (column, value, fields) => {
    const { rows } = readSettings(withCell('T-1/HI', column, value), tags, known);
    expect(rows.flatMap(({ problems }) => problems.map(({ field }) => field))).toEqual(fields);
    if (fields.length === 0) expect(rows.flatMap(({ changes }) => changes)).toEqual([{ field: column, before: '', after: value }]);
  });

  it('names each field that changes, with before and after', () => {
    const { rows, asked } = readSettings(withCell('T-1/HI', 'limit', '6.5'), tags, known);
    expect(rows.find(({ alarm }) => alarm === 'T-1/HI')?.changes).toEqual([{ field: 'limit', before: '5', after: '6.5' }]);
    expect(asked.get('T-1/HI')).toMatchObject({ limit: 6.5, latched: true, respondWithinS: 600 });
  });

  it.each([
    ['PT-101/HI', 'limit', '1,5', '3 PT-101/HI limit'],
    ['PT-101/HI', 'limit', '9', '3 PT-101/HI limit'],
    ['PT-101/HI', 'limit', '1.9', '2 PT-101/HIHI limit'],
    ['PT-101/HI', 'deadband', '-1', '3 PT-101/HI deadband'],
    ['PT-101/HI', 'deadband', '0x10', '3 PT-101/HI deadband'],
    ['PT-101/HI', 'onDelayS', 'soon', '3 PT-101/HI onDelayS'],
    ['PT-101/HI', 'priority', '5', '3 PT-101/HI priority'],
    ['PT-101/HI', 'priority', '', '3 PT-101/HI priority'],
    ['PT-101/HI', 'latched', 'maybe', '3 PT-101/HI latched'],
    ['PT-101/HI', 'respondWithinS', '0', '3 PT-101/HI respondWithinS'],
    ['PT-101/HI', 'action.zh', '关阀', '3 PT-101/HI action.en'],
    ['PT-101/HI', 'kind', 'LOLO', '3 PT-101/LOLO kind'],
    ['PT-101/HI', 'kind', 'HIHI', '3 PT-101/HIHI tag'],
    ['PT-101/HI', 'tag', 'PT-999', '3 PT-999/HI tag'],
  ])('%s with %s "%s": wrong is %s', (alarm, column, value, wrong) => {
    const csv = withCell(alarm, column, value);
    expect(problemsOf(csv)).toContain(wrong);
    expect(readSettings(csv, tags, known).asked.size).toBe(0);
  });

  it('says which columns are missing, and reads nothing from a file that is none', () => {
    expect(problemsOf('tag,kind,limit\nPT-101,HI,1')).toContain('1  deadband');
    expect(readSettings('', tags, known).asked.size).toBe(0);
  });
});

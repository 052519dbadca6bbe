import { expect, it } from 'vitest';
import type { ChangeRow, ChangeSet } from '../../../src-shared/contract/index.ts';
import { editedFields, linesOf, reportLines, setsInOrder } from './model.ts';

const row = (rest: Partial<ChangeRow>): ChangeRow => ({ line: 2, kind: 'tag', id: 'T-1', action: 'changed', fields: [], problems: [], ...rest });

it('gives each field of a row a line, the first of which names the row', () => {
  const problem = { zh: '未知的计量单位', en: 'unknown unit' };
  const rows = [row({ action: 'refused', fields: [{ field: 'unit', before: 'MPa', after: '香蕉' }, { field: 'decimals', before: '1', after: '2' }], problems: [{ field: 'unit', text: problem }] }), row({ id: 'T-2', fields: [{ field: 'range.0', before: '0', after: '1' }, { field: 'range.1', before: '2', after: '3' }] }), row({ id: 'T-3', action: 'unchanged' }), row({ id: 'T-4', action: 'added', fields: [{ field: 'id', before: '', after: 'T-4' }, { field: 'unit', before: '', after: 'MPa' }] })];
  expect(linesOf(rows, 'zh').map(({ row: of, isFirst, field }) => [of.id, isFirst, field])).toEqual([['T-1', true, 'unit'], ['T-2', true, 'range.0'], ['T-2', false, 'range.1'], ['T-3', true, ''], ['T-4', true, '']]);
  expect(reportLines(rows, { language: 'zh', kind: () => '测点', action: () => '拒绝', field: (field) => `<${field}>` })[0]).toEqual(['2', '测点', 'T-1', '拒绝', '<unit>', 'MPa', '香蕉', '未知的计量单位']);
  expect(linesOf(rows, 'zh').at(-1)?.after).toBe('T-4 · MPa');
});

it('says values in the language of the reader, and leaves what somebody wrote', () => {
  const rows = [row({ fields: [{ field: 'kind', before: 'level', after: 'pressure' }] }), row({ action: 'refused', fields: [{ field: 'kind', before: 'level', after: '压强' }], problems: [{ field: 'kind', text: { zh: '未知', en: 'unknown' } }] }), row({ kind: 'limit', action: 'added', fields: [{ field: 'kind', before: '', after: 'HIHI' }, { field: 'latched', before: '', after: 'true' }] })];
  expect(linesOf(rows, 'zh').map(({ before, after }) => [before, after])).toEqual([['液位', '压力'], ['液位', '压强'], ['', '高高限 · 是']]);
  expect(linesOf(rows, 'en')[0]).toMatchObject({ before: 'Level', after: 'Pressure' });
});

it('puts what waits for somebody first', () => {
  const set = (id: string, state: ChangeSet['state'], createdAt: number) => ({ id, state, createdAt }) as ChangeSet;
  expect(setsInOrder([set('a', 'applied', 9), set('b', 'draft', 1), set('c', 'reading', 2), set('d', 'validated', 3)]).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a']);
});

it('sends only what was edited, and says when a field is emptied', () => {
  expect(editedFields({ unit: 'MPa', normal: '1' }, { unit: 'MPa ', normal: '', decimals: '3' })).toEqual({ normal: '-', decimals: '3' });
});

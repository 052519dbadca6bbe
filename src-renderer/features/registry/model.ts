import type { ChangeRow, ChangeSet, ModelFinding } from '../../../src-shared/contract/index.ts';
import type { Language } from '../../../src-shared/kernel/index.ts';
import type { Target } from '../../link/index.ts';
import { sayValue } from './valueWords.ts';

/** A row of a change as one line for each field that changes or is wrong, so that each has its reason beside it; what comes or goes as a whole is one line. */
export type FieldLine = { readonly key: string; readonly row: Omit<ChangeRow, 'fields'>; readonly isFirst: boolean; readonly field: string; readonly before: string; readonly after: string; readonly problem: { readonly zh: string; readonly en: string } | null };

export const linesOf = (rows: readonly ChangeRow[], language: Language): readonly FieldLine[] =>
  rows.flatMap(({ fields: raw, ...row }, index) => {
    const say = (value: string, field: string) => sayValue(value, { kind: row.kind, field, language });
    const fields = raw.map(({ field, before, after }) => ({ field, before: say(before, field), after: say(after, field) }));
    const valuesOf = (wanted: string) => fields.find(({ field }) => field === wanted);
    const whole = (side: 'before' | 'after') => fields.map((field) => field[side]).filter((value) => value !== '').join(' · ');
    const own = row.action === 'refused' ? row.problems.map(({ field, text: problem }) => ({ field, before: valuesOf(field)?.before ?? '', after: valuesOf(field)?.after ?? '', problem })) : row.action === 'changed' ? fields.map((field) => ({ ...field, problem: null })) : [];
    const lines = own.length === 0 ? [{ field: '', before: row.action === 'removed' ? whole('before') : '', after: row.action === 'added' ? whole('after') : '', problem: null }] : own;
    return lines.map((line, place): FieldLine => ({ key: `${String(index)}.${String(place)}`, row, isFirst: place === 0, ...line }));
  });

const FIRST: Readonly<Record<ChangeSet['state'], number>> = { reading: 0, draft: 1, validated: 1, failed: 2, applied: 2, discarded: 2 };
/** What still waits for somebody, then the newest. */
export const setsInOrder = (sets: readonly ChangeSet[]): readonly ChangeSet[] => [...sets].sort((a, b) => FIRST[a.state] - FIRST[b.state] || b.createdAt - a.createdAt);

export const isOpen = ({ state }: Pick<ChangeSet, 'state'>): boolean => state === 'draft' || state === 'validated';

/** What of a change set can be put in force. */
export const applicable = ({ counts }: Pick<ChangeSet, 'counts'>): number => counts.changed + counts.added + counts.removed;

/** Where a finding leads. */
export const targetOf = ({ subject }: Pick<ModelFinding, 'subject'>): Target => subject;

/** Findings by severity. */
export const countBySeverity = (findings: readonly ModelFinding[]): Readonly<Record<ModelFinding['severity'], number>> => {
  const counts = { error: 0, warning: 0, advice: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
};

/** A report as a person keeps it: a line for each field of each row. */
export const reportLines = (rows: readonly ChangeRow[], { language, kind, action, field: fieldName }: ReportWords): string[][] =>
  linesOf(rows, language).map(({ row, field, before, after, problem }) => [row.line === null ? '' : String(row.line), kind(row.kind), row.id, action(row.action), field === '' ? '' : fieldName(field), before, after, problem?.[language] ?? '']);
/** How the reader of a report calls things. */
type ReportWords = { readonly language: Language; readonly kind: (kind: ChangeRow['kind']) => string; readonly action: (action: ChangeRow['action']) => string; readonly field: (field: string) => string };

/** The edits of a form against what is there: only the fields that differ; emptying one is `-`, which the station reads as such. */
export const editedFields = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(after).flatMap(([field, value]) => (value.trim() === (before[field] ?? '') ? [] : [[field, value.trim() === '' ? '-' : value.trim()]])));

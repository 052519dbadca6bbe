import { useTranslation } from 'react-i18next';
import type { ChangeRow } from '../../../src-shared/contract/index.ts';
import { DataTable, useLanguage, useText, type Column } from '../../ui/index.ts';
import { linesOf, type FieldLine } from './model.ts';

const MARKS: Readonly<Record<ChangeRow['action'], string>> = { refused: '✕', changed: '±', added: '+', removed: '−', unchanged: '=' };

/** Rows of a change, field by field; of one that is still to be applied with their lines and, where refused, the reason. */
export const ChangeRowsTable = ({ rows, empty, withLines = true }: { readonly rows: readonly ChangeRow[]; readonly empty: string; readonly withLines?: boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const columns: readonly Column<FieldLine>[] = [
    ...(withLines ? [{ id: 'line', title: t('registry.line'), width: '4rem', number: true, cell: ({ row, isFirst }: FieldLine) => (isFirst ? (row.line ?? '') : '') }] : []),
    { id: 'action', title: t('common.state'), width: '6rem', cell: ({ row, isFirst }) => isFirst && <span className="change-action" data-action={row.action}>{MARKS[row.action]} {t(`registry.action.${row.action}`)}</span> },
    { id: 'kind', title: t('common.kind'), width: '6rem', cell: ({ row, isFirst }) => isFirst && t(`registry.kind.${row.kind}`) },
    { id: 'id', title: t('registry.id'), width: 'minmax(9rem, 1fr)', cell: ({ row, isFirst }) => isFirst && row.id },
    { id: 'field', title: t('registry.fieldName'), width: '8rem', cell: ({ field }) => field !== '' && t(`registry.field.${field}`, { defaultValue: field }) },
    { id: 'before', title: t('registry.before'), width: 'minmax(7rem, 1fr)', cell: ({ before }) => <span className="dim">{before}</span> },
    { id: 'after', title: t('registry.after'), width: 'minmax(10rem, 2fr)', cell: ({ after }) => <span title={after}>{after}</span> },
    ...(withLines ? [{ id: 'problem', title: t('registry.reason'), width: 'minmax(12rem, 1.8fr)', cell: ({ problem }: FieldLine) => problem !== null && <b title={text(problem)}>{text(problem)}</b> }] : []),
  ];
  return <DataTable columns={columns} rows={linesOf(rows, language)} keyOf={({ key }) => key} label={t('registry.rows')} empty={empty} />;
};

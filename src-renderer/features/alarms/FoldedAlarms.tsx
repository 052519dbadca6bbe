import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { DataTable, useLanguage, duration, type Column } from '../../ui/index.ts';
import { useAlarmColumns } from './alarmColumns.tsx';
import type { FoldLine } from './folds.ts';
import { isUnacknowledged } from './model.ts';

type FoldedAlarmsProps = { readonly lines: readonly FoldLine[]; readonly onVisible: (from: number, to: number) => void; readonly onToggle: (first: string) => void; readonly selected: string | null; readonly onSelect: (id: string) => void; readonly onOpen: (row: AlarmRow) => void; readonly empty: string };

/** Alarms by probable first cause: the first out, what followed it in onset order, how many are folded away. */
export const FoldedAlarms = ({ lines, onVisible, onToggle, selected, onSelect, onOpen, empty }: FoldedAlarmsProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const alarmColumns = useAlarmColumns();
  const columns = useMemo<readonly Column<FoldLine>[]>(
    () => [
      {
        id: 'fold',
        title: t('alarms.firstOut'),
        width: '13rem',
        cell: ({ row, first, relation, consequences, hidden }) =>
          relation !== null ? (
            <span className="fold-consequence dim">
              {t(`alarms.relation.${relation}`)} +{duration(row.raisedAt - first.raisedAt, language)}
            </span>
          ) : consequences === 0 ? (
            <span className="fold-alone dim">{t('alarms.alone')}</span>
          ) : (
            <button
              type="button"
              className="fold-toggle"
              aria-expanded={hidden === 0}
              title={t(hidden > 0 ? 'alarms.unfold' : 'alarms.fold')}
              onClick={(event) => {
                event.stopPropagation();
                onToggle(row.id);
              }}
            >
              {hidden > 0 ? <ChevronRight size="1.1em" aria-hidden="true" /> : <ChevronDown size="1.1em" aria-hidden="true" />}
              <b>{t('alarms.firstOut')}</b> {t('alarms.followed', { count: consequences })}
            </button>
          ),
      },
      ...alarmColumns.map((column): Column<FoldLine> => ({ ...column, cell: ({ row }) => column.cell(row) })),
    ],
    [t, language, alarmColumns, onToggle],
  );
  return (
    <DataTable onVisible={onVisible} columns={columns} rows={lines} keyOf={({ row }) => row.id} label={t('alarms.byCause')} selected={selected} onSelect={onSelect} onOpen={({ row }) => onOpen(row)} rowLook={({ row, relation }) => (relation === null ? 'first' : isUnacknowledged(row) ? 'open' : undefined)} empty={empty} />
  );
};

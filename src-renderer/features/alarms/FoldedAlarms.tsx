import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { usePlant } from '../../link/index.ts';
import { DataTable, useLanguage, duration, PriorityMark, useText, type Column, type Priority } from '../../ui/index.ts';
import { useAlarmColumns } from './alarmColumns.tsx';
import type { FoldLine, PriorityCounts } from './folds.ts';
import { isUnacknowledged } from './model.ts';

type FoldedAlarmsProps = { readonly lines: readonly FoldLine[]; readonly onVisible: (from: number, to: number) => void; readonly onToggle: (key: string) => void; readonly selected: string | null; readonly onSelect: (id: string) => void; readonly onOpen: (row: AlarmRow) => void; readonly empty: string };

/** Alarms by probable first cause: the first out, what followed it unit by unit in the order of onset, how many of which priority each fold holds. The unit stands for the place. */
export const FoldedAlarms = ({ lines, onVisible, onToggle, selected, onSelect, onOpen, empty }: FoldedAlarmsProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = useText();
  const plant = usePlant();
  const alarmColumns = useAlarmColumns();
  const columns = useMemo<readonly Column<FoldLine>[]>(
    () => [
      { id: 'fold', title: t('alarms.firstOut'), width: 'minmax(12rem, 0.5fr)', cell: (line) => <Place of={line} onToggle={onToggle} since={duration(line.row.raisedAt - line.first.raisedAt, language)} /> },
      { id: 'counts', title: t('alarms.followers'), width: '15rem', cell: (line) => (line.kind === 'group' || (line.kind === 'cause' && total(line.counts) > 1)) && <Counts of={line.counts} /> },
      ...alarmColumns
        .filter(({ id }) => id !== 'count' && id !== 'place')
        .map((column): Column<FoldLine> => ({
          ...column,
          cell: (line) => {
            if (line.kind !== 'group') return column.cell(line.row);
            if (column.id === 'time') return column.cell(line.row);
            return column.id === 'message' ? <b>{text(plant.unit(line.unit ?? '')?.name ?? { zh: t('alarms.elsewhere'), en: t('alarms.elsewhere') })}</b> : null;
          },
        })),
    ],
    [t, text, plant, language, alarmColumns, onToggle],
  );
  return (
    <DataTable
      columns={columns}
      rows={lines}
      keyOf={({ key }) => key}
      label={t('alarms.byCause')}
      selected={selected}
      onSelect={(key) => {
        const line = lines.find((each) => each.key === key);
        if (line !== undefined) onSelect(line.row.id);
      }}
      onOpen={({ row }) => onOpen(row)}
      onVisible={onVisible}
      rowLook={({ kind, row }) => (kind === 'cause' ? 'first' : kind === 'group' ? 'group' : isUnacknowledged(row) ? 'open' : undefined)}
      empty={empty}
    />
  );
};

const total = (counts: PriorityCounts): number => counts.reduce((sum, count) => sum + count, 0);

const Place = ({ of: { key, kind, level, relation, counts, hidden }, onToggle, since }: { readonly of: FoldLine; readonly onToggle: (key: string) => void; readonly since: string }) => {
  const { t } = useTranslation();
  if (kind === 'alarm') {
    return (
      <span className="fold-consequence dim" data-level={level}>
        {relation !== null && t(`alarms.relation.${relation}`)} +{since}
      </span>
    );
  }
  if (kind === 'cause' && total(counts) === 1) return <span className="fold-alone dim">{t('alarms.alone')}</span>;
  return (
    <button
      type="button"
      className="fold-toggle"
      data-level={level}
      aria-expanded={hidden === 0}
      title={t(hidden > 0 ? 'alarms.unfold' : 'alarms.fold')}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(key);
      }}
    >
      {hidden > 0 ? <ChevronRight size="1.1em" aria-hidden="true" /> : <ChevronDown size="1.1em" aria-hidden="true" />}
      {kind === 'cause' ? (
        <>
          <b>{t('alarms.firstOut')}</b> {t('alarms.followed', { count: total(counts) - 1 })}
        </>
      ) : (
        <>
          {relation !== null && t(`alarms.relation.${relation}`)} +{since}
        </>
      )}
    </button>
  );
};

/** How many of each priority, those that are none left out. */
const Counts = ({ of: counts }: { readonly of: PriorityCounts }) => (
  <span className="fold-counts">
    {counts.map((count, index) => {
      const priority = (index + 1) as Priority;
      return (
        count > 0 && (
          <span key={priority}>
            <PriorityMark priority={priority} look="acknowledged" />
            {count}
          </span>
        )
      );
    })}
  </span>
);

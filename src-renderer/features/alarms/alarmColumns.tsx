import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { useNow, usePlant } from '../../link/index.ts';
import { duration, moment, PriorityMark, useLanguage, useText, WithUnit, type Column } from '../../ui/index.ts';
import { isUnacknowledged, LOOK, valueAndLimit } from './model.ts';

/** The columns of every list of alarms. */
export const useAlarmColumns = (): readonly Column<AlarmRow>[] => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  return useMemo(
    () => [
      { id: 'priority', title: '', width: '2rem', cell: (row) => <PriorityMark priority={row.priority} look={LOOK[row.state]} /> },
      { id: 'time', title: t('alarms.raised'), width: '4.6rem', number: true, cell: (row) => moment(row.raisedAt, plant.model.site.timeZone, 'time') },
      { id: 'message', title: t('alarms.message'), width: 'minmax(11rem, 2fr)', cell: (row) => <span title={text(row.message)}>{text(row.message)}</span> },
      { id: 'place', title: t('alarms.place'), width: 'minmax(8rem, 1.2fr)', cell: (row) => <span className="dim">{text(row.place)}</span> },
      {
        id: 'value',
        title: t('alarms.value'),
        width: 'minmax(9rem, 0.8fr)',
        number: true,
        cell: (row) => (Number.isFinite(row.value) ? <WithUnit text={valueAndLimit(row, plant.tag(row.tag)?.decimals)} unit={row.unit} /> : '–'),
      },
      { id: 'state', title: t('common.state'), width: '7.5rem', cell: (row) => <span className={isUnacknowledged(row) ? undefined : 'dim'}>{t(`alarmState.${row.state}`)}</span> },
      { id: 'age', title: t('alarms.age'), width: '5rem', number: true, cell: (row) => <Age at={row.raisedAt} /> },
      { id: 'count', title: t('common.count'), width: '3rem', number: true, cell: (row) => (row.count > 1 ? `×${String(row.count)}` : '') },
    ],
    [t, text, plant],
  );
};

const Age = ({ at }: { readonly at: number }) => {
  const language = useLanguage();
  const now = useNow();
  return <span className="dim">{duration(now - at, language)}</span>;
};

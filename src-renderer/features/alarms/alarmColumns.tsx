import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import type { Text } from '../../../src-shared/kernel/index.ts';
import { useNow, usePlant } from '../../link/index.ts';
import { duration, moment, PriorityMark, useLanguage, useText, type Column } from '../../ui/index.ts';
import { isUnacknowledged, LOOK } from './model.ts';
import { Reading } from './Reading.tsx';

/** The columns of every list of alarms. */
export const useAlarmColumns = (): readonly Column<AlarmRow>[] => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  return useMemo(
    () => [
      { id: 'priority', title: '', width: '2rem', cell: (row) => <PriorityMark priority={row.priority} look={LOOK[row.state]} /> },
      { id: 'time', title: t('alarms.raised'), width: '4.6rem', number: true, cell: (row) => moment(row.raisedAt, plant.model.site.timeZone, 'time') },
      { id: 'message', title: t('alarms.message'), width: 'minmax(11rem, 2fr)', cell: (row) => <Message of={row} firstOut={t('alarms.firstOut')} text={text} /> },
      { id: 'place', title: t('alarms.place'), width: 'minmax(8rem, 1.2fr)', cell: (row) => <span className="dim">{text(row.place)}</span> },
      {
        id: 'value',
        title: t('alarms.value'),
        width: 'minmax(10.5rem, 0.8fr)',
        number: true,
        cell: (row) => <Reading of={row} />,
      },
      { id: 'state', title: t('common.state'), width: '9rem', cell: (row) => <span className={isUnacknowledged(row) ? undefined : 'dim'} title={row.isStale ? t('alarms.stale') : undefined}>{`${t(`alarmState.${row.state}`)}${row.isStale ? ' ?' : ''}`}</span> },
      { id: 'age', title: t('alarms.age'), width: '5rem', number: true, cell: (row) => <Age at={row.raisedAt} /> },
      { id: 'count', title: t('common.count'), width: '3rem', number: true, cell: (row) => (row.count > 1 ? `×${String(row.count)}` : '') },
    ],
    [t, text, plant],
  );
};

const Message = ({ of: row, firstOut, text }: { readonly of: AlarmRow; readonly firstOut: string; readonly text: (both: Text) => string }) => (
  <span title={text(row.message)}>
    {row.firstOut === row.id && <b className="first-out">{firstOut}</b>} {text(row.message)}
  </span>
);

/** The columns of what is set aside: why, by whom, until when. */
export const useSetAsideColumns = (): readonly Column<AlarmRow>[] => {
  const { t } = useTranslation();
  const text = useText();
  const shared = useAlarmColumns();
  return useMemo(
    () => [
      ...shared.filter(({ id }) => id === 'priority' || id === 'message' || id === 'place' || id === 'value'),
      { id: 'why', title: t('alarms.why'), width: 'minmax(10rem, 1.4fr)', cell: (row) => <span title={whyOf(row, text)}>{whyOf(row, text)}</span> },
      { id: 'who', title: t('alarms.who'), width: '6rem', cell: (row) => <span className="dim">{row.shelvedBy ?? row.outOfServiceBy ?? ''}</span> },
      { id: 'ends', title: t('alarms.ends'), width: '8rem', number: true, cell: (row) => <Ends of={row} /> },
    ],
    [t, text, shared],
  );
};
const whyOf = (row: AlarmRow, text: (both: Text) => string): string => (row.state === 'shelved' ? (row.shelveReason ?? '') : row.state === 'out-of-service' ? (row.outOfServiceReason ?? '') : row.suppressedBy === null ? '' : text(row.suppressedBy));

const Ends = ({ of: { state, shelvedUntil } }: { readonly of: AlarmRow }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow();
  if (state === 'suppressed') return '';
  return <span className="dim">{shelvedUntil === null ? t('alarms.never') : t('alarms.endsIn', { time: duration(Math.max(0, shelvedUntil - now), language) })}</span>;
};

const Age = ({ at }: { readonly at: number }) => {
  const language = useLanguage();
  const now = useNow();
  return <span className="dim">{duration(now - at, language)}</span>;
};

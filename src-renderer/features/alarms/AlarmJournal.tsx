import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmEvent } from '../../../src-shared/contract/index.ts';
import { HOUR } from '../../../src-shared/kernel/index.ts';
import { useLink, usePlant, useQuery } from '../../link/index.ts';
import { DataTable, moment, PriorityMark, Segmented, useText, type Column } from '../../ui/index.ts';

const HOURS = ['1', '8', '24', '168'] as const;

/** What the journal in the database holds, newest first. */
export const AlarmJournal = () => {
  const { t } = useTranslation();
  const link = useLink();
  const text = useText();
  const timeZone = usePlant().model.site.timeZone;
  const [hours, setHours] = useState<(typeof HOURS)[number]>('8');
  const input = useMemo(() => ({ from: link.now() - Number(hours) * HOUR, to: link.now() + 60_000, limit: 2_000 }), [link, hours]);
  const answer = useQuery('alarms.journal', input);
  const events = useMemo(() => (answer.state === 'answered' ? [...answer.value].sort((a, b) => b.sequence - a.sequence) : []), [answer]);
  const columns = useMemo<readonly Column<AlarmEvent>[]>(
    () => [
      { id: 'priority', title: '', width: '2rem', cell: (event) => <PriorityMark priority={event.priority} look={event.event === 'raised' ? 'acknowledged' : 'latched'} /> },
      { id: 'at', title: t('common.time'), width: '9rem', number: true, cell: (event) => moment(event.at, timeZone, 'dateTime') },
      { id: 'event', title: t('alarms.event'), width: '6rem', cell: (event) => t(`alarmEvent.${event.event}`) },
      { id: 'message', title: t('alarms.message'), width: 'minmax(12rem, 2fr)', cell: (event) => text(event.message) },
      { id: 'actor', title: t('common.person'), width: '7rem', cell: (event) => event.actor ?? '' },
      { id: 'note', title: t('common.note'), width: 'minmax(6rem, 1fr)', cell: (event) => <span className="dim">{event.note === 'expired' || event.note === 'over' ? t(`alarms.notes.${event.note}`) : (event.note ?? '')}</span> },
    ],
    [t, text, timeZone],
  );
  const word = { 1: t('detail.hour'), 8: t('detail.shift'), 24: t('detail.day'), 168: t('detail.week') } as const;
  return (
    <>
      <div style={{ padding: '0.25rem 0.75rem' }}>
        <Segmented label={t('common.time')} value={hours} onChange={setHours} choices={HOURS.map((value) => ({ value, label: word[value] }))} />
      </div>
      <DataTable columns={columns} rows={events} keyOf={(event) => String(event.sequence)} label={t('alarms.journal')} empty={answer.state === 'asking' ? t('common.loading') : t('alarms.noJournal')} />
    </>
  );
};

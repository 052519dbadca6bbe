import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { useDesk, useNow, useTable } from '../../link/index.ts';
import { Empty, PriorityMark, duration, useLanguage, useText } from '../../ui/index.ts';
import { arranged, isShelved, LOOK } from './model.ts';

/** The alarms of one equipment, zone or tag, in short. */
export const AlarmsOf = ({ wanted }: { readonly wanted: (alarm: AlarmRow) => boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const desk = useDesk();
  const rows = arranged(useTable('alarms.active').filter((row) => wanted(row) && !isShelved(row)), { zone: '', priority: '0', unacknowledgedOnly: false }, 'priority');
  if (rows.length === 0) return <Empty>{t('detail.noAlarm')}</Empty>;
  return (
    <ul className="short-list">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" className="short-row" onClick={() => desk.show('alarms', row.id)}>
            <PriorityMark priority={row.priority} look={LOOK[row.state]} />
            <span className="clip">{text(row.message)}</span>
            <span className="dim push">{duration(now - row.raisedAt, language)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

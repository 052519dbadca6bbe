import { useTranslation } from 'react-i18next';
import type { PermitRow } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant, useTable } from '../../link/index.ts';
import { Empty, moment, useText } from '../../ui/index.ts';
import { permitsInOrder } from './model.ts';

/** The work under way or planned at one place, in short. */
export const PermitsOf = ({ wanted }: { readonly wanted: (permit: PermitRow) => boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const { timeZone } = usePlant().model.site;
  const rows = permitsInOrder(useTable('permits.permits').filter((permit) => permit.state !== 'ended' && wanted(permit)));
  if (rows.length === 0) return <Empty>{t('units.noPermits')}</Empty>;
  return (
    <ul className="short-list">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" className="short-row" onClick={() => desk.show('permits', row.id)}>
            <span className="tag-word">{t(`permits.kinds.${row.kind}`)}</span>
            <span className="clip">{text(row.title)}</span>
            <span className="push dim">
              {t(`permits.states.${row.state}`)} {moment(row.state === 'planned' ? row.from : row.to, timeZone, 'minute')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
};

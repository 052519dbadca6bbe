import { useTranslation } from 'react-i18next';
import type { HazardRow } from '../../../src-shared/contract/index.ts';
import { useDesk, useTable } from '../../link/index.ts';
import { Empty, useText } from '../../ui/index.ts';
import { hazardsInOrder, openHazards } from './model.ts';
import './hazards.css';

/** The open hazards of one place, in short. */
export const HazardsOf = ({ wanted }: { readonly wanted: (hazard: HazardRow) => boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const rows = hazardsInOrder(openHazards(useTable('hazards.hazards')).filter(wanted));
  if (rows.length === 0) return <Empty>{t('units.noHazards')}</Empty>;
  return (
    <ul className="short-list">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" className="short-row" onClick={() => desk.show('hazards', row.id)}>
            <span className="tag-word" data-strong={row.grade === 'major' || undefined}>
              {t(`hazards.grade.${row.grade}`)}
            </span>
            <span className="clip">{text(row.title)}</span>
            <span className="push dim" data-overdue={row.overdue || undefined}>
              {row.overdue ? t('hazards.overdue') : t(`hazards.${row.state}`)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
};

import { useTranslation } from 'react-i18next';
import { useDesk, useLink, usePlant, useTick } from '../../link/index.ts';
import { useText } from '../../ui/index.ts';
import { countByZone } from './model.ts';
import './people.css';

/** How many people are in the fullest zones now, as bars of one scale; counted from the positions every 2 s. */
export const PeopleByZone = ({ limit }: { readonly limit: number }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const positions = useLink().series('people.positions');
  useTick(2_000);
  const counts = countByZone(positions.column('zone'), positions.length, plant.model.zones.length);
  const most = Math.max(1, ...counts);
  const fullest = plant.model.zones
    .map((zone, index) => ({ zone, index }))
    .sort((a, b) => (counts[b.index] ?? 0) - (counts[a.index] ?? 0) || a.index - b.index)
    .slice(0, limit);
  return (
    <ul className="people-zones" aria-label={t('overview.people')}>
      {fullest.map(({ zone, index }) => (
        <li key={zone.id}>
          <button type="button" className="people-zone" onClick={() => desk.open({ kind: 'zone', id: zone.id })}>
            <span className="clip dim">{text(zone.name)}</span>
            <span className="people-bar">
              <i style={{ width: `${String(((counts[index] ?? 0) / most) * 100)}%` }} />
            </span>
            <span className="number">{counts[index] ?? 0}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

import { useTranslation } from 'react-i18next';
import type { Emergency, RescueStand } from '../../../src-shared/contract/index.ts';
import { usePlant } from '../../link/index.ts';
import { Empty, number, useText } from '../../ui/index.ts';
import { compassSector } from './model.ts';

/** Where rescuers stand, best first: from which side and how far, near what, and how long the way is from the fire station and from a gate. */
export const RescuePlan = ({ emergency: { rescue } }: { readonly emergency: Pick<Emergency, 'rescue'> }) => {
  const { t } = useTranslation();
  if (rescue === null) return <Empty>{t('emergency.noPlume')}</Empty>;
  if (rescue.length === 0) return <p className="rescue-none">{t('rescue.none')}</p>;
  return (
    <ol className="rescue-list" data-testid="rescue">
      {rescue.map((stand) => (
        <Stand key={stand.node} stand={stand} />
      ))}
    </ol>
  );
};

const Stand = ({ stand }: { readonly stand: RescueStand }) => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  const { side, bearing, distanceM, zone, near, onFoot, ways } = stand;
  const place = near ?? (zone === '' ? null : plant.nameOf(zone));
  return (
    <li>
      <p>
        <strong>
          {t(`rescue.sector.${compassSector(bearing)}`)} {number(distanceM)} m
        </strong>{' '}
        <span className="dim">{t(`rescue.side.${side}`)}</span>
        {place !== null && ` · ${t('rescue.near', { place: text(place) })}`}
      </p>
      <p className="dim caption">
        {ways.map((way) => t('rescue.way', { from: text(way.name), metres: number(way.lengthM) })).join(' · ')}
        {onFoot && ` · ${t('rescue.onFoot')}`}
      </p>
    </li>
  );
};

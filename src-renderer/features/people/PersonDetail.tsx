import { HeartPulse } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNow, usePlant, useSeriesLatest } from '../../link/index.ts';
import { duration, number, useLanguage, useText, WithUnit } from '../../ui/index.ts';

/** Who somebody is, where they are and how their heart beats. */
export const PersonDetail = ({ person: id }: { readonly person: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const plant = usePlant();
  const index = plant.personIndex(id);
  const person = plant.person(id);
  const x = useSeriesLatest('people.positions', 'x', index);
  const y = useSeriesLatest('people.positions', 'y', index);
  const heart = useSeriesLatest('people.positions', 'heartRate', index);
  const at = useSeriesLatest('people.positions', 'at', index);
  const zone = plant.model.zones[useSeriesLatest('people.positions', 'zone', index)];
  if (person === undefined) return null;
  return (
    <dl className="facts">
      <dt>{t('detail.team')}</dt>
      <dd>{text(person.team)}</dd>
      <dt>{t('detail.role')}</dt>
      <dd>{text(person.role)}</dd>
      <dt>{t('common.zone')}</dt>
      <dd>{zone === undefined ? t('common.unknown') : text(zone.name)}</dd>
      <dt>{t('detail.position')}</dt>
      <dd>
        {number(x, 1)}, {number(y, 1)} m
      </dd>
      <dt className="row-gap">
        <HeartPulse size="1.1em" aria-hidden="true" /> {t('detail.heartRate')}
      </dt>
      <dd>
        <WithUnit text={number(heart)} unit="bpm" />
      </dd>
      <dt>{t('detail.lastSeen')}</dt>
      <dd>{Number.isFinite(at) ? `${duration(now - at, language)} ${t('common.ago')}` : t('common.noData')}</dd>
      <dt>{t('detail.wearable')}</dt>
      <dd>{person.wearable}</dd>
    </dl>
  );
};

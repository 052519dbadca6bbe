import { HeartPulse } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNow, usePlant, useSeriesLatest } from '../../link/index.ts';
import { duration, number, useLanguage, useText, WithUnit } from '../../ui/index.ts';

/** An older position says nothing of where somebody is now. */
const OLD_MS = 30_000;

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
  const accuracy = useSeriesLatest('people.positions', 'accuracy', index);
  const isOld = now - at > OLD_MS;
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
        <span className={isOld ? 'dim' : undefined}>
          {number(x, 1)}, {number(y, 1)} m{Number.isFinite(accuracy) && ` ± ${number(accuracy, accuracy < 10 ? 1 : 0)} m`}
        </span>
      </dd>
      <dt className="row-gap">
        <HeartPulse size="1.1em" aria-hidden="true" /> {t('detail.heartRate')}
      </dt>
      <dd>
        <WithUnit text={number(heart)} unit="bpm" />
      </dd>
      <dt>{t('detail.lastSeen')}</dt>
      <dd>{Number.isFinite(at) ? `${duration(now - at, language)} ${t('common.ago')}` : t('common.noData')}
        {isOld && <span className="tag-word"> {t('detail.oldPosition')}</span>}</dd>
      <dt>{t('detail.wearable')}</dt>
      <dd>{person.wearable}</dd>
    </dl>
  );
};

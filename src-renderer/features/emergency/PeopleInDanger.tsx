import { HeartPulse } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant, useSeriesLatest } from '../../link/index.ts';
import { minutesSeconds, moment, number, share, useText } from '../../ui/index.ts';
import { everybodySent, wayOf } from './model.ts';

/** Everybody inside the danger contour, worst first, those who must shelter, then all who have been sent; each with their way, muster point, time of arrival and predicted dose. */
export const PeopleInDanger = ({ emergency }: { readonly emergency: Emergency }) => {
  const { t } = useTranslation();
  const inside = new Set(emergency.inside.map(({ person }) => person));
  const onTheWay = everybodySent(emergency.routes).filter((person) => !inside.has(person));
  return (
    <>
      {emergency.inside.length === 0 ? <p className="people-safe dim">{t('emergency.nobodyInside')}</p> : <h3>{t('emergency.inside', { count: emergency.inside.length })}</h3>}
      <ul className="danger-list">
        {emergency.inside.map(({ person, severity }) => (
          <PersonRow key={person} id={person} severity={severity} emergency={emergency} />
        ))}
      </ul>
      {emergency.shelter.length > 0 && (
        <>
          <h3>
            {t('emergency.shelter')} · {t('emergency.people', { count: emergency.shelter.length })}
          </h3>
          <ul className="danger-list">
            {emergency.shelter.map((person) => (
              <PersonRow key={person} id={person} severity={null} emergency={emergency} />
            ))}
          </ul>
        </>
      )}
      {onTheWay.length > 0 && (
        <>
          <h3>
            {t('emergency.onTheWay')} · {t('emergency.people', { count: onTheWay.length })}
          </h3>
          <ul className="danger-list">
            {onTheWay.map((person) => (
              <PersonRow key={person} id={person} severity={null} emergency={emergency} />
            ))}
          </ul>
        </>
      )}
    </>
  );
};

const PersonRow = ({ id, severity, emergency: { kind, routes } }: { readonly id: string; readonly severity: 1 | 2 | 3 | null; readonly emergency: Pick<Emergency, 'kind' | 'routes'> }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const person = plant.person(id);
  const way = wayOf(routes, id);
  const heart = useSeriesLatest('people.positions', 'heartRate', plant.personIndex(id));
  return (
    <li>
      <button type="button" className="short-row" onClick={() => desk.open({ kind: 'person', id })}>
        {severity !== null && <i className="danger-ring" style={{ background: `var(--cloud-${String(severity)})` }} title={t(`emergency.severity.s${severity}`)} />}
        <span>{person?.name ?? id}</span>
        <span className="dim clip">{person === undefined ? '' : text(person.role)}</span>
        <span className="push">
          {severity !== null && <span className="dim caption">{t(`emergency.severity.s${severity}`)} </span>}
          {Number.isFinite(heart) && (
            <>
              <HeartPulse size="0.9em" aria-hidden="true" /> {number(heart)}
            </>
          )}
        </span>
      </button>
      {way !== null && (
        <p className="dim caption person-way">
          → {text(plant.nameOf(way.muster))} · {number(way.lengthM)} m · {t('emergency.arrivesAt', { time: moment(way.arrivesAt, plant.model.site.timeZone, 'time'), takes: minutesSeconds(way.arrivalS) })} · {t(`emergency.dose.${kind}`)} {share(way.dose)}
        </p>
      )}
    </li>
  );
};

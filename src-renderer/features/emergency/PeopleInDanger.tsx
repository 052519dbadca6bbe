import { HeartPulse } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant, useSeriesLatest } from '../../link/index.ts';
import { number, useText } from '../../ui/index.ts';

/** Everybody inside the danger contour, worst first, then those who must shelter. */
export const PeopleInDanger = ({ emergency }: { readonly emergency: Emergency }) => {
  const { t } = useTranslation();
  return (
    <>
      {emergency.inside.length === 0 ? <p className="people-safe dim">{t('emergency.nobodyInside')}</p> : <h3>{t('emergency.inside', { count: emergency.inside.length })}</h3>}
      <ul className="danger-list">
        {emergency.inside.map(({ person, severity }) => (
          <PersonRow key={person} id={person} severity={severity} />
        ))}
      </ul>
      {emergency.shelter.length > 0 && (
        <>
          <h3>
            {t('emergency.shelter')} · {t('emergency.people', { count: emergency.shelter.length })}
          </h3>
          <ul className="danger-list">
            {emergency.shelter.map((person) => (
              <PersonRow key={person} id={person} severity={null} />
            ))}
          </ul>
        </>
      )}
    </>
  );
};

const PersonRow = ({ id, severity }: { readonly id: string; readonly severity: 1 | 2 | 3 | null }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const person = plant.person(id);
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
    </li>
  );
};

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant } from '../../link/index.ts';
import { Button, moment, useText } from '../../ui/index.ts';
import { wayOf } from './model.ts';

type Props = { readonly emergency: Pick<Emergency, 'routes' | 'shelter'> & { readonly planned: NonNullable<Emergency['planned']> } };

/** What was announced last: its number and time, why, how many were told another way or a first one, and on demand who. */
export const Announcement = ({ emergency }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const [open, setOpen] = useState(false);
  const { routes, shelter, planned } = emergency;
  /** Where they were told to go; nothing for whoever has arrived since. */
  const goal = (person: string): string => {
    const way = wayOf(routes, person);
    if (way !== null) return `→ ${text(plant.nameOf(way.muster))}`;
    return shelter.includes(person) ? t('emergency.shelter') : '';
  };
  return (
    <div className="announcement" data-testid="announcement">
      <p>
        <strong>{t('emergency.announcement', { version: planned.version })}</strong> {moment(planned.at, plant.model.site.timeZone, 'time')} · {text(planned.reason)}
      </p>
      <p className="announcement-told">
        {t('emergency.told', { count: planned.told.length })}
        {planned.told.length > 0 && (
          <Button onClick={() => setOpen(!open)} aria-expanded={open}>
            {t(open ? 'emergency.hideTold' : 'emergency.showTold')}
          </Button>
        )}
      </p>
      {open && (
        <ul className="announcement-list" data-testid="told">
          {planned.told.map((person) => (
            <li key={person}>
              <button type="button" className="evidence" onClick={() => desk.open({ kind: 'person', id: person })}>
                {plant.person(person)?.name ?? person}
              </button>{' '}
              <span className="dim">{goal(person)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

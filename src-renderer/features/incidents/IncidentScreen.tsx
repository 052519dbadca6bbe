import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentRow } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant, useTable } from '../../link/index.ts';
import { Button, Empty, moment, Panel, useText } from '../../ui/index.ts';
import { IncidentRecord } from './IncidentRecord.tsx';
import { incidentsInOrder } from './model.ts';
import { OpenDialog } from './OpenDialog.tsx';
import './incidents.css';

/** Every incident on record; the record itself beside the list. */
export const IncidentScreen = ({ selected, picture }: { readonly selected: string | null; readonly picture: (evidence: string) => ReactNode }) => {
  const { t } = useTranslation();
  const incidents = incidentsInOrder(useTable('incidents.incidents'));
  const [opening, setOpening] = useState(false);
  const shown = incidents.find(({ id }) => id === selected) ?? incidents[0];
  return (
    <div className="incident-screen">
      <Panel
        fill
        title={t('incidents.title')}
        aside={
          <Button onClick={() => setOpening(true)}>
            <Plus size="1.1em" aria-hidden="true" />
            {t('incidents.new')}
          </Button>
        }
      >
        {incidents.length === 0 && <Empty>{t('incidents.none')}</Empty>}
        <ul className="incident-list" data-testid="incidents">
          {incidents.map((incident) => (
            <IncidentItem key={incident.id} incident={incident} selected={incident.id === shown?.id} />
          ))}
        </ul>
      </Panel>
      {shown === undefined ? (
        <Panel fill>
          <Empty>{t('incidents.choose')}</Empty>
        </Panel>
      ) : (
        <IncidentRecord key={shown.id} incident={shown.id} picture={picture} />
      )}
      {opening && <OpenDialog onClose={() => setOpening(false)} />}
    </div>
  );
};

const IncidentItem = ({ incident, selected }: { readonly incident: IncidentRow; readonly selected: boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  return (
    <li>
      <button type="button" className="row-button incident-item" aria-pressed={selected} data-incident={incident.id} onClick={() => desk.show('incidents', incident.id)}>
        <span className="incident-title clip">{text(incident.title)}</span>
        <span className="tag-word" data-strong={incident.state === 'open' || undefined}>
          {t(`incidents.${incident.state}`)}
        </span>
        <span className="caption dim clip">
          {t(`incidents.kinds.${incident.kind}`)} · {incident.zone === null ? t('common.site') : text(plant.nameOf(incident.zone))} · {moment(incident.openedAt, plant.model.site.timeZone, 'dateTime')} · {t('incidents.entries', { count: incident.entries })}
        </span>
      </button>
    </li>
  );
};

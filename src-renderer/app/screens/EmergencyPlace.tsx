import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmergencyScreen } from '../../features/emergency/index.ts';
import { IncidentRecord, OpenIncidentDialog } from '../../features/incidents/index.ts';
import { Button, Panel } from '../../ui/index.ts';
import { EMERGENCY_LAYERS, Ground } from '../Ground.tsx';

/** The emergency screen with the plan as its ground and the incident's record below. */
export const EmergencyPlace = ({ selected }: { readonly selected: string | null }) => (
  <EmergencyScreen selected={selected} ground={<Ground place="emergency" start={{ mode: '2d', layers: EMERGENCY_LAYERS }} />} record={(incident) => (incident === null ? <StartRecord /> : <IncidentRecord incident={incident} />)} />
);

const StartRecord = () => {
  const { t } = useTranslation();
  const [opening, setOpening] = useState(false);
  return (
    <Panel fill title={t('emergency.incident')}>
      <div>
        <Button onClick={() => setOpening(true)}>{t('emergency.startIncident')}</Button>
      </div>
      {opening && <OpenIncidentDialog onClose={() => setOpening(false)} />}
    </Panel>
  );
};

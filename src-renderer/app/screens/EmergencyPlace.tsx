import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CamerasTowards, EvidencePicture } from '../../features/cameras/index.ts';
import { emergenciesInOrder, EmergencyScreen, useRescuePosts } from '../../features/emergency/index.ts';
import { IncidentRecord, OpenIncidentDialog } from '../../features/incidents/index.ts';
import { LineageFacts } from '../../features/registry/index.ts';
import { EscalationOf } from '../../features/risk/index.ts';
import { useTable } from '../../link/index.ts';
import { Button, Panel } from '../../ui/index.ts';
import { EMERGENCY_LAYERS, Ground } from '../Ground.tsx';

/** The emergency screen with the plan as its ground; below, what a fire may set off and the incident's record. */
export const EmergencyPlace = ({ selected }: { readonly selected: string | null }) => {
  const all = emergenciesInOrder(useTable('emergency.emergencies'));
  const shown = all.find(({ id }) => id === selected) ?? all.find(({ state }) => state !== 'stood-down');
  const source = shown?.equipment ?? null;
  const posts = useRescuePosts();
  return (
    <EmergencyScreen
      selected={selected}
      ground={<Ground place="emergency" start={{ mode: '2d', layers: EMERGENCY_LAYERS }} threat={source} posts={posts} />}
      cameras={(emergency) => <CamerasTowards emergency={emergency} />}
      lineage={(emergency) => <LineageFacts of={{ computed: 'plume', subject: emergency }} />}
      record={(incident) => (
        <>
          {source !== null && <EscalationOf equipment={source} rateKgS={shown?.plume?.rateKgS.p50 ?? null} framed />}
          {incident === null ? <StartRecord /> : <IncidentRecord incident={incident} picture={(evidence) => <EvidencePicture id={evidence} />} />}
        </>
      )}
    />
  );
};

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

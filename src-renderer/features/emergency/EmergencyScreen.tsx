import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant, useTable } from '../../link/index.ts';
import { Button, moment, Panel, useText } from '../../ui/index.ts';
import { DeclareDialog } from './DeclareDialog.tsx';
import { EmergencyHead } from './EmergencyHead.tsx';
import { emergenciesInOrder } from './model.ts';
import { PlumeFacts } from './PlumeFacts.tsx';
import { ActionList } from './ActionList.tsx';
import { PeopleInDanger } from './PeopleInDanger.tsx';
import { RescueBefore } from './RescueBefore.tsx';
import { RescuePlan } from './RescuePlan.tsx';
import { WayOut } from './WayOut.tsx';
import './emergency.css';

/** For a commander with ninety seconds: what happens, who is in danger, which way out, what to do. `ground` is the map, `record` the incident's record, `cameras` what looks at it, `lineage` where the plume's figures come from. */
export const EmergencyScreen = ({ selected, ground, record, cameras, lineage }: { readonly selected: string | null; readonly ground: ReactNode; readonly record: (incident: string | null) => ReactNode; readonly cameras: (emergency: string) => ReactNode; readonly lineage: (emergency: string) => ReactNode }) => {
  const all = emergenciesInOrder(useTable('emergency.emergencies'));
  const [declaring, setDeclaring] = useState(false);
  const shown = all.find(({ id }) => id === selected) ?? all.find(({ state }) => state !== 'stood-down') ?? null;
  return (
    <div className="emergency-screen" data-testid="emergency" data-emergency={shown?.id}>
      {shown === null ? <NoEmergency past={all} onDeclare={() => setDeclaring(true)} ground={ground} /> : <Shown key={shown.id} emergency={shown} all={all} ground={ground} record={record} cameras={cameras} lineage={lineage} onDeclare={() => setDeclaring(true)} />}
      {declaring && <DeclareDialog onClose={() => setDeclaring(false)} />}
    </div>
  );
};

const Shown = ({ emergency, all, ground, record, cameras, lineage, onDeclare }: { readonly emergency: Emergency; readonly all: readonly Emergency[]; readonly ground: ReactNode; readonly record: (incident: string | null) => ReactNode; readonly cameras: (emergency: string) => ReactNode; readonly lineage: (emergency: string) => ReactNode; readonly onDeclare: () => void }) => {
  const { t } = useTranslation();
  return (
    <>
      <EmergencyHead emergency={emergency} all={all} onDeclare={onDeclare} />
      <div className="emergency-left">
        <Panel title={t('emergency.what')}>
          <PlumeFacts emergency={emergency} />
          {emergency.plume !== null && lineage(emergency.id)}
        </Panel>
        <Panel title={t('nav.cameras')}>{cameras(emergency.id)}</Panel>
        <Panel fill title={t('emergency.todo')}>
          <ActionList emergency={emergency} />
        </Panel>
      </div>
      <div className="emergency-ground">{ground}</div>
      <div className="emergency-right">
        <Panel className="emergency-people" title={t('emergency.who')}>
          <PeopleInDanger emergency={emergency} />
        </Panel>
        <Panel fill title={t('emergency.way')}>
          <WayOut emergency={emergency} />
        </Panel>
        <Panel title={t('rescue.title')}>
          <RescuePlan emergency={emergency} />
        </Panel>
      </div>
      <div className="emergency-record">{record(emergency.incident)}</div>
    </>
  );
};

const NoEmergency = ({ past, onDeclare, ground }: { readonly past: readonly Emergency[]; readonly onDeclare: () => void; readonly ground: ReactNode }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const { timeZone } = usePlant().model.site;
  return (
    <div className="no-emergency">
      <Panel fill>
        <div className="stack">
          <h1>{t('emergency.none')}</h1>
          <p className="dim">{t('emergency.noneHint')}</p>
          <div>
            <Button onClick={onDeclare}>{t('emergency.declare')}</Button>
          </div>
          <h2 className="dim caption">{t('rescue.before')}</h2>
          <RescueBefore />
          {past.length > 0 && <h2 className="dim caption">{t('emergency.history')}</h2>}
          <ul className="short-list">
            {past.map((each) => (
              <li key={each.id}>
                <button type="button" className="short-row" onClick={() => desk.show('emergency', each.id)}>
                  <span className="clip">{text(each.title)}</span>
                  <span className="push dim">{moment(each.since, timeZone, 'dateTime')}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      </Panel>
      <div className="emergency-ground">{ground}</div>
    </div>
  );
};

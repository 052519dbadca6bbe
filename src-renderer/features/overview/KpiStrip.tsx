import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useLink, usePlant, useTable, useTick, useValue } from '../../link/index.ts';
import { number, useText } from '../../ui/index.ts';
import './overview.css';

/** The plant in six figures; each leads to its screen. */
export const KpiStrip = () => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const zones = useTable('risk.zones');
  const permits = useTable('permits.permits').filter(({ state }) => state === 'active');
  const hazards = useTable('hazards.hazards').filter(({ state }) => state !== 'closed');
  const machines = useTable('inference.assets').filter(({ state }) => state === 'warning' || state === 'degrading');
  const status = useValue('system.status');
  const worst = zones.reduce<(typeof zones)[number] | null>((found, zone) => (found === null || zone.index > found.index ? zone : found), null);
  const special = permits.filter(({ level }) => level === 'special').length;
  const overdue = hazards.filter((hazard) => hazard.overdue).length;
  return (
    <div className="kpi-strip" data-testid="kpis">
      <Kpi label={t('overview.kpi.worst')} value={worst === null ? '–' : number(worst.index)} more={worst === null ? '' : text(plant.nameOf(worst.zone))} onClick={() => worst !== null && desk.open({ kind: 'zone', id: worst.zone })} />
      <Kpi label={t('overview.kpi.people')} value={<PeopleOnSite />} more={`/ ${String(plant.model.people.length)}`} />
      <Kpi label={t('overview.kpi.permits')} value={permits.length} more={special > 0 ? t('overview.kpi.special', { count: special }) : ''} onClick={() => desk.show('permits')} />
      <Kpi label={t('overview.kpi.hazards')} value={hazards.length} more={overdue > 0 ? t('overview.kpi.overdue', { count: overdue }) : ''} onClick={() => desk.show('hazards')} />
      <Kpi label={t('overview.kpi.machines')} value={machines.length} more="" onClick={() => machines[0] !== undefined && desk.open({ kind: 'equipment', id: machines[0].equipment })} />
      <Kpi label={t('overview.kpi.rate')} value={status === undefined ? '–' : number(status.samplesPerSecond)} more={t('overview.kpi.perSecond')} onClick={() => desk.show('diagnostics')} />
    </div>
  );
};

const Kpi = ({ label, value, more, onClick }: { readonly label: string; readonly value: ReactNode; readonly more: string; readonly onClick?: () => void }) => (
  <button type="button" className="kpi" disabled={onClick === undefined} onClick={onClick}>
    <span className="dim caption clip">{label}</span>
    <span className="kpi-value">
      {value} <small className="dim clip">{more}</small>
    </span>
  </button>
);

/** Wearables heard within a minute. */
const PeopleOnSite = () => {
  const link = useLink();
  useTick(2_000);
  const positions = link.series('people.positions');
  const at = positions.column('at');
  let seen = 0;
  for (let person = 0; person < positions.length; person += 1) if (link.now() - (at[person] ?? Number.NaN) < 60_000) seen += 1;
  return <>{seen}</>;
};

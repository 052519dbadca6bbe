import { Crosshair, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk, usePlant, type Target } from '../link/index.ts';
import { AlarmsOf } from '../features/alarms/index.ts';
import { CameraDetail } from '../features/cameras/index.ts';
import { HazardsOf } from '../features/hazards/index.ts';
import { TagTrend } from '../features/historian/index.ts';
import { HealthOf } from '../features/inference/index.ts';
import { PersonDetail } from '../features/people/index.ts';
import { PermitsOf } from '../features/permits/index.ts';
import { EquipmentFacts, LineageFacts, TagFacts } from '../features/registry/index.ts';
import { EscalationOf, ZoneRiskDetail } from '../features/risk/index.ts';
import { TagBar } from '../features/values/index.ts';
import { useText } from '../ui/index.ts';
import { MusterDetail } from './MusterDetail.tsx';

const ON_THE_MAP: ReadonlySet<Target['kind']> = new Set(['zone', 'equipment', 'tag', 'person', 'detector', 'camera', 'muster']);

/** L3: one thing with its history and evidence, beside whatever screen is open. */
export const DetailPanel = ({ target }: { readonly target: Target }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  return (
    <aside className="detail appear" data-testid="detail" data-target={`${target.kind}:${target.id}`}>
      <header className="detail-head">
        <div>
          <p className="dim caption">
            {t(`detail.${target.kind}`)} · {target.id}
          </p>
          <h2>{text(plant.nameOf(target.id))}</h2>
        </div>
        {ON_THE_MAP.has(target.kind) && (
          <button type="button" className="icon-button push" onClick={() => desk.locate(target)} title={t('detail.show')} aria-label={t('detail.show')}>
            <Crosshair size="1.2em" />
          </button>
        )}
        <button type="button" className="icon-button" onClick={() => desk.open(null)} title={`${t('common.close')} (Esc)`} aria-label={t('common.close')}>
          <X size="1.2em" />
        </button>
      </header>
      <div className="detail-body stack">
        <Body target={target} />
      </div>
    </aside>
  );
};

const Body = ({ target }: { readonly target: Target }) => {
  const { t } = useTranslation();
  const plant = usePlant();
  const { kind, id } = target;
  switch (kind) {
    case 'tag': {
      const tag = plant.tag(id);
      if (tag === undefined) return <p className="empty">{t('detail.gone', { id })}</p>;
      return (
        <>
          <TagBar tag={tag} />
          <TagTrend key={`${id}/${String(target.since)}`} tag={id} since={target.since ?? null} height="15rem" />
          <TagFacts tag={id} />
          <Section title={t('nav.alarms')}>
            <AlarmsOf wanted={(alarm) => alarm.tag === id} />
          </Section>
        </>
      );
    }
    case 'equipment': {
      const tags = plant.tagsOf(id);
      return (
        <>
          <EquipmentFacts equipment={id} />
          <EscalationOf equipment={id} />
          {plant.equipment(id)?.machine !== undefined && (
            <Section title={t('units.health')}>
              <HealthOf wanted={(equipment) => equipment === id} detailed />
              <LineageFacts of={{ computed: 'remaining-life', subject: id }} />
            </Section>
          )}
          <Section title={t('nav.alarms')}>
            <AlarmsOf wanted={(alarm) => alarm.equipment === id} />
          </Section>
          <Section title={t('units.tags', { count: tags.length })}>
            {tags.map((tag) => (
              <TagBar key={tag.id} tag={tag} under={plant.equipment(id)?.name} />
            ))}
          </Section>
        </>
      );
    }
    case 'zone':
      return (
        <>
          <ZoneRiskDetail zone={id} />
          <LineageFacts of={{ computed: 'risk-index', subject: id }} />
          <LineageFacts of={{ computed: 'risk-forecast', subject: id }} />
          <Section title={t('nav.alarms')}>
            <AlarmsOf wanted={(alarm) => alarm.zone === id} />
          </Section>
          <Section title={t('units.permits')}>
            <PermitsOf wanted={(permit) => permit.zone === id} />
          </Section>
          <Section title={t('units.hazards')}>
            <HazardsOf wanted={(hazard) => hazard.zone === id} />
          </Section>
          <UnitLinks zone={id} />
        </>
      );
    case 'detector': {
      const detector = plant.detector(id);
      const tag = detector === undefined ? undefined : plant.tag(detector.tag);
      if (tag === undefined) return <p className="empty">{t('detail.gone', { id })}</p>;
      return (
        <>
          <TagBar tag={tag} />
          <TagTrend tag={tag.id} height="15rem" />
          <TagFacts tag={tag.id} />
          <Section title={t('nav.alarms')}>
            <AlarmsOf wanted={(alarm) => alarm.tag === tag.id} />
          </Section>
        </>
      );
    }
    case 'person':
      return <PersonDetail person={id} />;
    case 'camera':
      return <CameraDetail camera={id} />;
    case 'muster':
      return <MusterDetail muster={id} />;
    case 'unit':
    case 'alarm':
      return <AlarmsOf wanted={(alarm) => alarm.id === id || plant.equipment(alarm.equipment)?.unit === id} />;
  }
};

const Section = ({ title, children }: { readonly title: string; readonly children: React.ReactNode }) => (
  <section>
    <h3 className="dim caption">{title}</h3>
    {children}
  </section>
);

const UnitLinks = ({ zone }: { readonly zone: string }) => {
  const text = useText();
  const desk = useDesk();
  const units = usePlant().model.units.filter((unit) => unit.zone === zone);
  return (
    <p className="row-gap">
      {units.map((unit) => (
        <button key={unit.id} type="button" className="button" onClick={() => desk.show('units', unit.id)}>
          {text(unit.name)} →
        </button>
      ))}
    </p>
  );
};

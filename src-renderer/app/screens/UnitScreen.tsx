import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Equipment, Tag } from '../../../src-shared/plant/index.ts';
import { AlarmsOf } from '../../features/alarms/index.ts';
import { CamerasOfZone } from '../../features/cameras/index.ts';
import { HazardsOf } from '../../features/hazards/index.ts';
import { HealthOf, ProcessOf } from '../../features/inference/index.ts';
import { PermitsOf } from '../../features/permits/index.ts';
import { isOutside, TagBar } from '../../features/values/index.ts';
import { useDesk, useLink, usePlant, useRow, useTable, useTick } from '../../link/index.ts';
import { GradeMark, number, Panel, Segmented, useText } from '../../ui/index.ts';
import './screens.css';

/** L2: what is wrong here? Every equipment of a unit with its tags as instruments; health, permits, hazards and alarms beside. */
export const UnitScreen = ({ selected }: { readonly selected: string | null }) => {
  const { t } = useTranslation();
  const plant = usePlant();
  const text = useText();
  const desk = useDesk();
  const { units } = plant.model;
  const unit = plant.unit(selected ?? '') ?? units[0];
  const [shown, setShown] = useState<'all' | 'abnormal'>('all');
  const alarmed = new Set(useTable('alarms.active').flatMap(({ state, equipment }) => (state === 'unacknowledged' || state === 'acknowledged' || state === 'returned' ? [plant.equipment(equipment)?.unit ?? ''] : [])));
  if (unit === undefined) return <p className="empty">{t('common.none')}</p>;
  const ofUnit = new Set(plant.equipmentOf(unit.id).map(({ id }) => id));
  return (
    <div className="unit-screen" data-testid="unit" data-unit={unit.id}>
      <nav className="unit-tabs" aria-label={t('units.choose')}>
        {units.map((each) => (
          <button key={each.id} type="button" aria-current={each.id === unit.id ? 'page' : undefined} data-alarmed={alarmed.has(each.id) || undefined} onClick={() => desk.show('units', each.id)}>
            {text(each.name)}
          </button>
        ))}
      </nav>
      <Panel
        fill
        className="unit-equipment"
        title={<UnitHead zone={unit.zone} />}
        aside={<Segmented label={t('alarms.filter')} value={shown} onChange={setShown} choices={[{ value: 'all', label: t('units.allTags') }, { value: 'abnormal', label: t('units.onlyAbnormal') }]} />}
      >
        <EquipmentCards key={unit.id} equipment={plant.equipmentOf(unit.id)} abnormalOnly={shown === 'abnormal'} />
      </Panel>
      <div className="unit-side">
        <Panel title={t('units.alarms')} className="unit-alarms">
          <AlarmsOf wanted={(alarm) => ofUnit.has(alarm.equipment)} />
        </Panel>
        <Panel title={t('nav.cameras')}>
          <CamerasOfZone zone={unit.zone} />
        </Panel>
        <Panel title={t('process.title')}>
          <ProcessOf unit={unit.id} />
        </Panel>
        <Panel title={t('units.health')}>
          <HealthOf wanted={(equipment) => ofUnit.has(equipment)} />
        </Panel>
        <Panel title={t('units.permits')}>
          <PermitsOf wanted={(permit) => permit.zone === unit.zone} />
        </Panel>
        <Panel title={t('units.hazards')}>
          <HazardsOf wanted={(hazard) => hazard.zone === unit.zone} />
        </Panel>
      </div>
    </div>
  );
};

const UnitHead = ({ zone }: { readonly zone: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  const desk = useDesk();
  const risk = useRow('risk.zones', zone);
  return (
    <button type="button" className="unit-head" onClick={() => desk.open({ kind: 'zone', id: zone })}>
      {text(plant.nameOf(zone))}
      {risk !== undefined && (
        <>
          <b>{number(risk.index)}</b>
          <GradeMark grade={risk.grade} word={t(`grade.${risk.grade}`)} />
          <span className="dim clip">{risk.causes[0] === undefined ? '' : text(risk.causes[0].text)}</span>
        </>
      )}
    </button>
  );
};

/** Cards keep the plant's order; only the filter removes what is normal. */
const EquipmentCards = ({ equipment, abnormalOnly }: { readonly equipment: readonly Equipment[]; readonly abnormalOnly: boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const link = useLink();
  useTick(2_000);
  const value = link.series('values.live').column('value');
  const wanted = (tag: Tag) => !abnormalOnly || isOutside(tag, value[plant.tagIndex(tag.id)] ?? Number.NaN);
  const cards = equipment.map((each) => ({ each, tags: plant.tagsOf(each.id).filter(wanted) })).filter(({ tags }) => tags.length > 0);
  if (cards.length === 0) return <p className="empty">{t('units.nothingAbnormal')}</p>;
  return (
    <div className="equipment-cards">
      {cards.map(({ each, tags }) => (
        <section key={each.id} className="equipment-card">
          <button type="button" className="equipment-head" onClick={() => desk.open({ kind: 'equipment', id: each.id })}>
            <strong className="clip">{text(each.name)}</strong>
            <span className="dim caption">{each.id}</span>
          </button>
          {tags.map((tag) => (
            <TagBar key={tag.id} tag={tag} under={each.name} />
          ))}
        </section>
      ))}
    </div>
  );
};

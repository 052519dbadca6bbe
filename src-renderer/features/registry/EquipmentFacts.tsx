import { useTranslation } from 'react-i18next';
import { useDesk, usePlant } from '../../link/index.ts';
import { number, useText } from '../../ui/index.ts';

/** What the plant model says of one equipment. */
export const EquipmentFacts = ({ equipment: id }: { readonly equipment: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const equipment = plant.equipment(id);
  if (equipment === undefined) return null;
  return (
    <dl className="facts">
      <dt>{t('detail.unit')}</dt>
      <dd>
        <button type="button" className="plain-link" onClick={() => desk.show('units', equipment.unit)}>
          {text(plant.nameOf(equipment.unit))}
        </button>
      </dd>
      <dt>{t('detail.zone')}</dt>
      <dd>
        <button type="button" className="plain-link" onClick={() => desk.open({ kind: 'zone', id: equipment.zone })}>
          {text(plant.nameOf(equipment.zone))}
        </button>
      </dd>
      {equipment.substance !== undefined && (
        <>
          <dt>{t('detail.substance')}</dt>
          <dd>{t(`substance.${equipment.substance}`)}</dd>
        </>
      )}
      {equipment.inventory !== undefined && (
        <>
          <dt>{t('detail.inventory')}</dt>
          <dd>{number(equipment.inventory.capacityKg / 1_000, 1)} t</dd>
        </>
      )}
      {equipment.documents !== undefined && (
        <>
          <dt>{t('registry.kind.document')}</dt>
          <dd>
            {equipment.documents.map(({ title, href }) => (
              <a key={href} className="plain-link" href={href} target="_blank" rel="noreferrer">
                {text(title)}
              </a>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
};

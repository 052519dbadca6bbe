import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, usePlant, useTable } from '../../link/index.ts';
import { Button, moment, useText } from '../../ui/index.ts';
import { ReasonDialog } from './ReasonDialog.tsx';

/** Equipment that a person has taken out of operation, above the alarms that this suppresses. */
export const OutOfOperationList = () => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  const rows = useTable('alarms.outOfOperation');
  const [returning, setReturning] = useState<string | null>(null);
  if (rows.length === 0) return null;
  return (
    <ul className="out-of-operation" aria-label={t('alarms.outOfOperation')}>
      {rows.map(({ equipment, by, at, reason, alarms }) => (
        <li key={equipment} data-equipment={equipment}>
          <b>{t('alarms.outOfOperation')}</b>
          <span>{text(plant.equipment(equipment)?.name ?? { zh: equipment, en: equipment })}</span>
          <span className="dim">
            {reason} · {by} {moment(at, plant.model.site.timeZone, 'dateTime')} · {t('alarms.concerns', { count: alarms })}
          </span>
          <Button onClick={() => setReturning(equipment)}>{t('alarms.equipmentIn')}</Button>
        </li>
      ))}
      {returning !== null && <OperationDialog equipment={returning} inOperation onClose={() => setReturning(null)} />}
    </ul>
  );
};

/** Takes equipment out of operation or back, with a reason. */
export const OperationDialog = ({ equipment, inOperation, onClose }: { readonly equipment: string; readonly inOperation: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  const setOperation = useCommand('alarms.setOperation');
  const name = text(plant.equipment(equipment)?.name ?? { zh: equipment, en: equipment });
  return (
    <ReasonDialog title={t(inOperation ? 'alarms.equipmentInTitle' : 'alarms.equipmentOutTitle')} run={async (reason) => (await setOperation({ equipment, inOperation, reason })).ok} onClose={onClose}>
      <p>{inOperation ? <strong>{name}</strong> : t('alarms.equipmentOutHint', { name })}</p>
    </ReasonDialog>
  );
};

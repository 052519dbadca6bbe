import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubstanceId } from '../../../src-shared/plant/index.ts';
import { useCommand, useDesk, usePlant } from '../../link/index.ts';
import { Button, Dialog, Field, Segmented, Select, useText } from '../../ui/index.ts';

/** A commander who sees what no detector has seen yet: kind, equipment, rate. */
export const DeclareDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const { model } = usePlant();
  const declare = useCommand('emergency.declare');
  const holders = model.equipment.filter((each) => each.substance !== undefined && each.inventory !== undefined);
  const [kind, setKind] = useState<'gas' | 'fire'>('gas');
  const [equipment, setEquipment] = useState(desk.target?.kind === 'equipment' && holders.some(({ id }) => id === desk.target?.id) ? desk.target.id : (holders[0]?.id ?? ''));
  const [rate, setRate] = useState('1');
  const chosen = holders.find(({ id }) => id === equipment);
  const rateKgS = Number(rate);
  const run = async () => {
    if (chosen === undefined) return;
    const outcome = await declare({ kind, substance: chosen.substance ?? ('air' satisfies SubstanceId), position: [chosen.position[0], chosen.position[1]], rateKgS });
    if (!outcome.ok) return;
    onClose();
    desk.show('emergency', outcome.value.id);
  };
  return (
    <Dialog title={t('emergency.declareTitle')} closeWord={t('common.close')} onClose={onClose}>
      <Field label={t('common.kind')}>{() => <Segmented label={t('common.kind')} value={kind} onChange={setKind} choices={(['gas', 'fire'] as const).map((value) => ({ value, label: t(`emergency.kind.${value}`) }))} />}</Field>
      <Field label={t('emergency.at')}>
        {(id) => <Select id={id} label={t('emergency.at')} value={equipment} onChange={setEquipment} choices={holders.map((each) => ({ value: each.id, label: `${text(each.name)} · ${t(`substance.${each.substance ?? 'air'}`)}` }))} />}
      </Field>
      <Field label={`${t('emergency.rateKgS')} (kg/s)`}>{(id) => <input id={id} className="input" type="number" min={0.01} max={1_000} step={0.1} value={rate} onChange={(event) => setRate(event.target.value)} />}</Field>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={chosen === undefined || !(rateKgS > 0 && rateKgS <= 1_000)} onClick={() => void run()}>
          {t('emergency.declare')}
        </Button>
      </div>
    </Dialog>
  );
};

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, usePlant } from '../../link/index.ts';
import { Button, Dialog, Field, Segmented, Select, useText } from '../../ui/index.ts';

/** Anybody on duty may report what they saw. */
export const ReportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const { model } = usePlant();
  const report = useCommand('hazards.report');
  const [title, setTitle] = useState('');
  const [grade, setGrade] = useState<'major' | 'general'>('general');
  const [zone, setZone] = useState(model.zones[0]?.id ?? '');
  const [equipment, setEquipment] = useState('');
  const run = async () => {
    const outcome = await report({ title: title.trim(), grade, zone, equipment: equipment === '' ? null : equipment });
    if (outcome.ok) onClose();
  };
  return (
    <Dialog title={t('hazards.report')} closeWord={t('common.close')} onClose={onClose}>
      <Field label={t('hazards.what')}>{(id) => <input id={id} data-first className="input" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <Field label={t('common.level')}>{() => <Segmented label={t('common.level')} value={grade} onChange={setGrade} choices={(['general', 'major'] as const).map((value) => ({ value, label: t(`hazards.grade.${value}`) }))} />}</Field>
      <div className="row-gap">
        <Field label={t('common.zone')}>
          {(id) => (
            <Select
              id={id}
              label={t('common.zone')}
              value={zone}
              onChange={(next) => {
                setZone(next);
                setEquipment('');
              }}
              choices={model.zones.map((each) => ({ value: each.id, label: text(each.name) }))}
            />
          )}
        </Field>
        <Field label={t('common.equipment')}>
          {(id) => <Select id={id} label={t('common.equipment')} value={equipment} onChange={setEquipment} choices={[{ value: '', label: t('common.none') }, ...model.equipment.filter((each) => each.zone === zone).map((each) => ({ value: each.id, label: text(each.name) }))]} />}
        </Field>
      </div>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={title.trim().length < 2 || zone === ''} onClick={() => void run()}>
          {t('hazards.report')}
        </Button>
      </div>
    </Dialog>
  );
};

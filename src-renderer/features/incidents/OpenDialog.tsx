import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IncidentKind, type IncidentRow } from '../../../src-shared/contract/index.ts';
import { useCommand, useDesk, usePlant } from '../../link/index.ts';
import { Button, Dialog, Field, Select, useText } from '../../ui/index.ts';

export const OpenDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const { model } = usePlant();
  const open = useCommand('incidents.open');
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<IncidentRow['kind']>('leak');
  const [zone, setZone] = useState('');
  const run = async () => {
    const outcome = await open({ title: title.trim(), kind, zone: zone === '' ? null : zone });
    if (!outcome.ok) return;
    onClose();
    desk.show('incidents', outcome.value.id);
  };
  return (
    <Dialog title={t('incidents.new')} closeWord={t('common.close')} onClose={onClose}>
      <Field label={t('incidents.name')}>{(id) => <input id={id} data-first className="input" maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && title.trim() !== '' && void run()} />}</Field>
      <div className="row-gap">
        <Field label={t('incidents.kind')}>{(id) => <Select id={id} label={t('incidents.kind')} value={kind} onChange={setKind} choices={IncidentKind.options.map((value) => ({ value, label: t(`incidents.kinds.${value}`) }))} />}</Field>
        <Field label={t('common.zone')}>
          {(id) => <Select id={id} label={t('common.zone')} value={zone} onChange={setZone} choices={[{ value: '', label: t('incidents.zoneNone') }, ...model.zones.map((each) => ({ value: each.id, label: text(each.name) }))]} />}
        </Field>
      </div>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={title.trim() === ''} onClick={() => void run()}>
          {t('incidents.new')}
        </Button>
      </div>
    </Dialog>
  );
};

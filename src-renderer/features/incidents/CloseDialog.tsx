import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../link/index.ts';
import { Button, Dialog, Field } from '../../ui/index.ts';

export const CloseDialog = ({ incident, onClose }: { readonly incident: string; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const close = useCommand('incidents.close');
  const [conclusion, setConclusion] = useState('');
  const run = async () => {
    const outcome = await close({ incident, conclusion: conclusion.trim() });
    if (outcome.ok) onClose();
  };
  return (
    <Dialog title={t('incidents.close')} closeWord={t('common.close')} onClose={onClose}>
      <Field label={t('incidents.conclusion')}>{(id) => <textarea id={id} data-first className="input" maxLength={4_000} value={conclusion} onChange={(event) => setConclusion(event.target.value)} />}</Field>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={conclusion.trim() === ''} onClick={() => void run()}>
          {t('incidents.close')}
        </Button>
      </div>
    </Dialog>
  );
};

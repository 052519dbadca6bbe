import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Field } from '../../ui/index.ts';

/** A decision that needs a reason on record. `run` resolves to whether it was taken. */
export const ReasonDialog = ({ title, children, run, onClose }: { readonly title: string; readonly children: ReactNode; readonly run: (reason: string) => Promise<boolean>; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const ready = reason.trim().length >= 3;
  const decide = async () => {
    if (await run(reason.trim())) onClose();
  };
  return (
    <Dialog title={title} closeWord={t('common.close')} onClose={onClose}>
      {children}
      <Field label={t('alarms.reason')}>
        {(id) => <input id={id} data-first className="input" value={reason} maxLength={200} placeholder={t('alarms.reasonRequired')} onChange={(event) => setReason(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && ready && void decide()} />}
      </Field>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={!ready} onClick={() => void decide()}>
          {title}
        </Button>
      </div>
    </Dialog>
  );
};

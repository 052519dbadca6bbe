import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../src-shared/plant/index.ts';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { settingAsideOf } from '../../../src-shared/plant/index.ts';
import { useActor, useCommand, useQuery } from '../../link/index.ts';
import { Button, Dialog, Field, PriorityMark, Segmented, useText } from '../../ui/index.ts';

const MINUTES = ['15', '30', '60', '120', '240', '480'] as const;
const REASONS = ['instrument', 'known', 'nuisance'] as const;

/** Shelving takes a reason and an expiry (ISA-18.2 §11.5); the station brings the alarm back by itself. */
export const ShelveDialog = ({ alarm, onClose }: { readonly alarm: AlarmRow; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const shelve = useCommand('alarms.shelve');
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>('30');
  const [reason, setReason] = useState('');
  const actor = useActor();
  const policy = useQuery('alarms.policy', {});
  const limit = actor === null || policy.state !== 'answered' ? null : settingAsideOf(policy.value, actor.role);
  const ready = reason.trim().length >= 3;
  const run = async () => {
    const outcome = await shelve({ id: alarm.id, minutes: Number(minutes), reason: reason.trim() });
    if (outcome.ok) onClose();
  };
  return (
    <Dialog title={t('alarms.shelveTitle')} closeWord={t('common.close')} onClose={onClose}>
      <p className="row-gap">
        <PriorityMark priority={alarm.priority} />
        <strong>{text(alarm.message)}</strong>
        <span className="dim">{text(alarm.place)}</span>
      </p>
      <Field label={t('alarms.shelveFor')}>{() => <Segmented label={t('alarms.shelveFor')} value={minutes} onChange={setMinutes} choices={MINUTES.filter((value) => limit === null || Number(value) <= limit.maxMinutes).map((value) => ({ value, label: t('alarms.minutes', { count: Number(value) }) }))} />}</Field>
      {limit !== null && actor !== null && <p className="dim">{t('alarms.limits', { role: t(`role.${actor.role as Role}`), minutes: limit.maxMinutes, most: limit.most, priorities: limit.priorities.join(' ') })}</p>}
      <Field label={t('alarms.shelveReason')}>
        {(id) => <input id={id} data-first className="input" value={reason} maxLength={200} placeholder={t('alarms.reasonRequired')} onChange={(event) => setReason(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && ready && void run()} />}
      </Field>
      <div className="row-gap" style={{ flexWrap: 'wrap' }}>
        {REASONS.map((each) => (
          <Button key={each} look="quiet" onClick={() => setReason(t(`alarms.reasons.${each}`))}>
            {t(`alarms.reasons.${each}`)}
          </Button>
        ))}
      </div>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={!ready} onClick={() => void run()}>
          {t('alarms.shelve')}
        </Button>
      </div>
    </Dialog>
  );
};

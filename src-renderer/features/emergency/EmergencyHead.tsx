import { Siren } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { useCommand, useDesk, useNow, usePlant } from '../../link/index.ts';
import { Button, Dialog, duration, Field, moment, Select, useActorWord, useLanguage, useText } from '../../ui/index.ts';
import { headcount } from './model.ts';

/** State, title, age, the three figures that count, and the two decisions. */
export const EmergencyHead = ({ emergency, all, onDeclare }: { readonly emergency: Emergency; readonly all: readonly Emergency[]; readonly onDeclare: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const actorWord = useActorWord();
  const language = useLanguage();
  const now = useNow();
  const desk = useDesk();
  const plant = usePlant();
  const confirm = useCommand('emergency.confirm');
  const [standingDown, setStandingDown] = useState(false);
  const count = headcount(emergency.muster);
  const open = emergency.state !== 'stood-down';
  return (
    <header className="emergency-head" data-state={emergency.state}>
      <Siren size="2.2rem" aria-hidden="true" />
      <div className="emergency-title">
        <h1 className="clip">
          <span data-testid="emergency-state">{t(`emergency.${emergency.state}`)}</span> · {text(emergency.title)}
        </h1>
        <p className="dim clip">
          {t(`emergency.kind.${emergency.kind}`)} · {text(plant.nameOf(emergency.zone))} · {t('emergency.since')} {moment(emergency.since, plant.model.site.timeZone, 'time')} · {t('emergency.elapsed')} {duration(now - emergency.since, language)}
          {emergency.confirmedBy !== null && ` · ${emergency.confirmedBy === 'system' ? t('emergency.byVote') : t('emergency.byPerson', { who: actorWord(emergency.confirmedBy) })}`}
        </p>
      </div>
      <Figure value={String(emergency.inside.length)} label={t('emergency.inside', { count: emergency.inside.length })} alarming={emergency.inside.length > 0} />
      <Figure value={`${String(count.arrived)}/${String(count.expected)}`} label={t('emergency.headcount')} />
      {all.length > 1 && <Select label={t('nav.emergency')} value={emergency.id} onChange={(id) => desk.show('emergency', id)} choices={all.map((each) => ({ value: each.id, label: `${text(each.title)} ${t(`emergency.${each.state}`)}` }))} />}
      {emergency.state === 'suspected' && (
        <Button look="main" onClick={() => void confirm({ id: emergency.id })} title={t('emergency.confirmHint')}>
          {t('emergency.confirm')}
        </Button>
      )}
      {open && <Button onClick={() => setStandingDown(true)}>{t('emergency.standDown')}</Button>}
      {!open && <Button onClick={onDeclare}>{t('emergency.declare')}</Button>}
      {standingDown && <StandDown id={emergency.id} onClose={() => setStandingDown(false)} />}
    </header>
  );
};

const Figure = ({ value, label, alarming = false }: { readonly value: string; readonly label: string; readonly alarming?: boolean }) => (
  <div className="emergency-figure" data-alarming={alarming || undefined}>
    <b>{value}</b>
    <span className="dim caption">{label}</span>
  </div>
);

const StandDown = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const standDown = useCommand('emergency.standDown');
  const [reason, setReason] = useState('');
  const run = async () => {
    const outcome = await standDown({ id, reason: reason.trim() });
    if (outcome.ok) onClose();
  };
  return (
    <Dialog title={t('emergency.standDown')} closeWord={t('common.close')} onClose={onClose}>
      <Field label={t('emergency.standDownReason')}>{(field) => <textarea id={field} data-first className="input" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={reason.trim() === ''} onClick={() => void run()}>
          {t('emergency.standDown')}
        </Button>
      </div>
    </Dialog>
  );
};

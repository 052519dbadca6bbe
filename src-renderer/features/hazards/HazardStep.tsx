import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HazardRow } from '../../../src-shared/contract/index.ts';
import { useCommand } from '../../link/index.ts';
import { Button, Field } from '../../ui/index.ts';
import { smallPicture } from './smallPicture.ts';

/** The next step of one hazard: assign, rectify, or accept and send back. */
export const HazardStep = ({ hazard }: { readonly hazard: HazardRow }) => {
  if (hazard.state === 'found') return <Assign id={hazard.id} />;
  if (hazard.state === 'assigned') return <Rectify id={hazard.id} />;
  return <Verify id={hazard.id} />;
};

const Assign = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const assign = useCommand('hazards.assign');
  const [assignee, setAssignee] = useState('');
  const [hours, setHours] = useState('48');
  const dueInHours = Number(hours);
  return (
    <form className="hazard-step" onSubmit={(event) => event.preventDefault()}>
      <Field label={t('hazards.assignee')}>{(field) => <input id={field} className="input" value={assignee} onChange={(event) => setAssignee(event.target.value)} />}</Field>
      <Field label={t('hazards.dueInHours')}>{(field) => <input id={field} className="input" type="number" min={1} max={2_160} value={hours} onChange={(event) => setHours(event.target.value)} />}</Field>
      <Button look="main" disabled={assignee.trim() === '' || !(dueInHours >= 1)} onClick={() => void assign({ id, assignee: assignee.trim(), dueInHours })}>
        {t('hazards.assign')}
      </Button>
    </form>
  );
};

const Rectify = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const rectify = useCommand('hazards.rectify');
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<File | null>(null);
  const run = async () => void (await rectify({ id, note: note.trim(), photo: photo === null ? null : await smallPicture(photo) }));
  return (
    <div className="hazard-step">
      <Field label={t('hazards.note')}>{(field) => <textarea id={field} className="input" value={note} maxLength={1_000} onChange={(event) => setNote(event.target.value)} />}</Field>
      <Field label={t('hazards.photo')}>{(field) => <input id={field} className="input" type="file" accept="image/*" onChange={(event) => setPhoto(event.target.files?.[0] ?? null)} />}</Field>
      <Button look="main" disabled={note.trim().length < 2} onClick={() => void run()}>
        {t('hazards.rectify')}
      </Button>
    </div>
  );
};

const Verify = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const verify = useCommand('hazards.verify');
  const [note, setNote] = useState('');
  return (
    <div className="hazard-step">
      <Field label={t('hazards.note')}>{(field) => <textarea id={field} className="input" value={note} maxLength={1_000} onChange={(event) => setNote(event.target.value)} />}</Field>
      <p className="caption dim">{t('hazards.fourEyes')}</p>
      <div className="row-gap">
        <Button look="main" onClick={() => void verify({ id, accepted: true, note: note.trim() })}>
          {t('hazards.accept')}
        </Button>
        <Button onClick={() => void verify({ id, accepted: false, note: note.trim() })}>{t('hazards.reject')}</Button>
      </div>
    </div>
  );
};

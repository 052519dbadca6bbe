import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AlarmTuning, type AlarmReplay, type AlarmRow } from '../../../src-shared/contract/index.ts';
import { HOUR } from '../../../src-shared/kernel/index.ts';
import type { AlarmSetting } from '../../../src-shared/plant/index.ts';
import { useCommand, useLink, usePlant, useQuery, useValue } from '../../link/index.ts';
import { Button, Dialog, duration, Field, moment, number, Segmented, unitWord, useLanguage, useText } from '../../ui/index.ts';
import './tune.css';

const HOURS = ['8', '24', '168'] as const;
const COMMON = ['limit', 'deadband', 'onDelayS', 'offDelayS'] as const;
const OF_COUNT = ['times', 'withinS'] as const;
type FieldName = (typeof COMMON)[number] | (typeof OF_COUNT)[number];
type Typed = Readonly<Partial<Record<FieldName, string>>>;
const UNITS: Readonly<Record<FieldName, 'own' | 's' | ''>> = { limit: 'own', deadband: 'own', onDelayS: 's', offDelayS: 's', times: '', withinS: 's' };

/** Tries other settings of one alarm on the site's own history before they are saved. */
export const TuneDialog = ({ alarm, setting, onClose }: { readonly alarm: AlarmRow; readonly setting: AlarmSetting; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const link = useLink();
  const plant = usePlant();
  const timeZone = plant.model.site.timeZone;
  const state = useValue('alarms.settings');
  const tune = useCommand('alarms.tune');
  const fields: readonly FieldName[] = setting.kind === 'COUNT' ? [...COMMON, ...OF_COUNT] : COMMON;
  const [hours, setHours] = useState<(typeof HOURS)[number]>('24');
  const [typed, setTyped] = useState<Typed>(Object.fromEntries(fields.map((field) => [field, String(setting[field] ?? '')])));
  const [reason, setReason] = useState('');
  const tuning = tuningOf(typed, fields);
  const [period] = useState(() => link.now());
  const input = useMemo(() => ({ alarm: alarm.id, from: period - Number(hours) * HOUR, to: period }), [alarm.id, period, hours]);
  const answer = useQuery('alarms.replay', tuning === null ? null : { ...input, tuning });
  const changed = tuning !== null && fields.some((field) => tuning[field] !== setting[field]);
  const word = { 8: t('detail.shift'), 24: t('detail.day'), 168: t('detail.week') } as const;
  const unit = unitWord(setting.kind === 'RATE' ? alarm.unit : (plant.tag(alarm.tag)?.unit ?? alarm.unit));
  const unitOf = (field: FieldName) => (UNITS[field] === 'own' ? ` (${unit})` : UNITS[field] === '' ? '' : ' (s)');
  const save = async () => {
    if (tuning === null || state === undefined) return;
    if ((await tune({ alarm: alarm.id, tuning, reason: reason.trim(), revision: state.revision })).ok) onClose();
  };
  const seen = tuning !== null && answer.state === 'answered' ? answer.value : null;
  return (
    <Dialog title={t('tune.title')} closeWord={t('common.close')} onClose={onClose} wide>
      <p>
        <strong>{text(alarm.message)}</strong> <span className="dim">{text(alarm.place)}</span>
      </p>
      <div className="tune-fields">
        {fields.map((field) => (
          <Field key={field} label={`${t(`tune.${field}`)}${unitOf(field)}`}>
            {(id) => <input id={id} className="input" inputMode="decimal" value={typed[field] ?? ''} aria-invalid={tuning === null || undefined} onChange={(event) => setTyped({ ...typed, [field]: event.target.value })} />}
          </Field>
        ))}
      </div>
      <div className="row-gap">
        <Segmented label={t('common.time')} value={hours} onChange={setHours} choices={HOURS.map((value) => ({ value, label: word[value] }))} />
        <span className="dim">
          {tuning === null ? t('tune.notNumbers') : seen === null ? t('common.loading') : seen.samples === 0 ? t('common.noData') : t('tune.read', { samples: number(seen.samples), from: moment(seen.from, timeZone, 'dateTime'), to: moment(seen.to, timeZone, 'dateTime') })}
        </span>
      </div>
      {seen !== null && (
        <div className="tune-result" data-testid="tune-result">
          <Outcome title={t('tune.current')} of={seen.current} from={seen.from} to={seen.to} />
          <Outcome title={t('tune.tuned')} of={seen.tuned} from={seen.from} to={seen.to} />
        </div>
      )}
      <Field label={t('tune.reason')}>{(id) => <input id={id} className="input" value={reason} maxLength={200} placeholder={t('alarms.reasonRequired')} onChange={(event) => setReason(event.target.value)} />}</Field>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={!changed || reason.trim().length < 3} onClick={() => void save()}>
          {t('tune.save')}
        </Button>
      </div>
    </Dialog>
  );
};

/** What was typed; null while any of it is no number the station would take. */
const tuningOf = (typed: Typed, fields: readonly FieldName[]): AlarmTuning | null => {
  const parsed = AlarmTuning.safeParse(Object.fromEntries(fields.map((field) => [field, (typed[field] ?? '').trim() === '' ? undefined : Number(typed[field])])));
  return parsed.success ? parsed.data : null;
};

const Outcome = ({ title, of: { raised, fleeting, chattering, activeMs, episodes }, from, to }: { readonly title: string; readonly of: AlarmReplay; readonly from: number; readonly to: number }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const span = Math.max(1, to - from);
  return (
    <>
      <b>{title}</b>
      <span>{t('tune.raised', { count: raised })}</span>
      <span>{t('performance.fleets', { count: fleeting })}</span>
      <span>{chattering ? t('performance.chatters') : ''}</span>
      <span>{t('tune.active', { time: duration(activeMs, language) })}</span>
      <svg className="tune-episodes" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label={`${title}: ${t('tune.raised', { count: raised })}`}>
        {episodes.map((episode) => (
          <rect key={episode.from} x={((episode.from - from) / span) * 1_000} width={Math.max(1, (((episode.to ?? to) - episode.from) / span) * 1_000)} y={0} height={10} />
        ))}
      </svg>
    </>
  );
};

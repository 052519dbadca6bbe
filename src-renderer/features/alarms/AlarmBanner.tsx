import { BellOff, BellRing, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { useCommand, useDesk, useNow, useTable, useTableReady, useValue } from '../../link/index.ts';
import { Button, duration, number, PriorityMark, useLanguage, useText, type Priority } from '../../ui/index.ts';
import { isShelved, isUnacknowledged, LOOK, worstOf } from './model.ts';
import { Reading } from './Reading.tsx';
import { useAlarmSound } from './useAlarmSound.ts';
import { useAcknowledge } from './useAcknowledge.ts';
import './banner.css';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];

/** The alarm half of the banner: worst unacknowledged alarm, counts by priority, flood, sound (screens.md rule 3). */
export const AlarmBanner = () => {
  const rows = useTable('alarms.active');
  const ready = useTableReady('alarms.active');
  const annunciator = useValue('alarms.annunciator');
  const named = annunciator?.worst ?? null;
  const worst = (named === null ? undefined : rows.find((row) => row.id === named && isUnacknowledged(row))) ?? worstOf(rows);
  return (
    <>
      {worst === null ? <Quiet ready={ready} /> : <Worst alarm={worst} />}
      <Counts rows={rows} />
      <SetAside />
      <Flood />
      <Overdue />
      <Unheard />
      <Sound />
    </>
  );
};

const Quiet = ({ ready }: { readonly ready: boolean }) => {
  const { t } = useTranslation();
  return (
    <div className="banner-worst" data-quiet role="status">
      <span className="banner-message dim">{ready ? t('banner.quiet') : t('banner.waiting')}</span>
    </div>
  );
};

const Worst = ({ alarm }: { readonly alarm: AlarmRow }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const desk = useDesk();
  const acknowledge = useAcknowledge();
  return (
    <div className="banner-worst" role="alert" data-testid="banner-worst" data-alarm={alarm.id}>
      <PriorityMark priority={alarm.priority} look={LOOK[alarm.state]} size="2.2rem" />
      <button type="button" className="banner-open" onClick={() => desk.show('alarms', alarm.id)}>
        <span className="banner-message clip">{text(alarm.message)}</span>
        <span className="banner-place dim clip">
          {t(`priority.p${alarm.priority}`)} · {text(alarm.place)}
          {Number.isFinite(alarm.value) && (
            <>
              {' · '}
              <Reading of={alarm} />
            </>
          )}
        </span>
      </button>
      <span className="banner-age" title={t('alarms.age')}>
        {duration(now - alarm.raisedAt, language)}
      </span>
      <Button look="main" hotkey="A" onClick={() => void acknowledge([alarm.id])}>
        {t('banner.acknowledge')}
      </Button>
    </div>
  );
};

const Counts = ({ rows }: { readonly rows: readonly AlarmRow[] }) => {
  const { t } = useTranslation();
  const desk = useDesk();
  const counts = countsOf(rows);
  return (
    <button type="button" className="banner-counts" onClick={() => desk.show('alarms')} data-testid="banner-counts">
      {PRIORITIES.map((priority, index) => {
        const { open, active } = counts[index]!;
        return (
          <span key={priority} data-none={active === 0 || undefined} title={t('banner.counts', { word: t(`priority.p${priority}`), open, active })}>
            <PriorityMark priority={priority} look={active === 0 ? 'rest' : open > 0 ? 'unacknowledged' : 'acknowledged'} size="1.3rem" />
            <b data-testid={`count-${String(priority)}`}>{active}</b>
          </span>
        );
      })}
    </button>
  );
};

/** How many alarms of each priority are on the list, and how many of them are unacknowledged. */
const countsOf = (rows: readonly AlarmRow[]): readonly { readonly open: number; readonly active: number }[] => {
  const counts = PRIORITIES.map(() => ({ open: 0, active: 0 }));
  for (const row of rows) {
    if (isShelved(row)) continue;
    const of = counts[row.priority - 1]!;
    of.active += 1;
    if (isUnacknowledged(row)) of.open += 1;
  }
  return counts;
};

/** How many alarms are on none of the lists above, by a decision or by design: nothing is hidden. */
const SetAside = () => {
  const { t } = useTranslation();
  const desk = useDesk();
  const annunciator = useValue('alarms.annunciator');
  if (annunciator === undefined || annunciator.shelved + annunciator.suppressed + annunciator.outOfService === 0) return null;
  const { shelved, suppressed, outOfService } = annunciator;
  return (
    <button type="button" className="banner-aside dim" title={t('banner.setAsideHint')} data-testid="set-aside" onClick={() => desk.show('alarms')}>
      {t('banner.setAside', { shelved, suppressed, outOfService })}
    </button>
  );
};

/** Nobody confirms that the alarm sounds. */
const Unheard = () => {
  const { t } = useTranslation();
  const heard = useValue('alarms.annunciator')?.heard;
  if (heard !== 'station' && heard !== 'nobody') return null;
  return (
    <span className="banner-flood" data-overdue={heard === 'station' || undefined} data-testid="unheard">
      <b>{t('banner.noVoice')}</b>
      <small>{t(`banner.heardBy.${heard}`)}</small>
    </span>
  );
};

const Flood = () => {
  const { t } = useTranslation();
  const annunciator = useValue('alarms.annunciator');
  if (annunciator?.flood !== true) return null;
  return (
    <span className="banner-flood" data-testid="flood" title={t('banner.floodRate', { rate: number(annunciator.ratePer10Min) })}>
      <b>{t('banner.flood')}</b>
      <small>{t('banner.floodRate', { rate: number(annunciator.ratePer10Min) })}</small>
    </span>
  );
};

/** What nobody has acknowledged for a quarter of an hour (screens.md rule 7). */
const Overdue = () => {
  const { t } = useTranslation();
  const overdue = useValue('alarms.annunciator')?.overdue ?? 0;
  if (overdue === 0) return null;
  return (
    <span className="banner-flood" data-overdue data-testid="overdue">
      <b>{t('banner.overdue', { count: overdue })}</b>
      <small>{t('banner.overdueFor')}</small>
    </span>
  );
};

const Sound = () => {
  const { t } = useTranslation();
  const sound = useAlarmSound();
  const silence = useCommand('alarms.silence');
  const heard = useValue('alarms.annunciator')?.heard;
  if (sound.state === 'quiet') return null;
  if (sound.state === 'blocked') {
    return (
      <Button onClick={sound.unlock}>
        <VolumeX size="1.2em" aria-hidden="true" />
        {t('banner.soundOff')}
      </Button>
    );
  }
  const silenced = sound.state === 'silenced';
  return (
    <Button data-testid="sound" data-heard={heard} data-voice={sound.state} pressed={silenced} hotkey="S" disabled={silenced} onClick={() => void silence({})}>
      {silenced ? <BellOff size="1.2em" aria-hidden="true" /> : <BellRing size="1.2em" aria-hidden="true" />}
      {silenced ? t('banner.silenced') : t('banner.silence')}
    </Button>
  );
};

import { ArrowRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import type { Text } from '../../../src-shared/kernel/index.ts';
import { useCommand, useNow, usePlant, useTable } from '../../link/index.ts';
import { Button, duration, moment, Panel, PriorityMark, useLanguage, useText } from '../../ui/index.ts';
import { isShelved, isUnacknowledged, LOOK } from './model.ts';
import { OperationDialog } from './OutOfOperation.tsx';
import { Reading } from './Reading.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { TuneDialog } from './TuneDialog.tsx';
import { useAcknowledge } from './useAcknowledge.ts';

/** What one alarm means and what to do (ISA-18.2 alarm response): cause, consequence, action, time left, trend. */
export const AlarmGuidance = ({ alarm, onShelve, onGoTo, trend }: { readonly alarm: AlarmRow; readonly onShelve: () => void; readonly onGoTo: () => void; readonly trend: ReactNode }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const plant = usePlant();
  const acknowledge = useAcknowledge();
  const unshelve = useCommand('alarms.unshelve');
  const takeOut = useCommand('alarms.takeOutOfService');
  const returnToService = useCommand('alarms.returnToService');
  const isOut = useTable('alarms.outOfOperation').some(({ equipment }) => equipment === alarm.equipment);
  const [deciding, setDeciding] = useState<'out-of-service' | 'equipment' | null>(null);
  const [tuning, setTuning] = useState(false);
  const setting = plant.tag(alarm.tag)?.alarms.find(({ kind }) => kind === alarm.kind);
  const zone = plant.model.site.timeZone;
  const left = alarm.respondWithinS === null ? null : alarm.raisedAt + alarm.respondWithinS * 1_000 - now;
  return (
    <Panel className="alarm-guidance" fill title={t('alarms.guidance')} aside={<span className="caption">{alarm.id}</span>}>
      <div className="stack">
        <div className="alarm-headline">
          <PriorityMark priority={alarm.priority} look={LOOK[alarm.state]} size="2rem" />
          <div>
            <h3>{text(alarm.message)}</h3>
            <p className="dim">{text(alarm.place)}</p>
          </div>
        </div>
        <div className="alarm-actions">
          {isShelved(alarm) ? (
            <>
              {alarm.state === 'shelved' && <Button onClick={() => void unshelve({ id: alarm.id })}>{t('alarms.unshelve')}</Button>}
              {alarm.state === 'out-of-service' && alarm.source === null && <Button onClick={() => void returnToService({ ids: [alarm.id] })}>{t('alarms.returnToService')}</Button>}
            </>
          ) : (
            <>
              <Button look="main" hotkey="A" disabled={!isUnacknowledged(alarm)} onClick={() => void acknowledge([alarm.id])}>
                {t('alarms.acknowledge')}
              </Button>
              <Button hotkey="H" onClick={onShelve}>
                {t('alarms.shelve')}
              </Button>
            </>
          )}
          <Button hotkey="G" onClick={onGoTo}>
            <ArrowRight size="1.1em" aria-hidden="true" />
            {t('alarms.goTo')}
          </Button>
          {setting !== undefined && alarm.state !== 'out-of-service' && (
            <Button look="quiet" onClick={() => setDeciding('out-of-service')}>
              {t('alarms.takeOut')}
            </Button>
          )}
          {setting !== undefined && !isOut && (
            <Button look="quiet" onClick={() => setDeciding('equipment')}>
              {t('alarms.equipmentOut')}
            </Button>
          )}
          {setting !== undefined && setting.kind !== 'DISCRETE' && (
            <Button look="quiet" onClick={() => setTuning(true)}>
              {t('tune.open')}
            </Button>
          )}
        </div>
        <dl className="facts">
          <dt>{t('common.state')}</dt>
          <dd>
            {t(`alarmState.${alarm.state}`)}
            {alarm.shelvedUntil !== null && ` ${t('alarms.until', { time: moment(alarm.shelvedUntil, zone, 'minute') })}`}
          </dd>
          <dt>{t('alarms.value')}</dt>
          <dd>
            <Reading of={alarm} />
          </dd>
          <dt>{t('alarms.raised')}</dt>
          <dd>
            {moment(alarm.raisedAt, zone, 'time')} <span className="dim">({duration(now - alarm.raisedAt, language)})</span>
          </dd>
          {alarm.acknowledgedBy !== null && (
            <>
              <dt>{t('alarms.by')}</dt>
              <dd>
                {alarm.acknowledgedBy} {alarm.acknowledgedAt !== null && <span className="dim">{moment(alarm.acknowledgedAt, zone, 'time')}</span>}
              </dd>
            </>
          )}
          {left !== null && (
            <>
              <dt>{t('alarms.respond')}</dt>
              <dd data-over={left < 0 || undefined}>{left >= 0 ? t('alarms.respondLeft', { time: duration(left, language) }) : t('alarms.respondOver', { time: duration(-left, language) })}</dd>
            </>
          )}
          <Fact name={t('alarms.shelveReason')} of={alarm.shelveReason === null ? null : [alarm.shelveReason, alarm.shelvedBy].filter((part) => part !== null).join(' · ')} />
          <Fact name={t('alarms.why')} of={alarm.suppressedBy === null ? null : text(alarm.suppressedBy)} />
          <Fact name={t('alarms.outOfService')} of={alarm.outOfServiceReason === null ? null : [alarm.outOfServiceReason, alarm.outOfServiceBy].filter((part) => part !== null).join(' · ')} />
          <Fact name={t('alarms.source')} of={alarm.source === null ? null : alarm.isStale ? `${alarm.source} · ${t('alarms.stale')}` : alarm.source} />
          <Fact name={t('alarms.group')} of={alarm.group === null ? null : [alarm.group, ...(alarm.firstOut === null ? [] : [t('alarms.firstOutOf', { alarm: alarm.firstOut })])].join(' · ')} />
          <Fact name={t('alarms.suppressRule')} of={setting?.suppressWhen ?? null} />
          <Fact name={t('alarms.class')} of={setting?.class === undefined ? null : t(`alarms.classes.${setting.class}`)} />
          <Fact name={t('alarms.reviewedOn')} of={setting?.reviewedOn ?? null} />
        </dl>
        <Guidance title={t('alarms.action')} body={alarm.action} strong />
        <Guidance title={t('alarms.cause')} body={alarm.cause} />
        <Guidance title={t('alarms.consequence')} body={alarm.consequence} />
        <Guidance title={t('alarms.basis')} body={setting?.basis ?? null} />
        {trend}
        {deciding === 'out-of-service' && (
          <ReasonDialog title={t('alarms.takeOutTitle')} run={async (reason) => (await takeOut({ ids: [alarm.id], reason })).ok} onClose={() => setDeciding(null)}>
            <p>
              <strong>{text(alarm.message)}</strong> <span className="dim">{text(alarm.place)}</span>
            </p>
            <p className="dim">{t('alarms.takeOutHint')}</p>
          </ReasonDialog>
        )}
        {deciding === 'equipment' && <OperationDialog equipment={alarm.equipment} inOperation={false} onClose={() => setDeciding(null)} />}
        {tuning && setting !== undefined && <TuneDialog key={alarm.id} alarm={alarm} setting={setting} onClose={() => setTuning(false)} />}
      </div>
    </Panel>
  );
};

const Fact = ({ name, of }: { readonly name: string; readonly of: string | null }) =>
  of !== null && (
    <>
      <dt>{name}</dt>
      <dd>{of}</dd>
    </>
  );

const Guidance = ({ title, body, strong = false }: { readonly title: string; readonly body: Text | null; readonly strong?: boolean }) => {
  const text = useText();
  if (body === null) return null;
  return (
    <div className="alarm-guide" data-strong={strong || undefined}>
      <h4>{title}</h4>
      <p className="selectable">{text(body)}</p>
    </div>
  );
};

import { memo, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HOUR } from '../../../src-shared/kernel/index.ts';
import { useDesk, useNow, usePlant, useQuery, useTable } from '../../link/index.ts';
import { moment, useText } from '../../ui/index.ts';
import { alarmBins, forecastBars, incidentBars, inLanes, permitBars, stripWindow } from './stripModel.ts';
import './overview.css';

const STEP = 30_000;
/** Ten minutes a bin. */
const BINS = 144;

/** 24 hours on one line of time: alarms by priority, incidents, permits, and what is forecast. */
export const TimeStrip = () => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const { timeZone } = usePlant().model.site;
  const now = Math.floor(useNow(STEP) / STEP) * STEP;
  const window = useMemo(() => stripWindow(now), [now]);
  const nowAt = (now - window.from) / (window.to - window.from);
  const incidents = incidentBars(useTable('incidents.incidents'), window, now);
  const permits = inLanes(permitBars(useTable('permits.permits'), window), 3);
  const forecast = forecastBars([...useTable('inference.warnings'), ...useTable('risk.warnings')], window, now);
  return (
    <section className="time-strip" aria-label={t('strip.title')} data-testid="strip">
      <Row label={t('strip.alarms')} tall>
        <AlarmBars from={window.from} to={window.to} />
      </Row>
      <Row label={t('strip.incidents')}>
        {incidents.map((bar) => (
          <StripButton key={bar.id} bar={bar} look="incident" onClick={() => desk.show('incidents', bar.id)}>
            {text(bar.incident.title)}
          </StripButton>
        ))}
      </Row>
      <Row label={t('strip.permits')} lanes={permits.length}>
        {permits.map((lane, index) =>
          lane.map((bar) => (
            <StripButton key={bar.id} bar={bar} look={bar.permit.state} lane={index} lanes={permits.length} onClick={() => desk.show('permits', bar.id)}>
              {t(`permits.kinds.${bar.permit.kind}`)} {text(bar.permit.title)}
            </StripButton>
          )),
        )}
      </Row>
      <Row label={t('strip.forecast')}>
        {forecast.near.map((bar) => (
          <StripButton key={bar.id} bar={bar} look="planned" onClick={() => desk.open(bar.warning.equipment === null ? { kind: 'zone', id: bar.warning.zone } : { kind: 'equipment', id: bar.warning.equipment })}>
            {text(bar.warning.title)}
          </StripButton>
        ))}
        {forecast.later > 0 && (
          <span className="strip-later dim">
            {t('overview.next15')} ×{forecast.later} →
          </span>
        )}
      </Row>
      <div className="strip-axis" aria-hidden="true">
        <span className="strip-label" />
        <div className="strip-track">
          {ticks(window).map((at) => (
            <span key={at} className="strip-tick dim" style={{ left: `${String(((at - window.from) / (window.to - window.from)) * 100)}%` }}>
              {moment(at, timeZone, 'minute')}
            </span>
          ))}
        </div>
      </div>
      <div className="strip-now" style={{ ['--now' as string]: nowAt }} aria-hidden="true">
        <span>{t('strip.now')}</span>
      </div>
    </section>
  );
};

const ticks = ({ from, to }: { readonly from: number; readonly to: number }): readonly number[] => {
  const list: number[] = [];
  for (let at = Math.ceil(from / (2 * HOUR)) * 2 * HOUR; at < to; at += 2 * HOUR) list.push(at);
  return list;
};

const Row = ({ label, children, tall = false, lanes = 1 }: { readonly label: string; readonly children: ReactNode; readonly tall?: boolean; readonly lanes?: number }) => (
  <div className="strip-row" data-tall={tall || undefined} style={{ ['--lanes' as string]: Math.max(1, lanes) }}>
    <span className="strip-label dim">{label}</span>
    <div className="strip-track">{children}</div>
  </div>
);

const StripButton = ({ bar, look, children, onClick, lane = 0, lanes = 1 }: { readonly bar: { readonly start: number; readonly end: number }; readonly look: string; readonly children: ReactNode; readonly onClick: () => void; readonly lane?: number; readonly lanes?: number }) => (
  <button
    type="button"
    className="strip-bar clip"
    data-look={look}
    data-narrow={(look === 'incident' && bar.end - bar.start < 0.06) || undefined}
    style={{ left: `${String(bar.start * 100)}%`, width: `max(3px, ${String((bar.end - bar.start) * 100)}%)`, top: `${String((lane / Math.max(1, lanes)) * 100)}%`, height: `calc(${String(100 / Math.max(1, lanes))}% - 1px)` }}
    onClick={onClick}
  >
    <span>{children}</span>
  </button>
);

const AlarmBars = memo(({ from, to }: { readonly from: number; readonly to: number }) => {
  const { t } = useTranslation();
  const raised = useTable('alarms.active').length;
  const answer = useQuery('alarms.journal', useMemo(() => ({ from, to, limit: 5_000 }), [from, to]), raised);
  const bins = useMemo(() => alarmBins(answer.state === 'answered' ? answer.value : [], { from, to, bins: BINS }), [answer, from, to]);
  const most = Math.max(4, ...bins.map((bin) => bin.reduce((sum, count) => sum + count, 0)));
  return (
    <svg className="alarm-bins" viewBox={`0 0 ${String(BINS)} 100`} preserveAspectRatio="none" role="img" aria-label={t('strip.alarms')}>
      {bins.flatMap((bin, index) => {
        let top = 100;
        return [0, 1, 2, 3].map((priority) => {
          const height = ((bin[priority] ?? 0) / most) * 100;
          top -= height;
          return height > 0 ? <rect key={`${String(index)}/${String(priority)}`} x={index + 0.1} width={0.8} y={top} height={height} fill={`var(--p${String(priority + 1)})`} /> : null;
        });
      })}
    </svg>
  );
});

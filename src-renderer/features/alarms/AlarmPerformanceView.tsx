import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmPerformance } from '../../../src-shared/contract/index.ts';
import { HOUR } from '../../../src-shared/kernel/index.ts';
import { useDesk, useLink, usePlant, useQuery } from '../../link/index.ts';
import { Empty, moment, number, percent, PriorityMark, Segmented, significant, useText, type Priority } from '../../ui/index.ts';
import { figuresOf, sharesOf, verdictOf, type Figure, type Verdict } from './performance.ts';
import './performance.css';

const HOURS = ['8', '24', '168', '720'] as const;
const BANDS = ['0', '1', '2', '3–5', '6–10', '> 10'] as const;

/** How well the alarm system serves its operator (ISA-18.2 §16): key figures of a time beside what is recommended. */
export const AlarmPerformanceView = () => {
  const { t } = useTranslation();
  const link = useLink();
  const timeZone = usePlant().model.site.timeZone;
  const [hours, setHours] = useState<(typeof HOURS)[number]>('8');
  const input = useMemo(() => ({ from: link.now() - Number(hours) * HOUR, to: link.now() }), [link, hours]);
  const answer = useQuery('alarms.performance', input);
  const word = { 8: t('detail.shift'), 24: t('detail.day'), 168: t('detail.week'), 720: t('performance.month') } as const;
  return (
    <div className="performance">
      <div className="performance-head">
        <Segmented label={t('common.time')} value={hours} onChange={setHours} choices={HOURS.map((value) => ({ value, label: word[value] }))} />
        {answer.state === 'answered' && (
          <span className="dim">
            {moment(answer.value.from, timeZone, 'dateTime')} – {moment(answer.value.to, timeZone, 'dateTime')} · {t('performance.raised', { count: answer.value.raised })}
          </span>
        )}
      </div>
      {answer.state === 'answered' ? <Figures of={answer.value} /> : <Empty>{answer.state === 'asking' ? t('common.loading') : t('performance.failed')}</Empty>}
    </div>
  );
};

const Figures = ({ of }: { readonly of: AlarmPerformance }) => {
  const { t } = useTranslation();
  const timeZone = usePlant().model.site.timeZone;
  const rates = sharesOf(of.distribution);
  const priorities = sharesOf(of.byPriority);
  return (
    <div className="performance-grid" data-testid="performance">
      <section>
        <h3>{t('performance.figures')}</h3>
        <p className="dim">{t('performance.signs')}</p>
        {figuresOf(of).map((figure) => (
          <FigureBar key={figure.name} figure={figure} note={figure.name === 'peak' && of.peakAt !== null ? moment(of.peakAt, timeZone, 'dateTime') : null} />
        ))}
      </section>
      <section>
        <h3>{t('performance.distribution')}</h3>
        {BANDS.map((band, index) => (
          <Bar key={band} label={band} share={rates[index] ?? 0} targets={index === 5 ? [of.targets.flood.limit] : []} verdict={index === 5 && (rates[index] ?? 0) > of.targets.flood.limit ? 'above-limit' : 'good'} figure={`${percent(rates[index] ?? 0, 1)} · ${number(of.distribution[index] ?? 0)}`} />
        ))}
        <p className="dim">{t('performance.distributionHint', { share: percent(of.targets.flood.limit, 1) })}</p>
        <h3>{t('performance.priorities')}</h3>
        {([1, 2, 3, 4] as const).map((priority) => (
          <PriorityBar key={priority} priority={priority} share={priorities[priority - 1] ?? 0} count={of.byPriority[priority - 1] ?? 0} target={of.targets.priorities[priority - 1] ?? 0} />
        ))}
        <p className="dim" title={t('performance.source.priorities')}>{t('performance.prioritiesHint', { p1: percent(of.targets.priorities[0]), p2: percent(of.targets.priorities[1]), p3: percent(of.targets.priorities[2]), p4: percent(of.targets.priorities[3]) })}</p>
      </section>
      <Top of={of} />
    </div>
  );
};

const FigureBar = ({ figure, note }: { readonly figure: Figure; readonly note: string | null }) => {
  const { t } = useTranslation();
  const { name, value, target, limit, isOwn, scale, isShare } = figure;
  const words = (of: number) => (isShare ? percent(of, of < 0.1 && !Number.isInteger(of * 100) ? 1 : 0) : Number.isInteger(of) ? number(of) : significant(of));
  return (
    <Bar
      label={
        <>
          <span title={`${t(`performance.source.${name}`)}${isOwn ? ` ${t('performance.own')}` : ''}`}>
            {t(`performance.name.${name}`)}
            {isOwn && '*'}
          </span> {note !== null && <small className="dim">{note}</small>}
        </>
      }
      share={value / scale}
      targets={target === limit ? [target / scale] : [target / scale, limit / scale]}
      verdict={verdictOf(figure)}
      figure={`${words(value)} / ${words(target)}${target === limit ? '' : ` (${words(limit)})`}`}
    />
  );
};

const PriorityBar = ({ priority, share, count, target }: { readonly priority: Priority; readonly share: number; readonly count: number; readonly target: number }) => {
  const { t } = useTranslation();
  return (
    <Bar
      label={
        <>
          <PriorityMark priority={priority} look="acknowledged" /> {t(`priority.p${priority}`)}
        </>
      }
      share={share}
      targets={[target]}
      verdict={priority < 4 && share > target ? 'above-target' : 'good'}
      figure={`${percent(share, 1)} · ${number(count)}`}
    />
  );
};

const SIGNS: Readonly<Record<Verdict, string>> = { good: '', 'above-target': '▲', 'above-limit': '■' };

/** A share of its width with ticks where target and limit lie; beyond them the figure is marked by a sign, not by colour alone. */
const Bar = ({ label, share, targets, verdict, figure }: { readonly label: ReactNode; readonly share: number; readonly targets: readonly number[]; readonly verdict: Verdict; readonly figure: string }) => (
  <div className="performance-bar" data-beyond={verdict === 'good' ? undefined : verdict}>
    <span className="performance-label">{label}</span>
    <span className="performance-track" aria-hidden="true">
      <span className="performance-fill" style={{ width: `${String(Math.min(1, share) * 100)}%` }} />
      {targets.map((target) => (
        <span key={target} className="performance-target" style={{ left: `${String(Math.min(1, target) * 100)}%` }} />
      ))}
    </span>
    <span className="number">
      {verdict !== 'good' && <b>{SIGNS[verdict]} </b>}
      {figure}
    </span>
  </div>
);

const Top = ({ of: { top, raised } }: { readonly of: AlarmPerformance }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  return (
    <section>
      <h3>{t('performance.top')}</h3>
      {top.length === 0 && <Empty>{t('performance.none')}</Empty>}
      <ol className="short-list">
        {top.map(({ alarm, message, priority, raised: own, chattering, fleeting }) => (
          <li key={alarm}>
            <button type="button" className="short-row" title={alarm} onClick={() => desk.show('alarms', alarm)}>
              <PriorityMark priority={priority} look="acknowledged" />
              <span className="clip">{text(message)}</span>
              <span className="dim push">
                {chattering && `${t('performance.chatters')} `}
                {fleeting > 0 && t('performance.fleets', { count: fleeting })}
              </span>
              <span className="number">
                {number(own)} · {percent(own / Math.max(1, raised), 0)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
};

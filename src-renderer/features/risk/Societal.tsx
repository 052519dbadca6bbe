import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlant, useValue } from '../../link/index.ts';
import { Empty, moment, number, percent, scientific } from '../../ui/index.ts';
import { FnPlot } from './FnPlot.tsx';
import './risk.css';

const SOURCES = ['frequencies', 'factors', 'ignition', 'toxic', 'heat', 'blast', 'buildings', 'escalation', 'criteria'] as const;

/** Societal risk from where people are now, against the criteria: F–N, deaths to be expected a year, and in which region it lies. */
export const Societal = () => {
  const { t } = useTranslation();
  const { timeZone } = usePlant().model.site;
  const risk = useValue('risk.societal');
  const causes = useValue('risk.field')?.causes ?? [];
  if (risk === undefined || risk === null) return <Empty>{t('rescue.noField')}</Empty>;
  return (
    <div className="societal" data-testid="societal" data-region={risk.region}>
      <div className="stack">
        <FnPlot risk={risk} />
        <p className="dim caption">{t('societal.basis')}</p>
      </div>
      <dl className="facts">
        <dt>{t('societal.judged')}</dt>
        <dd>
          <strong>{t(`societal.region.${risk.region}`)}</strong>
        </dd>
        <dt>{t('societal.pll')}</dt>
        <dd>
          <strong>{scientific(risk.pll)}</strong> {t('societal.perYear')}
        </dd>
        <dt>{t('societal.people')}</dt>
        <dd>
          {t('societal.counted', { people: number(risk.people), indoors: number(risk.indoors) })} · {moment(risk.at, timeZone, 'time')}
        </dd>
        <dt>{t('societal.outside')}</dt>
        <dd data-outside={risk.outside?.region}>
          {risk.outside === null ? t('societal.outsideUnknown') : <><strong>{t(`societal.region.${risk.outside.region}`)}</strong> · {t('societal.outsideOf', { people: number(risk.outside.people), pll: scientific(risk.outside.pll) })}</>}
        </dd>
        <dt>{t('societal.causes')}</dt>
        <dd>{causes.map(({ cause, share }) => `${t(`societal.cause.${cause}`)} ${percent(share, share < 0.01 ? 1 : 0)}`).join(' · ')}</dd>
      </dl>
      <div className="stack">
        <h3 className="dim caption">{t('riskSources.title')}</h3>
        <dl className="facts risk-sources" data-testid="risk-sources">
          {SOURCES.map((key) => (
            <Fragment key={key}>
              <dt>{t(`riskSources.${key}.what`)}</dt>
              <dd className="dim">{t(`riskSources.${key}.from`)}</dd>
            </Fragment>
          ))}
        </dl>
      </div>
    </div>
  );
};

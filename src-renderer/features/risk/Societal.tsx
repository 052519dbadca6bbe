import { useTranslation } from 'react-i18next';
import { usePlant, useValue } from '../../link/index.ts';
import { Empty, moment, scientific } from '../../ui/index.ts';
import { FnPlot } from './FnPlot.tsx';
import './risk.css';

/** Societal risk from where people are now, against the criteria: F–N, deaths to be expected a year, and in which region it lies. */
export const Societal = () => {
  const { t } = useTranslation();
  const { timeZone } = usePlant().model.site;
  const risk = useValue('risk.societal');
  if (risk === undefined || risk === null) return <Empty>{t('rescue.noField')}</Empty>;
  return (
    <div className="societal" data-testid="societal" data-region={risk.region}>
      <FnPlot risk={risk} />
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
          {risk.people} · {moment(risk.at, timeZone, 'time')}
        </dd>
      </dl>
      <p className="dim caption">{t('societal.basis')}</p>
    </div>
  );
};

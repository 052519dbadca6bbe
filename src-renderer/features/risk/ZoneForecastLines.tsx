import { useTranslation } from 'react-i18next';
import { useRow } from '../../link/index.ts';
import { number, Sparkline } from '../../ui/index.ts';

const WHOLE = [0, 100] as const;

/** The zone's index ahead: each of the next 24 hours, and the highest of each of the next 15 days. */
export const ZoneForecastLines = ({ zone }: { readonly zone: string }) => {
  const { t } = useTranslation();
  const forecast = useRow('risk.forecasts', zone);
  if (forecast === undefined) return null;
  return (
    <div className="zone-forecast" data-testid="zone-forecast">
      {([['forecast24', forecast.hours], ['forecast15', forecast.days]] as const).map(([key, values]) => (
        <div key={key}>
          <span className="dim caption">{t(`riskAhead.${key}`)}</span>
          <span className="number">{t('riskAhead.most', { index: number(Math.max(...values)) })}</span>
          <Sparkline values={values} range={WHOLE} label={t(`riskAhead.${key}`)} />
        </div>
      ))}
      <p className="dim caption">{t('riskAhead.basis')}</p>
    </div>
  );
};

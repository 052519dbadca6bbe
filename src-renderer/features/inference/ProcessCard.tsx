import { useTranslation } from 'react-i18next';
import { usePlant, useRow } from '../../link/index.ts';
import { Empty, moment, number, Sparkline } from '../../ui/index.ts';
import { Drivers } from './Drivers.tsx';
import './inference.css';

/** The scale of a unit's distance: the limit stands in the middle. */
const SCALE = [0, 2] as const;

/** Whether a unit runs as it usually does, since when, and by which variables. */
export const ProcessOf = ({ unit }: { readonly unit: string }) => {
  const { t } = useTranslation();
  const plant = usePlant();
  const anomaly = useRow('inference.units', unit);
  if (anomaly === undefined) return <Empty>{t('process.none')}</Empty>;
  const { state, since, ratio, history, drivers, model } = anomaly;
  return (
    <div className="health-card" data-state={state === 'anomalous' ? 'warning' : state} data-testid="process">
      <p className="health-head">
        <span className="health-state">{t(`process.states.${state}`)}</span>
        {state !== 'learning' && (
          <span className="dim caption">
            {t('process.of')} {number(ratio, 2)} · {t('process.since', { time: moment(since, plant.model.site.timeZone, 'dateTime') })}
          </span>
        )}
      </p>
      {history.ratio.length > 1 && <Sparkline values={history.ratio} range={SCALE} label={t('process.of')} />}
      {state === 'anomalous' && <Drivers drivers={drivers} title={t('process.drivers')} />}
      <p className="caption dim">{t('detail.model', { model })}</p>
    </div>
  );
};

import { useTranslation } from 'react-i18next';
import type { AssetHealth } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant, useTable } from '../../link/index.ts';
import { Empty, IntervalBar, number, percent, Sparkline, useText } from '../../ui/index.ts';
import { Drivers } from './Drivers.tsx';
import { byNeed } from './model.ts';
import './inference.css';

/** Health of the machines of one unit or one machine. */
export const HealthOf = ({ wanted, detailed = false }: { readonly wanted: (equipment: string) => boolean; readonly detailed?: boolean }) => {
  const { t } = useTranslation();
  const assets = byNeed(useTable('inference.assets').filter(({ equipment }) => wanted(equipment)));
  if (assets.length === 0) return <Empty>{t('units.noHealth')}</Empty>;
  return (
    <ul className="health-list">
      {assets.map((asset) => (
        <HealthCard key={asset.equipment} asset={asset} detailed={detailed} />
      ))}
    </ul>
  );
};

const HealthCard = ({ asset, detailed }: { readonly asset: AssetHealth; readonly detailed: boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const open = asset.p90Days >= asset.capDays;
  const known = asset.state !== 'no-data' && asset.state !== 'warming-up';
  const interval = t('warning.interval', { from: number(asset.p10Days, 1), to: open ? `>${number(asset.capDays)}` : number(asset.p90Days, 1) });
  return (
    <li className="health-card" data-state={asset.state}>
      <button type="button" className="health-head" onClick={() => desk.open({ kind: 'equipment', id: asset.equipment })}>
        <span className="clip">{text(plant.nameOf(asset.equipment))}</span>
        <span className="health-state">{t(`health.states.${asset.state}`)}</span>
      </button>
      {known && (
        <>
          <div className="row-gap">
            <div style={{ flex: 1 }}>
              <IntervalBar p10={asset.p10Days} p50={asset.p50Days} p90={open ? asset.capDays * 1.02 : asset.p90Days} max={asset.capDays} marks={[3, 7, 15]} label={interval} />
            </div>
            <span className="warning-days">{interval}</span>
          </div>
          <p className="caption dim row-gap">
            <span>
              {t('health.within', { days: 3 })} {percent(asset.failureWithin.d3)}
            </span>
            <span>7 → {percent(asset.failureWithin.d7)}</span>
            <span>15 → {percent(asset.failureWithin.d15)}</span>
          </p>
        </>
      )}
      {detailed && (
        <>
          {asset.history.p50Days.length > 1 && <Sparkline values={asset.history.p50Days} range={[0, asset.capDays]} label={t('health.history')} />}
          <Drivers drivers={asset.drivers} title={t('health.drivers')} />
          {asset.factors.length > 0 && (
            <>
              <h4 className="dim caption">{t('health.factors')}</h4>
              <ul className="short-list">
                {asset.factors.map((factor) => (
                  <li key={factor.text.en} className="short-row">
                    <span className="driver-text">{text(factor.text)}</span>
                    <span className="push dim">{factor.kind === 'alarm' ? t('health.hazard', { factor: number(factor.factor, 2) }) : t('health.running', { share: percent(factor.factor) })}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <p className="caption dim">
            {t('detail.model', { model: asset.model })} · {t('health.cap', { days: number(asset.capDays) })}
          </p>
        </>
      )}
    </li>
  );
};

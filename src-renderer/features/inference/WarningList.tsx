import { useTranslation } from 'react-i18next';
import { useDesk, useNow, usePlant, useTable, useTableReady } from '../../link/index.ts';
import { duration, Empty, IntervalBar, number, percent, useLanguage, useText } from '../../ui/index.ts';
import { bySoonest, type WarningAhead } from './model.ts';
import './inference.css';

/** The scale of every early warning: today to 15 days, with a mark at 3. */
const SCALE_DAYS = 15;

/** Early warnings for the next 3–15 days, each with its interval, probability and hit rate (screens.md rule 20). */
export const WarningList = ({ limit }: { readonly limit?: number }) => {
  const { t } = useTranslation();
  const ready = useTableReady('inference.warnings');
  const warnings = bySoonest([...useTable('inference.warnings'), ...useTable('risk.warnings')]).slice(0, limit);
  if (warnings.length === 0) return <Empty>{ready ? t('overview.noWarnings') : t('common.loading')}</Empty>;
  return (
    <ol className="warning-list" data-testid="warnings">
      {warnings.map((warning) => (
        <Warning key={warning.id} warning={warning} />
      ))}
    </ol>
  );
};

const Warning = ({ warning }: { readonly warning: WarningAhead }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const language = useLanguage();
  const now = useNow(60_000);
  const isNow = warning.kind === 'process';
  const p90 = warning.p90Days > SCALE_DAYS ? `>${String(SCALE_DAYS)}` : number(warning.p90Days, 1);
  const interval = t('warning.interval', { from: number(warning.p10Days, 1), to: p90 });
  return (
    <li>
      <button
        type="button"
        className="warning"
        title={`${warning.drivers.map(text).join(';')}\n${t('warning.advice')}: ${text(warning.advice)}`}
        onClick={() => desk.open(warning.equipment === null ? { kind: 'zone', id: warning.zone } : { kind: 'equipment', id: warning.equipment })}
      >
        <span className="warning-title">{text(warning.title)}</span>
        <span className="warning-days">{isNow ? `${t('process.now')} · ${duration(now - warning.since, language)}` : interval}</span>
        {isNow ? (
          <span className="warning-bar warning-drivers caption clip">{warning.drivers[0] === undefined ? '' : text(warning.drivers[0])}</span>
        ) : (
          <span className="warning-bar">
            <IntervalBar p10={warning.p10Days} p50={warning.p50Days} p90={warning.p90Days} max={SCALE_DAYS} marks={[3, 7]} label={interval} />
          </span>
        )}
        <span className="warning-facts dim caption clip">
          {t(`warning.kinds.${warning.kind}`)} · {text(plant.nameOf(warning.zone))}
        </span>
        <span className="warning-odds caption" hidden={isNow}>
          {warning.probability15 === null ? t(`warning.${'basis' in warning ? warning.basis : 'planned'}`) : <b>{percent(warning.probability15)}</b>} <span className="dim">{warning.hitRate === null ? t('warning.noRecord') : `${t('warning.hitRate')} ${percent(warning.hitRate)}`}</span>
        </span>
      </button>
    </li>
  );
};

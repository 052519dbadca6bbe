import { useTranslation } from 'react-i18next';
import type { SocietalRisk } from '../../../src-shared/contract/index.ts';
import { powerLabel } from './model.ts';

const [WIDE, HIGH, LEFT, BELOW] = [420, 240, 48, 24] as const;
const DEATHS = [0, 3] as const;
const FREQUENCY = [-9, -2] as const;

const x = (deaths: number): number => LEFT + ((Math.log10(deaths) - DEATHS[0]) / (DEATHS[1] - DEATHS[0])) * (WIDE - LEFT - 8);
const y = (perYear: number): number => 6 + ((FREQUENCY[1] - Math.max(FREQUENCY[0], Math.log10(perYear))) / (FREQUENCY[1] - FREQUENCY[0])) * (HIGH - BELOW - 6);

/** F–N on logarithmic scales, with the lines of the criteria; curves in steps, as they are: so many or more. People outside the fence dashed. */
export const FnPlot = ({ risk: { curve, outside, criteria } }: { readonly risk: Pick<SocietalRisk, 'curve' | 'outside' | 'criteria'> }) => {
  const { t } = useTranslation();
  const decades = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_value, i) => 10 ** (from + i));
  const line = (at1: number): string => `M${x(1).toFixed(1)} ${y(at1).toFixed(1)}L${x(criteria.mostDeaths).toFixed(1)} ${y(at1 / criteria.mostDeaths).toFixed(1)}`;
  const steps = (points: SocietalRisk['curve']): string => `${points.map(({ deaths, perYear }, i) => `${i === 0 ? 'M' : 'V'}${i === 0 ? `${x(deaths).toFixed(1)} ` : ''}${y(perYear).toFixed(1)}H${x(points[i + 1]?.deaths ?? deaths).toFixed(1)}`).join('')}V${String(HIGH - BELOW)}`;
  return (
    <svg className="fn-plot" viewBox={`0 0 ${String(WIDE)} ${String(HIGH)}`} role="img" aria-label={t('societal.title')}>
      {decades(DEATHS[0], DEATHS[1]).map((deaths) => (
        <g key={deaths}>
          <path className="fn-grid" d={`M${x(deaths).toFixed(1)} 6V${String(HIGH - BELOW)}`} />
          <text x={x(deaths)} y={HIGH - 10} textAnchor={deaths === 10 ** DEATHS[1] ? 'end' : 'middle'}>{deaths}</text>
        </g>
      ))}
      {decades(FREQUENCY[0], FREQUENCY[1]).map((perYear) => (
        <g key={perYear}>
          <path className="fn-grid" d={`M${String(LEFT)} ${y(perYear).toFixed(1)}H${String(WIDE - 8)}`} />
          <text x={LEFT - 5} y={y(perYear) + 4} textAnchor="end">{powerLabel(perYear)}</text>
        </g>
      ))}
      <path className="fn-limit" data-line="unacceptable" d={line(criteria.unacceptable)} />
      <path className="fn-limit" data-line="acceptable" d={line(criteria.acceptable)} />
      <text x={x(160)} y={y(criteria.unacceptable / 160) - 6}>{t('societal.region.unacceptable')}</text>
      <text x={x(90)} y={y(Math.sqrt(criteria.unacceptable * criteria.acceptable) / 160)}>{t('societal.region.alarp')}</text>
      <text x={x(1.4)} y={HIGH - BELOW - 8}>{t('societal.region.acceptable')}</text>
      {curve.length > 0 && <path className="fn-curve" d={steps(curve)} />}
      {outside !== null && outside.curve.length > 0 && <path className="fn-curve" data-outside d={steps(outside.curve)} />}
    </svg>
  );
};

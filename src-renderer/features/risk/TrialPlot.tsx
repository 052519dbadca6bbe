import { useTranslation } from 'react-i18next';
import type { TrialComparison } from '../../../src-shared/contract/index.ts';
import { powerLabel } from './model.ts';

const [SIZE, LEFT, BELOW] = [360, 44, 30] as const;
/** Volume fractions, decades. */
const DECADES = [-4, 0] as const;

const place = (fraction: number): number => Math.min(1, Math.max(0, (Math.log10(fraction) - DECADES[0]) / (DECADES[1] - DECADES[0])));
const x = (fraction: number): number => LEFT + place(fraction) * (SIZE - LEFT - 8);
const y = (fraction: number): number => SIZE - BELOW - place(fraction) * (SIZE - BELOW - 8);

/** Predicted against measured, as volume fractions on logarithmic scales, with the lines of a factor of two. */
export const TrialPlot = ({ trials, chosen, onChoose }: { readonly trials: readonly TrialComparison[]; readonly chosen: string | null; readonly onChoose: (id: string) => void }) => {
  const { t } = useTranslation();
  const decades = Array.from({ length: DECADES[1] - DECADES[0] + 1 }, (_value, i) => 10 ** (DECADES[0] + i));
  const [low, high] = [10 ** DECADES[0], 10 ** DECADES[1]];
  return (
    <svg className="fn-plot trial-plot" viewBox={`0 0 ${String(SIZE)} ${String(SIZE)}`} role="img" aria-label={t('trials.plot')}>
      {decades.map((fraction) => (
        <g key={fraction}>
          <path className="fn-grid" d={`M${x(fraction).toFixed(1)} 8V${String(SIZE - BELOW)}M${String(LEFT)} ${y(fraction).toFixed(1)}H${String(SIZE - 8)}`} />
          <text x={x(fraction)} y={SIZE - BELOW + 13} textAnchor="middle">{powerLabel(fraction)}</text>
          <text x={LEFT - 5} y={y(fraction) + 4} textAnchor="end">{powerLabel(fraction)}</text>
        </g>
      ))}
      <path className="fn-limit" data-line="unacceptable" d={`M${x(low).toFixed(1)} ${y(low).toFixed(1)}L${x(high).toFixed(1)} ${y(high).toFixed(1)}`} />
      <path className="fn-limit" d={`M${x(low).toFixed(1)} ${y(2 * low).toFixed(1)}L${x(high / 2).toFixed(1)} ${y(high).toFixed(1)}M${x(2 * low).toFixed(1)} ${y(low).toFixed(1)}L${x(high).toFixed(1)} ${y(high / 2).toFixed(1)}`} />
      {trials.flatMap(({ id, unit, arcs }) =>
        arcs.map(({ distance, measured, predicted }) => {
          const scale = unit === '%' ? 0.01 : 1e-6;
          return (
            <circle key={`${id}/${String(distance)}`} className="trial-point" data-chosen={id === chosen || undefined} cx={x(measured * scale)} cy={y(predicted * scale)} r={id === chosen ? 5 : 3.5} onClick={() => onChoose(id)}>
              <title>{`${id}, ${String(distance)} m`}</title>
            </circle>
          );
        }),
      )}
      <text x={SIZE - 8} y={SIZE - 4} textAnchor="end">{t('trials.across')}</text>
      <text x={LEFT + 4} y={18}>{t('trials.up')}</text>
    </svg>
  );
};

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrialComparison, TrialMeasures } from '../../../src-shared/contract/index.ts';
import { useQuery } from '../../link/index.ts';
import { Empty, number, percent, significant, useText } from '../../ui/index.ts';
import { TrialPlot } from './TrialPlot.tsx';
import './risk.css';

/** What a good model reaches on arc maxima over open ground: the wanted values of this product. */
const WANTED = { fac2: 0.7, fb: 0.3, mg: [0.7, 1.3], vg: 1.6 } as const;

/** Field trials against the shipped engine, computed when this is opened: measures of each set, every arc as a point, and each trial's numbers when it is chosen. */
export const FieldTrials = () => {
  const { t } = useTranslation();
  const text = useText();
  const [chosen, choose] = useState<string | null>(null);
  const answer = useQuery('risk.trials', {});
  if (answer.state !== 'answered') return <Empty>{answer.state === 'asking' ? t('trials.computing') : text(answer.refusal.text)}</Empty>;
  const { trials, statistics } = answer.value;
  const open = trials.find(({ id }) => id === chosen) ?? trials[0];
  return (
    <div className="field-trials" data-testid="field-trials">
      <div className="stack">
        <Measures statistics={statistics} />
        <p className="dim caption">{t('trials.basis')}</p>
      </div>
      <TrialPlot trials={trials} chosen={open?.id ?? null} onChoose={choose} />
      <div className="stack">
        <ul className="trial-list" aria-label={t('trials.list')}>
          {trials.map((trial) => (
            <li key={trial.id}>
              <button type="button" className="row-button trial-button" aria-pressed={trial.id === open?.id} onClick={() => choose(trial.id)}>
                {trial.id} <span className="dim">{t('trials.within', { hits: trial.arcs.filter(isWithinTwo).length, all: trial.arcs.length })}</span>
              </button>
            </li>
          ))}
        </ul>
        {open !== undefined && <Arcs trial={open} />}
      </div>
    </div>
  );
};

const isWithinTwo = ({ measured, predicted }: TrialComparison['arcs'][number]): boolean => predicted >= measured / 2 && predicted <= 2 * measured;

const Measures = ({ statistics }: { readonly statistics: readonly TrialMeasures[] }) => {
  const { t } = useTranslation();
  const text = useText();
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t('trials.set')}</th>
          <th className="number">{t('trials.arcs')}</th>
          <th className="number" title={t('trials.about.fac2')}>FAC2</th>
          <th className="number" title={t('trials.about.fb')}>FB</th>
          <th className="number" title={t('trials.about.mg')}>MG</th>
          <th className="number" title={t('trials.about.vg')}>VG</th>
          <th className="number" title={t('trials.about.nmse')}>NMSE</th>
        </tr>
      </thead>
      <tbody>
        {statistics.map(({ name, n, fac2, fb, mg, vg, nmse }) => (
          <tr key={name.en}>
            <td>{text(name)}</td>
            <td className="number">{n}</td>
            <td className="number" data-missed={fac2 < WANTED.fac2 || undefined}>{percent(fac2)}</td>
            <td className="number" data-missed={Math.abs(fb) > WANTED.fb || undefined}>{number(fb, 2)}</td>
            <td className="number" data-missed={mg < WANTED.mg[0] || mg > WANTED.mg[1] || undefined}>{number(mg, 2)}</td>
            <td className="number" data-missed={vg > WANTED.vg || undefined}>{number(vg, 2)}</td>
            <td className="number">{number(nmse, 2)}</td>
          </tr>
        ))}
        <tr className="dim">
          <td>{t('trials.wanted')}</td>
          <td />
          <td className="number">≥ 70%</td>
          <td className="number">±0.30</td>
          <td className="number">0.70–1.30</td>
          <td className="number">≤ 1.60</td>
          <td />
        </tr>
      </tbody>
    </table>
  );
};

const Arcs = ({ trial }: { readonly trial: TrialComparison }) => {
  const { t } = useTranslation();
  const text = useText();
  return (
    <div data-testid="trial-arcs" data-trial={trial.id}>
      <p>
        <strong>{trial.id}</strong> <span className="dim">{text(trial.choice)}</span>
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th className="number">{t('trials.distance')}</th>
            <th className="number">{t('trials.measured', { unit: trial.unit })}</th>
            <th className="number">{t('trials.predicted', { unit: trial.unit })}</th>
            <th className="number">{t('trials.ratio')}</th>
          </tr>
        </thead>
        <tbody>
          {trial.arcs.map((arc) => (
            <tr key={arc.distance}>
              <td className="number">{number(arc.distance)}</td>
              <td className="number">{significant(arc.measured, 3)}</td>
              <td className="number">{significant(arc.predicted, 3)}</td>
              <td className="number" data-missed={!isWithinTwo(arc) || undefined}>{number(arc.predicted / arc.measured, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

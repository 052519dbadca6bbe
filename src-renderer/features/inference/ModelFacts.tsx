import { useTranslation } from 'react-i18next';
import type { ModelCard } from '../../../src-shared/contract/index.ts';
import { usePlant } from '../../link/index.ts';
import { moment, number, significant, useText } from '../../ui/index.ts';
import { metricWord, sensorWord } from './metricWords.ts';

/** What the card of a model says, and how far its inputs are from what it was trained on. */
export const ModelFacts = ({ model }: { readonly model: ModelCard }) => {
  const { t } = useTranslation();
  const text = useText();
  return (
    <div className="stack model-facts">
      <p>{text(model.purpose)}</p>
      {model.detail !== null && <p className="selectable">{text(model.detail)}</p>}
      <section>
        <h3 className="dim caption">{t('models.limits')}</h3>
        {model.limits.length === 0 ? <p className="dim caption">{t('models.noLimits')}</p> : <ul className="model-limits">{model.limits.map((limit) => <li key={limit.en}>{text(limit)}</li>)}</ul>}
      </section>
      <DriftBars model={model} />
      <Figures title={t('models.metrics')} values={model.metrics} />
      <Figures title={t('models.trained')} values={model.training} />
      <p className="dim caption selectable model-hash">
        {t('models.hash')} {model.hash}
      </p>
      {model.usage.slowestMs !== null && <p className="dim caption">{t('models.usage', { runs: number(model.usage.runs), slowest: significant(model.usage.slowestMs, 2) })}</p>}
    </div>
  );
};

const Figures = ({ title, values }: { readonly title: string; readonly values: Readonly<Record<string, number>> }) => {
  const text = useText();
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return (
    <section>
      <h3 className="dim caption">{title}</h3>
      <dl className="model-figures">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt className="clip" title={name}>{text(metricWord(name))}</dt>
            <dd>{Number.isInteger(value) ? number(value) : significant(value, 3)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

const DriftBars = ({ model: { drift, kind } }: { readonly model: ModelCard }) => {
  const { t } = useTranslation();
  const text = useText();
  const { timeZone } = usePlant().model.site;
  const longest = drift === null ? 1 : Math.max(1.25 * drift.threshold, ...drift.features.map(({ index }) => index));
  return (
    <section>
      <h3 className="dim caption">{t('models.driftTitle')}</h3>
      {drift === null ? (
        <p className="dim caption">{t('models.driftNone')}</p>
      ) : (
        <>
          <p className="dim caption">{t(`models.driftOf.${kind}`, { steps: number(drift.steps), draws: number(drift.draws), limit: number(drift.threshold, 2) })}</p>
          <ul className="drift-bars">
            {drift.features.map(({ name, index, since }) => (
              <li key={name} data-moved={since !== null || undefined}>
                <span className="clip" title={name}>{text(sensorWord(name))}</span>
                <span className="drift-track">
                  <span className="drift-fill" style={{ width: `${String((100 * index) / longest)}%` }} />
                  <span className="drift-limit" style={{ left: `${String((100 * drift.threshold) / longest)}%` }} />
                </span>
                <span className="number">{number(index, 2)}</span>
                <span className="caption">{since !== null && t('models.since', { time: moment(since, timeZone, 'dateTime') })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};

import { useTranslation } from 'react-i18next';
import type { InputOf, Anlan } from '../../../src-shared/contract/index.ts';
import { usePlant, useQuery, useTick } from '../../link/index.ts';
import { moment, useText } from '../../ui/index.ts';

/** Where a number comes from (一数一源): source, rule, when, by which version; asked again every five seconds while it is open. */
export const LineageFacts = ({ of }: { readonly of: InputOf<Anlan['registry']['lineage']> }) => {
  const { t } = useTranslation();
  const text = useText();
  const { model } = usePlant();
  const answer = useQuery('registry.lineage', of, useTick(5_000));
  if (answer.state !== 'answered' || answer.value === null) return null;
  const { source, steps, rivals, at, seenAt, modelVersion } = answer.value;
  const time = (value: number) => moment(value, model.site.timeZone, 'time');
  return (
    <details className="lineage" data-testid="lineage">
      <summary>
        {t('registry.lineage.title')}
        <span className="dim"> {source === null ? ('tag' in of ? t('registry.lineage.none') : (steps[0]?.detail ?? '')) : `${source.id} · ${source.address}`}</span>
      </summary>
      <dl className="facts">
        {source !== null && (
          <>
            <dt>{t('registry.lineage.source')}</dt>
            <dd>
              {source.id} ({source.kind}) · {source.url}
            </dd>
            <dt>{t('registry.lineage.address')}</dt>
            <dd>{source.address}</dd>
          </>
        )}
        {steps.map(({ rule, detail }) => (
          <div key={`${rule.en} ${detail}`} className="lineage-step">
            <dt>{text(rule)}</dt>
            <dd>{detail}</dd>
          </div>
        ))}
        {at !== null && (
          <>
            <dt>{t('registry.lineage.at')}</dt>
            <dd>
              {time(at)}
              {seenAt !== null && seenAt !== at && ` → ${t('registry.lineage.seen')} ${time(seenAt)} (${String(Math.round(seenAt - at))} ms)`}
            </dd>
          </>
        )}
        <dt>{t('registry.lineage.model')}</dt>
        <dd>{modelVersion}</dd>
      </dl>
      {rivals.length > 0 && <p className="caption">✕ {t('registry.lineage.rivals', { feeds: rivals.join('、') })}</p>}
    </details>
  );
};

import { useTranslation } from 'react-i18next';
import { useQuery } from '../../link/index.ts';
import { Empty, significant, useText } from '../../ui/index.ts';

/** Every model the station may use, with its hash and the figures of its card. */
export const ModelCards = () => {
  const { t } = useTranslation();
  const text = useText();
  const answer = useQuery('inference.models', {});
  if (answer.state !== 'answered') return <Empty>{answer.state === 'asking' ? t('common.loading') : text(answer.refusal.text)}</Empty>;
  if (answer.value.length === 0) return <Empty>{t('diagnostics.noModels')}</Empty>;
  return (
    <ul className="model-cards">
      {answer.value.map((model) => (
        <li key={model.id} className="model-card">
          <header className="row-gap">
            <strong>{model.id}</strong>
            <span className="dim">{model.version}</span>
            <span className="tag-word push">{t(`diagnostics.model.${model.state}`)}</span>
          </header>
          <p>{text(model.purpose)}</p>
          <p className="dim caption">{Object.entries(model.metrics).map(([name, value]) => `${name} ${significant(value, 3)}`).join(' · ')}</p>
          <p className="dim caption clip selectable" title={model.hash}>
            {[model.detail, model.hash.slice(0, 16)].filter((part) => part !== '').join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
};

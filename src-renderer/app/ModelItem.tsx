import { useTranslation } from 'react-i18next';
import { useQuery, useTick } from '../link/index.ts';
import { StatusItem } from '../features/system/index.ts';

/** How many of the models that are used here are ready; asked again every minute. */
export const ModelItem = () => {
  const { t } = useTranslation();
  const answer = useQuery('inference.models', {}, useTick(60_000));
  if (answer.state !== 'answered') return null;
  const used = answer.value.filter(({ state }) => state !== 'unused');
  const ready = used.filter(({ state }) => state === 'ready').length;
  return (
    <StatusItem label={t('status.models')} wrong={ready < used.length}>
      {ready}/{used.length}
    </StatusItem>
  );
};

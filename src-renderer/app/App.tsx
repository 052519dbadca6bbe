import { useTranslation } from 'react-i18next';
import { useEffect, type ReactNode } from 'react';
import { LinkProvider, PlantProvider, useLinkStatus, useQuery, useValue, type Link } from '../link/index.ts';
import { Button, useText } from '../ui/index.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FrozenGuard } from './FrozenGuard.tsx';

/** What every page needs before anything else: the link, the plant model, the guard against a frozen view. */
export const App = ({ link, children }: { readonly link: Link; readonly children: ReactNode }) => (
  <ErrorBoundary>
    <LinkProvider link={link}>
      <WithPlant>{children}</WithPlant>
      <FrozenGuard />
    </LinkProvider>
  </ErrorBoundary>
);

const WithPlant = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const text = useText();
  const { phase } = useLinkStatus();
  const revision = useValue('registry.revision') ?? 0;
  const answer = useQuery('registry.plant', {}, revision);
  useEffect(() => {
    if (phase === 'outdated') location.reload();
  }, [phase]);
  if (answer.state === 'answered') return <PlantProvider plant={answer.value}>{children}</PlantProvider>;
  return (
    <div className="boot" role="status">
      <h1>{t('product')}</h1>
      {answer.state === 'refused' ? (
        <>
          <p>
            {t('boot.failed')}: {text(answer.refusal.text)}
          </p>
          <Button onClick={() => location.reload()}>{t('boot.retry')}</Button>
        </>
      ) : (
        <p className="dim">{phase === 'outdated' ? t('boot.outdated') : phase === 'live' ? t('boot.plant') : t('boot.connecting')}</p>
      )}
    </div>
  );
};

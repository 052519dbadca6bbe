import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTable } from '../../link/index.ts';
import { Empty, Segmented, useText } from '../../ui/index.ts';
import { CertificateView } from './CertificateView.tsx';
import { EndpointView } from './EndpointView.tsx';
import { MappingView } from './MappingView.tsx';
import './feeds.css';

const PAGES = ['mapping', 'endpoints', 'certificates'] as const;

/** Connecting OPC UA servers: which node carries which tag, by which endpoint, and whom to trust. Looking is free; changing asks for the installer. */
export const ConnectView = () => {
  const { t } = useTranslation();
  const text = useText();
  const feeds = useTable('feeds.feeds').filter(({ kind }) => kind === 'opcua');
  const [chosen, setChosen] = useState<string | null>(null);
  const [page, setPage] = useState<(typeof PAGES)[number]>('mapping');
  const feed = feeds.find(({ id }) => id === chosen) ?? feeds[0];
  if (feed === undefined) return <Empty>{t('connect.none')}</Empty>;
  return (
    <div className="connect" data-testid="connect">
      <header className="connect-head">
        {feeds.length > 1 && <Segmented label={t('diagnostics.feeds')} value={feed.id} onChange={setChosen} choices={feeds.map(({ id }) => ({ value: id, label: id }))} />}
        <Segmented label={t('connect.title')} value={page} onChange={setPage} choices={PAGES.map((value) => ({ value, label: t(`connect.page.${value}`) }))} />
        <span className="clip">
          <b>{feed.id}</b> <span className="dim selectable">{feed.url}</span> · {t(`diagnostics.feedState.${feed.state}`)} · <span className="dim">{feed.security}</span>
        </span>
        {feed.lastError !== null && (
          <span className="connect-problem clip" title={text(feed.lastError)}>
            {text(feed.lastError)}
          </span>
        )}
      </header>
      {page === 'mapping' && <MappingView key={feed.id} feed={feed} />}
      {page === 'endpoints' && <EndpointView key={feed.id} feed={feed} />}
      {page === 'certificates' && <CertificateView />}
    </div>
  );
};

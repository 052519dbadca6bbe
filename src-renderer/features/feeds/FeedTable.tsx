import { CircleCheck, CircleSlash, LoaderCircle, OctagonX, Unplug } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedRow } from '../../../src-shared/contract/index.ts';
import { useNow, useTable } from '../../link/index.ts';
import { DataTable, duration, number, useLanguage, useText, type Column } from '../../ui/index.ts';

const ICONS = { connecting: LoaderCircle, live: CircleCheck, stale: CircleSlash, down: Unplug, refused: OctagonX } as const;

/** Every feed with its state, rate and last error. */
export const FeedTable = () => {
  const { t } = useTranslation();
  const text = useText();
  const rows = useTable('feeds.feeds');
  const columns = useMemo<readonly Column<FeedRow>[]>(
    () => [
      {
        id: 'state',
        title: t('diagnostics.feed.state'),
        width: '6rem',
        cell: (row) => {
          const Icon = ICONS[row.state];
          return (
            <span className="row-gap" style={{ fontWeight: row.state === 'live' ? 400 : 600 }}>
              <Icon size="1.1em" aria-hidden="true" /> {t(`diagnostics.feedState.${row.state}`)}
            </span>
          );
        },
      },
      { id: 'id', title: 'ID', width: 'minmax(4rem, 0.6fr)', cell: (row) => row.id },
      { id: 'kind', title: t('diagnostics.feed.kind'), width: '6rem', cell: (row) => row.kind },
      { id: 'url', title: t('diagnostics.feed.url'), width: 'minmax(9rem, 1.2fr)', cell: (row) => <span className="dim selectable">{row.url}</span> },
      { id: 'security', title: t('diagnostics.feed.security'), width: 'minmax(6rem, 1fr)', cell: (row) => <span className="dim">{row.security}</span> },
      { id: 'tags', title: t('diagnostics.feed.tags'), width: '4.5rem', number: true, cell: (row) => number(row.tags) },
      { id: 'unmapped', title: t('diagnostics.feed.unmapped'), width: '5rem', number: true, cell: (row) => number(row.unmapped) },
      { id: 'rate', title: t('diagnostics.feed.rate'), width: '5rem', number: true, cell: (row) => number(row.samplesPerSecond) },
      { id: 'received', title: t('diagnostics.feed.received'), width: '6rem', number: true, cell: (row) => number(row.received) },
      { id: 'rejected', title: t('diagnostics.feed.rejected'), width: '4.5rem', number: true, cell: (row) => number(row.rejected) },
      { id: 'skew', title: t('diagnostics.feed.skew'), width: '5.5rem', number: true, cell: (row) => `${number(row.clockSkewMs)} ms` },
      { id: 'last', title: t('diagnostics.feed.last'), width: '5.5rem', number: true, cell: (row) => (row.lastAt === null ? '–' : <Ago at={row.lastAt} />) },
      { id: 'reconnects', title: t('diagnostics.feed.reconnects'), width: '4.5rem', number: true, cell: (row) => row.reconnects },
      {
        id: 'gap',
        title: t('diagnostics.feed.gap'),
        width: 'minmax(5rem, 0.8fr)',
        cell: ({ gap }) => {
          if (gap === null) return '';
          const words = t(`diagnostics.feed.gaps.${gap.state}`, { samples: number(gap.samples), missing: number(gap.notRecoverable) });
          return <span className={gap.notRecoverable > 0 ? undefined : 'dim'} title={gap.reason === null ? words : `${words}\n${text(gap.reason)}`}>{words}</span>;
        },
      },
      { id: 'error', title: t('diagnostics.feed.error'), width: 'minmax(9rem, 2fr)', cell: (row) => (row.lastError === null ? '' : <span title={text(row.lastError)}>{text(row.lastError)}</span>) },
    ],
    [t, text],
  );
  return <DataTable columns={columns} rows={rows} keyOf={(row) => row.id} label={t('diagnostics.feeds')} empty={t('diagnostics.noFeeds')} />;
};

const Ago = ({ at }: { readonly at: number }) => {
  const language = useLanguage();
  return <>{duration(useNow() - at, language)}</>;
};

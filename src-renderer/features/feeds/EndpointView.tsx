import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EndpointChoice, type EndpointRow, type FeedRow } from '../../../src-shared/contract/index.ts';
import { useActing, useCommand, useLink, useQuery } from '../../link/index.ts';
import { Button, DataTable, Empty, Panel, useText, type Column } from '../../ui/index.ts';
import { fingerprintWords } from './model.ts';

const keyOf = ({ url, mode, policy }: EndpointRow) => `${url} ${policy} ${mode}`;

/** The endpoints that the server offers, and which of them this feed is to use. */
export const EndpointView = ({ feed }: { readonly feed: FeedRow }) => {
  const { t } = useTranslation();
  const text = useText();
  const link = useLink();
  const acting = useActing();
  const save = useCommand('feeds.saveMapping');
  const [asked, ask] = useState(0);
  const [selected, select] = useState<string | null>(null);
  const answer = useQuery('feeds.endpoints', { feed: feed.id }, asked);
  const row = answer.state === 'answered' ? answer.value.endpoints.find((each) => keyOf(each) === selected) : undefined;
  const choose = async (choice: unknown) => {
    const endpoint = EndpointChoice.parse(choice);
    const mapping = await link.query('feeds.mapping', { feed: feed.id });
    if (!mapping.ok) return acting.refused(mapping.refusal);
    await save({ feed: feed.id, revision: mapping.value?.revision ?? 0, entries: [], endpoint });
  };
  // The row says by what the link is secured just now, also after a choice.
  const isInUse = ({ mode, policy }: EndpointRow) => feed.security === (mode === 'None' ? 'None' : `${policy} ${mode}`);
  const columns: readonly Column<EndpointRow>[] = [
    { id: 'use', title: '', width: '7rem', cell: (each) => <b>{isInUse(each) ? t('connect.inUse') : each.isBest ? t('connect.best') : each.isSpoken ? '' : t('connect.notSpoken')}</b> },
    { id: 'policy', title: t('connect.policy'), width: 'minmax(11rem, 1fr)', cell: ({ policy, isSpoken }) => <span className={isSpoken ? undefined : 'dim'}>{policy}</span> },
    { id: 'mode', title: t('connect.mode'), width: '9rem', cell: ({ mode }) => t(`connect.modes.${mode}`) },
    { id: 'level', title: t('connect.level'), width: '5rem', number: true, cell: ({ level }) => level },
    { id: 'tokens', title: t('connect.tokens'), width: 'minmax(12rem, 1fr)', cell: ({ tokens }) => tokens.join(', ') },
    { id: 'certificate', title: t('connect.fingerprint'), width: 'minmax(14rem, 2fr)', cell: ({ fingerprint }) => <span className="dim selectable">{fingerprint === null ? '' : fingerprintWords(fingerprint)}</span> },
    { id: 'url', title: t('diagnostics.feed.url'), width: 'minmax(10rem, 1fr)', cell: ({ url }) => <span className="dim selectable">{url}</span> },
  ];
  if (answer.state === 'asking') return <Empty>{t('connect.asking')}</Empty>;
  const rows = answer.state === 'answered' ? answer.value.endpoints : [];
  const problem = answer.state === 'answered' ? answer.value.problem : answer.refusal.text;
  return (
    <Panel fill className="flush" title={t('connect.page.endpoints')}>
      <div className="connect-tools">
        <Button onClick={() => ask(asked + 1)}>{t('connect.askAgain')}</Button>
        <Button look="main" disabled={row === undefined || !row.isSpoken || isInUse(row)} onClick={() => row !== undefined && void choose({ mode: row.mode, policy: row.policy })}>{t('connect.useEndpoint')}</Button>
        <Button disabled={!rows.some(({ isBest }) => isBest)} onClick={() => void choose('best')}>{t('connect.useBest')}</Button>
        {row?.mode === 'None' && <b>! {t('connect.unsecured')}</b>}
        {problem !== null && <b>✕ {text(problem)}</b>}
      </div>
      <DataTable columns={columns} rows={rows} keyOf={keyOf} label={t('connect.page.endpoints')} selected={selected} onSelect={select} empty={t('connect.noEndpoint')} />
    </Panel>
  );
};

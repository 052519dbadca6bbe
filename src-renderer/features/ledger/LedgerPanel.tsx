import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerEntry, OutputOf, Anlan } from '../../../src-shared/contract/index.ts';
import { useLink, usePlant, useQuery, useValue } from '../../link/index.ts';
import { Button, DataTable, moment, useText, type Column } from '../../ui/index.ts';

type Verified = OutputOf<Anlan['ledger']['verify']>;

/** The append-only ledger: verify the chain, read the entries page by page. */
export const LedgerPanel = () => {
  const { t } = useTranslation();
  const text = useText();
  const link = useLink();
  const { timeZone } = usePlant().model.site;
  const entries = useValue('system.status')?.ledger.entries ?? 0;
  const [before, setBefore] = useState<number | undefined>(undefined);
  const [verified, setVerified] = useState<Verified | 'verifying' | null>(null);
  const answer = useQuery('ledger.entries', useMemo(() => (before === undefined ? { limit: 200 } : { before, limit: 200 }), [before]), before === undefined ? entries : 0);
  const rows = useMemo(() => (answer.state === 'answered' ? [...answer.value].sort((a, b) => b.sequence - a.sequence) : []), [answer]);
  const oldest = rows.at(-1)?.sequence;
  const verify = async () => {
    setVerified('verifying');
    const result = await link.query('ledger.verify', {});
    setVerified(result.ok ? result.value : null);
  };
  const columns = useMemo<readonly Column<LedgerEntry>[]>(
    () => [
      { id: 'sequence', title: t('diagnostics.entry.sequence'), width: '4rem', number: true, cell: (row) => row.sequence },
      { id: 'at', title: t('common.time'), width: '12.5rem', number: true, cell: (row) => moment(row.at, timeZone, 'stamp') },
      { id: 'actor', title: t('diagnostics.entry.actor'), width: '8rem', cell: (row) => row.actor },
      { id: 'kind', title: t('diagnostics.entry.kind'), width: '13rem', cell: (row) => row.kind },
      { id: 'subject', title: t('diagnostics.entry.subject'), width: 'minmax(8rem, 1fr)', cell: (row) => row.subject },
      { id: 'body', title: t('diagnostics.entry.body'), width: 'minmax(12rem, 2fr)', cell: (row) => <span className="dim selectable" title={row.body}>{row.body}</span> },
      { id: 'hash', title: t('diagnostics.entry.hash'), width: '11rem', cell: (row) => <span className="dim selectable" title={row.hash}>{row.hash.slice(0, 16)}</span> },
    ],
    [t, timeZone],
  );
  return (
    <>
      <div className="row-gap" style={{ padding: '0.4rem 0.75rem' }}>
        <Button disabled={verified === 'verifying'} onClick={() => void verify()}>
          {verified === 'verifying' ? t('diagnostics.verifying') : t('diagnostics.verify')}
        </Button>
        {verified !== null && verified !== 'verifying' && (
          <span className="row-gap" role="status" data-testid="ledger-verified">
            {verified.valid ? <ShieldCheck size="1.2em" aria-hidden="true" /> : <ShieldAlert size="1.2em" aria-hidden="true" color="var(--p1)" />}
            {verified.valid ? t('diagnostics.valid', { count: verified.entries }) : t('diagnostics.invalid', { sequence: verified.firstBad ?? '?' })}
          </span>
        )}
        <Button look="quiet" className="push" disabled={before === undefined} onClick={() => setBefore(undefined)}>
          {t('common.now')}
        </Button>
        <Button look="quiet" disabled={oldest === undefined || oldest <= 1} onClick={() => setBefore(oldest)}>
          {t('diagnostics.older')}
        </Button>
      </div>
      <DataTable columns={columns} rows={rows} keyOf={(row) => String(row.sequence)} label={t('diagnostics.ledger')} empty={answer.state === 'refused' ? text(answer.refusal.text) : t('common.loading')} />
    </>
  );
};

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateRow } from '../../../src-shared/contract/index.ts';
import { useCommand, usePlant, useQuery, useTable } from '../../link/index.ts';
import { Button, DataTable, Dialog, Empty, moment, Panel, useText, type Column } from '../../ui/index.ts';
import { commonName, dayOf as day, fingerprintWords } from './model.ts';

const keyOf = ({ list, fingerprint }: CertificateRow) => `${list} ${fingerprint}`;

/** The trust list: every certificate with why it is or is not trusted; a person decides. */
export const CertificateView = () => {
  const { t } = useTranslation();
  const text = useText();
  const { model } = usePlant();
  const judge = useCommand('feeds.trustCertificate');
  const [asked, ask] = useState(0);
  const [selected, select] = useState<string | null>(null);
  const [question, setQuestion] = useState<boolean | null>(null);
  // A feed that is refused may have brought a new certificate.
  const states = useTable('feeds.feeds').map(({ id, state }) => `${id} ${state}`).join();
  const answer = useQuery('feeds.certificates', {}, asked * 1_000 + hash(states));
  if (answer.state === 'asking') return <Empty>{t('common.loading')}</Empty>;
  if (answer.state === 'refused') return <Empty>{text(answer.refusal.text)}</Empty>;
  const rows = answer.value;
  const row = rows.find((each) => keyOf(each) === selected);
  const isServers = row !== undefined && row.list !== 'own' && row.list !== 'issuer';
  const columns: readonly Column<CertificateRow>[] = [
    { id: 'list', title: t('connect.list'), width: '7rem', cell: ({ list, reason }) => <span className={reason === null ? undefined : 'strong'}>{reason !== null && '✕ '}{t(`connect.lists.${list}`)}</span> },
    { id: 'subject', title: t('connect.subject'), width: 'minmax(9rem, 1fr)', cell: ({ subject }) => <span title={subject}>{commonName(subject)}</span> },
    { id: 'feeds', title: t('diagnostics.feeds'), width: '6rem', cell: ({ feeds }) => feeds.join(', ') },
    { id: 'reason', title: t('connect.reason'), width: 'minmax(14rem, 2fr)', cell: ({ reason, cautions }) => <span title={[reason, ...cautions].flatMap((each) => (each === null ? [] : [text(each)])).join('\n')}>{[reason, ...cautions].flatMap((each) => (each === null ? [] : [text(each)])).join(' · ')}</span> },
    { id: 'validTo', title: t('connect.validTo'), width: '7rem', cell: ({ validTo }) => day(validTo) },
    { id: 'fingerprint', title: t('connect.fingerprint'), width: 'minmax(16rem, 2fr)', cell: ({ fingerprint }) => <span className="dim selectable">{fingerprintWords(fingerprint)}</span> },
    { id: 'by', title: t('connect.by'), width: 'minmax(8rem, 1fr)', cell: ({ by, at }) => <span className="dim">{by ?? ''} {at === null ? '' : moment(at, model.site.timeZone, 'dateTime')}</span> },
  ];
  return (
    <Panel fill className="flush" title={t('connect.page.certificates')}>
      <div className="connect-tools">
        <Button look="main" disabled={!isServers || row.list === 'trusted'} onClick={() => setQuestion(true)}>{t('connect.trust')}</Button>
        <Button disabled={!isServers || (row.list === 'rejected' && row.by !== null)} onClick={() => setQuestion(false)}>{t('connect.reject')}</Button>
        <span className="dim">{t('connect.trustHint')}</span>
      </div>
      <DataTable columns={columns} rows={rows} keyOf={keyOf} label={t('connect.page.certificates')} selected={selected} onSelect={select} empty={t('connect.noCertificate')} rowLook={({ reason }) => (reason === null ? undefined : 'refused')} />
      {row !== undefined && question !== null && (
        <Dialog wide title={t(question ? 'connect.trustQuestion' : 'connect.rejectQuestion', { name: commonName(row.subject) })} closeWord={t('common.cancel')} onClose={() => setQuestion(null)}>
          <dl className="certificate">
            <dt>{t('connect.fingerprint')} SHA-1</dt>
            <dd className="selectable fingerprint">{fingerprintWords(row.fingerprint)}</dd>
            <dt>{t('connect.subject')}</dt>
            <dd className="selectable">{row.subject}</dd>
            <dt>{t('connect.issuer')}</dt>
            <dd className="selectable">{row.issuer}</dd>
            <dt>{t('connect.validity')}</dt>
            <dd>{day(row.validFrom)} – {day(row.validTo)}</dd>
            <dt>{t('connect.hosts')}</dt>
            <dd className="selectable">{row.hosts.join(', ')}</dd>
            <dt>{t('connect.uri')}</dt>
            <dd className="selectable">{row.applicationUri ?? '–'}</dd>
          </dl>
          {[row.reason, ...row.cautions].map((each) => each !== null && <p key={each.en}>! {text(each)}</p>)}
          <p>{t(question ? 'connect.compare' : 'connect.rejectMeans')}</p>
          <footer className="dialog-foot">
            <Button onClick={() => setQuestion(null)}>{t('common.cancel')}</Button>
            <Button
              look="main"
              onClick={() =>
                void judge({ fingerprint: row.fingerprint, isTrusted: question }).then((outcome) => {
                  setQuestion(null);
                  if (!outcome.ok) return;
                  select(keyOf(outcome.value));
                  ask(asked + 1);
                })
              }
            >
              {t(question ? 'connect.trustNow' : 'connect.rejectNow')}
            </Button>
          </footer>
        </Dialog>
      )}
    </Panel>
  );
};

/** A small number that changes with the words. */
const hash = (words: string): number => [...words].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7);

import { Braces, FileText } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentEntry } from '../../../src-shared/contract/index.ts';
import { useActing, useLink, usePlant, useQuery, useRow } from '../../link/index.ts';
import { Button, download, Empty, moment, Panel, useActorWord, useText } from '../../ui/index.ts';
import { CloseDialog } from './CloseDialog.tsx';
import { evidenceOf } from './model.ts';
import { NoteLine } from './NoteLine.tsx';
import './incidents.css';

/** One incident: its timeline as it grows, a line to write on it, close and export. `picture` shows a piece of evidence. */
export const IncidentRecord = ({ incident: id, picture }: { readonly incident: string; readonly picture: (evidence: string) => ReactNode }) => {
  const { t } = useTranslation();
  const text = useText();
  const link = useLink();
  const acting = useActing();
  const incident = useRow('incidents.incidents', id);
  const answer = useQuery('incidents.timeline', { incident: id }, incident?.entries ?? 0);
  const [closing, setClosing] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const entries = answer.state === 'answered' ? answer.value : [];
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [entries.length]);
  const save = async (format: 'html' | 'json') => {
    const result = await link.query('incidents.export', { incident: id, format });
    if (result.ok) download(result.value);
    else acting.refused(result.refusal);
  };
  if (incident === undefined) return <Panel fill>{<Empty>{t('incidents.choose')}</Empty>}</Panel>;
  return (
    <Panel
      fill
      className="incident-record"
      title={`${t('incidents.timeline')} · ${text(incident.title)}`}
      aside={
        <>
          <Button look="quiet" onClick={() => void save('html')}>
            <FileText size="1.1em" aria-hidden="true" />
            {t('incidents.exportHtml')}
          </Button>
          <Button look="quiet" onClick={() => void save('json')}>
            <Braces size="1.1em" aria-hidden="true" />
            {t('incidents.exportJson')}
          </Button>
          {incident.state === 'open' && <Button onClick={() => setClosing(true)}>{t('incidents.close')}</Button>}
        </>
      }
    >
      <ol ref={list} className="timeline" data-testid="timeline">
        {entries.map((entry) => (
          <Entry key={entry.sequence} entry={entry} picture={picture} />
        ))}
      </ol>
      {incident.conclusion !== null && (
        <p className="incident-conclusion">
          <span className="dim">{t('incidents.conclusion')}</span> {incident.conclusion}
        </p>
      )}
      {incident.state === 'open' && <NoteLine incident={id} />}
      {closing && <CloseDialog incident={id} onClose={() => setClosing(false)} />}
    </Panel>
  );
};

const Entry = ({ entry, picture }: { readonly entry: IncidentEntry; readonly picture: (evidence: string) => ReactNode }) => {
  const { t } = useTranslation();
  const text = useText();
  const actorWord = useActorWord();
  const { timeZone } = usePlant().model.site;
  const evidence = evidenceOf(entry);
  return (
    <li data-kind={entry.kind}>
      <time>{moment(entry.at, timeZone, 'time')}</time>
      <span className="tag-word">{t(`incidents.entryKind.${entry.kind}`)}</span>
      <span className="selectable">
        {text(entry.text)}
        {evidence !== null && <span className="timeline-picture">{picture(evidence)}</span>}
      </span>
      <span className="dim caption push">{actorWord(entry.actor)}</span>
    </li>
  );
};

import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrowsedNode, FeedRow, MappingDraft, MappingState } from '../../../src-shared/contract/index.ts';
import { useActing, useCommand, useLink, usePlant, useQuery } from '../../link/index.ts';
import { Button, DataTable, download, Empty, moment, Panel, Segmented, useText, type Column } from '../../ui/index.ts';
import { BrowseTree } from './BrowseTree.tsx';
import { MappingDetail } from './MappingDetail.tsx';
import { acceptSure, changesOf, mappingLines, sharedNodes, STANDINGS, SURE_SCORE, type Decisions, type MappingLine } from './model.ts';

type Shown = 'all' | MappingLine['standing'];

/** Which node carries which tag: the server on the left, the tags with the draft on the right, the choice below. */
export const MappingView = ({ feed }: { readonly feed: FeedRow }) => {
  const [saved, setSaved] = useState<MappingState | null>(null);
  const { t } = useTranslation();
  const first = useQuery('feeds.mapping', { feed: feed.id });
  const mapping = saved ?? (first.state === 'answered' ? first.value : null);
  return mapping === null ? <Empty>{t('common.loading')}</Empty> : <Review feed={feed} mapping={mapping} onSaved={setSaved} />;
};

const Review = ({ feed, mapping, onSaved }: { readonly feed: FeedRow; readonly mapping: MappingState; readonly onSaved: (state: MappingState) => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const link = useLink();
  const acting = useActing();
  const { model } = usePlant();
  const save = useCommand('feeds.saveMapping');
  const undo = useCommand('feeds.undoMapping');
  const [decisions, setDecisions] = useState<Decisions>(new Map());
  const [draft, setDraft] = useState<MappingDraft | null>(null);
  const [drafting, setDrafting] = useState(false);
  const [shown, setShown] = useState<Shown>('all');
  const [find, setFind] = useState('');
  const [tag, setTag] = useState<string | null>(null);
  const [node, setNode] = useState<BrowsedNode | null>(null);

  const tags = useMemo(() => model.tags.map(({ id, name, unit }) => ({ id, name: text(name), unit })), [model, text]);
  const lines = useMemo(() => mappingLines(tags, { mapping, guesses: draft?.guesses ?? [], decisions }), [tags, mapping, draft, decisions]);
  const inUse = useMemo(() => new Map(lines.flatMap(({ next, tag: { id } }) => (next === null ? [] : [[next, id] as const]))), [lines]);
  const shared = useMemo(() => sharedNodes(lines), [lines]);
  const changes = changesOf(lines);
  const count = (standing: MappingLine['standing']) => lines.filter((line) => line.standing === standing).length;
  const wanted = find.trim().toLowerCase();
  const visible = lines.filter(({ standing, tag: { id, name } }) => (shown === 'all' || standing === shown) && (wanted === '' || id.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted)));
  const line = lines.find((each) => each.tag.id === tag) ?? null;
  const decide = (id: string, nodeId: string | null) => setDecisions((before) => new Map([...before, [id, nodeId]]));
  const forget = (id: string) => setDecisions((before) => new Map([...before].filter(([each]) => each !== id)));
  /** Accepts the guess, or takes the decision back. */
  const flip = ({ tag: { id }, standing, guess }: MappingLine) => (standing === 'decided' ? forget(id) : guess !== null && decide(id, guess.nodeId));

  const makeDraft = async () => {
    setDrafting(true);
    const answer = await link.query('feeds.draftMapping', { feed: feed.id, root: null });
    setDrafting(false);
    if (!answer.ok) return acting.refused(answer.refusal);
    if (answer.value.problem !== null) return acting.refused({ code: 'Failed', text: answer.value.problem });
    setDraft(answer.value.draft);
  };
  const settle = (outcome: Awaited<ReturnType<typeof save>> | Awaited<ReturnType<typeof undo>>) => {
    if (!outcome.ok) return;
    onSaved(outcome.value);
    setDecisions(new Map());
  };
  const columns: readonly Column<MappingLine>[] = [
    { id: 'standing', title: t('connect.standing'), width: '5.5rem', cell: ({ standing }) => <span className={standing === 'none' || standing === 'mapped' ? 'dim' : 'strong'}>{t(`connect.standings.${standing}`)}</span> },
    { id: 'tag', title: t('connect.tag'), width: 'minmax(8rem, 1fr)', cell: ({ tag: { id } }) => id },
    { id: 'name', title: t('connect.name'), width: 'minmax(8rem, 1.2fr)', cell: ({ tag: { name } }) => <span className="dim">{name}</span> },
    { id: 'unit', title: t('connect.unit'), width: '4rem', cell: ({ tag: { unit } }) => <span className="dim">{unit === '1' ? '' : unit}</span> },
    { id: 'score', title: t('connect.score'), width: '4.5rem', number: true, cell: ({ guess }) => guess !== null && `${String(Math.round(guess.score * 100))}%` },
    {
      id: 'node',
      title: t('connect.node'),
      width: 'minmax(12rem, 2fr)',
      cell: ({ next, current, guess, standing }) =>
        standing === 'to-decide' ? (
          <span className="guess" title={guess?.nodeId}>? {guess?.path}</span>
        ) : (
          <span title={next ?? current ?? ''} className={next !== null && shared.has(next) ? 'strong' : undefined}>
            {next !== null && shared.has(next) && '✕ '}
            {next ?? (standing === 'decided' ? t('connect.takenOff') : '')}
          </span>
        ),
    },
  ];
  return (
    <div className="mapping" data-testid="mapping">
      <Panel fill className="flush" title={t('connect.server')} aside={node !== null && <span className="dim clip selectable mapping-node">{node.nodeId}</span>}>
        <BrowseTree feed={feed.id} isLive={feed.state === 'live'} selected={node?.nodeId ?? null} onSelect={setNode} inUse={inUse} />
      </Panel>
      <Panel
        fill
        className="flush"
        title={t('connect.mapping')}
        aside={
          <>
            <span className="dim">{mapping.at === null ? t('connect.asDelivered') : t('connect.savedBy', { revision: mapping.revision, who: mapping.actor ?? '', time: moment(mapping.at, model.site.timeZone, 'dateTime') })}</span>
            <Button look="quiet" disabled={mapping.revision === 0} onClick={() => void undo({ feed: feed.id, revision: mapping.revision }).then(settle)}>{t('connect.undo')}</Button>
            <Button look="quiet" onClick={() => download({ fileName: `mapping-${feed.id}-${String(mapping.revision)}.yaml`, mime: 'application/yaml', content: mapping.yaml })}>{t('connect.export')}</Button>
          </>
        }
      >
        <div className="connect-tools">
          <Button disabled={drafting || feed.state !== 'live'} onClick={() => void makeDraft()}>{drafting ? t('connect.drafting') : t('connect.draft')}</Button>
          <Button disabled={!lines.some(({ standing, guess }) => standing === 'to-decide' && (guess?.score ?? 0) >= SURE_SCORE)} onClick={() => setDecisions(acceptSure(lines, decisions))}>{t('connect.acceptSure', { percent: SURE_SCORE * 100 })}</Button>
          <Button look="main" disabled={changes.length === 0 || shared.size > 0} onClick={() => void save({ feed: feed.id, revision: mapping.revision, entries: changes, endpoint: null }).then(settle)}>{t('connect.save', { count: changes.length })}</Button>
          {changes.length > 0 && <Button look="quiet" onClick={() => setDecisions(new Map())}>{t('common.cancel')}</Button>}
          {draft !== null && <span className="dim">{t(draft.isComplete ? 'connect.looked' : 'connect.lookedPart', { count: draft.variables })}</span>}
          {shared.size > 0 && <b>✕ {t('connect.shared', { node: [...shared][0] })}</b>}
        </div>
        <div className="connect-tools">
          <Segmented<Shown> label={t('connect.standing')} value={shown} onChange={setShown} choices={[{ value: 'all', label: `${t('connect.all')} ${String(lines.length)}` }, ...STANDINGS.map((standing) => ({ value: standing, label: `${t(`connect.standings.${standing}`)} ${String(count(standing))}` }))]} />
          <input type="search" className="input" aria-label={t('connect.find')} placeholder={t('connect.find')} value={find} onChange={(event) => setFind(event.target.value)} />
        </div>
        <DataTable columns={columns} rows={visible} keyOf={(each) => each.tag.id} label={t('connect.mapping')} selected={tag} onSelect={setTag} onOpen={flip} empty={t('connect.nothing')} rowLook={({ standing }) => (standing === 'decided' ? 'decided' : undefined)} />
        {line === null ? <p className="connect-hint dim">{t('connect.hint')}</p> : <MappingDetail line={line} node={node} onDecide={(nodeId) => decide(line.tag.id, nodeId)} onForget={() => forget(line.tag.id)} />}
      </Panel>
    </div>
  );
};

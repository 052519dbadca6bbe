import { Box, ChevronDown, ChevronRight, Tag } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrowsedNode } from '../../../src-shared/contract/index.ts';
import { QUALITY_NAMES, type Text } from '../../../src-shared/kernel/index.ts';
import { useLink } from '../../link/index.ts';
import { DataTable, Empty, QualityMark, useText, type Column } from '../../ui/index.ts';

type Line = { readonly node: BrowsedNode; readonly depth: number };
type Branch = { readonly nodes: readonly BrowsedNode[]; readonly problem: Text | null };

const ASK_AGAIN_MS = 2_000;

/** The server's address space, each branch read when it is opened. Arrow keys move, right and Enter open, left closes. */
export const BrowseTree = ({ feed, isLive, selected, onSelect, inUse }: { readonly feed: string; /** While it is not, the server cannot be asked. */ readonly isLive: boolean; readonly selected: string | null; readonly onSelect: (node: BrowsedNode) => void; /** Nodes that carry a tag already. */ readonly inUse: ReadonlyMap<string, string> }) => {
  const { t } = useTranslation();
  const text = useText();
  const link = useLink();
  const [branches, setBranches] = useState<ReadonlyMap<string, Branch>>(new Map());
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());

  const load = useCallback(
    async (node: string | null) => {
      const answer = await link.query('feeds.browse', { feed, node });
      setBranches((before) => new Map([...before, [node ?? '', answer.ok ? answer.value : { nodes: [], problem: answer.refusal.text }]]));
    },
    [link, feed],
  );
  useEffect(() => void load(null), [load]);
  // A server that could not be asked is asked again while its feed is live: whoever opens the page at the start need not come back.
  const root = branches.get('');
  useEffect(() => {
    if (!isLive || root === undefined || root.problem === null) return undefined;
    const again = link.clock.after(ASK_AGAIN_MS, () => void load(null));
    return () => again[Symbol.dispose]();
  }, [isLive, root, link, load]);
  const toggle = (id: string, to = !open.has(id)) => {
    setOpen((before) => new Set(to ? [...before, id] : [...before].filter((each) => each !== id)));
    if (to && !branches.has(id)) void load(id);
  };
  const lines = useMemo(() => {
    const flat: Line[] = [];
    const walk = (parent: string, depth: number) => {
      for (const node of branches.get(parent)?.nodes ?? []) {
        flat.push({ node, depth });
        if (open.has(node.nodeId) && depth < 20) walk(node.nodeId, depth + 1);
      }
    };
    walk('', 0);
    return flat;
  }, [branches, open]);
  const columns: readonly Column<Line>[] = [
    {
      id: 'name',
      title: t('connect.node'),
      width: 'minmax(12rem, 2fr)',
      cell: ({ node, depth }) => {
        const Chevron = open.has(node.nodeId) ? ChevronDown : ChevronRight;
        const Icon = node.nodeClass === 'Variable' ? Tag : Box;
        return (
          <span className="row-gap" style={{ paddingLeft: `${String(depth * 1.1)}em` }} title={`${node.nodeId}\n${node.displayName}`}>
            <button type="button" tabIndex={-1} className="tree-toggle" data-leaf={node.nodeClass === 'Variable' || undefined} aria-label={t('connect.open')} onClick={() => toggle(node.nodeId)}>
              <Chevron size="1em" aria-hidden="true" />
            </button>
            <Icon size="0.95em" aria-hidden="true" className="dim" /> {node.displayName || node.browseName}
          </span>
        );
      },
    },
    { id: 'type', title: t('connect.type'), width: '5rem', cell: ({ node }) => <span className="dim">{node.dataType ?? ''}</span> },
    { id: 'value', title: t('connect.value'), width: '7rem', number: true, cell: ({ node }) => node.value !== null && <>{node.quality !== null && node.quality > 0 && <QualityMark quality={node.quality} title={t(`quality.${QUALITY_NAMES[node.quality] ?? 'stale'}`)} />} {node.value} <span className="dim">{node.unit ?? ''}</span></> },
    { id: 'tag', title: t('connect.tag'), width: 'minmax(5rem, 1fr)', cell: ({ node }) => inUse.get(node.nodeId) ?? '' },
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    if (selected === null || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return;
    event.preventDefault();
    toggle(selected, event.key === 'ArrowRight');
  };
  const problem = [...branches.values()].find((branch) => branch.problem !== null)?.problem ?? null;
  const own = (id: string) => lines.find(({ node }) => node.nodeId === id)?.node;
  if (!branches.has('')) return <Empty>{t('common.loading')}</Empty>;
  return (
    <div className="browse-tree" onKeyDown={onKeyDown}>
      {problem !== null && <p className="connect-problem">{text(problem)}</p>}
      <DataTable columns={columns} rows={lines} keyOf={({ node }) => node.nodeId} label={t('connect.server')} selected={selected} onSelect={(id) => own(id) !== undefined && onSelect(own(id)!)} onOpen={({ node }) => toggle(node.nodeId)} empty={t('connect.emptyServer')} />
    </div>
  );
};

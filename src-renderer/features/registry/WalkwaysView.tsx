import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { WALK_EDGE_WORDS, WALK_NODE_WORDS, type WalkEdge, type WalkNode } from '../../../src-shared/plant/index.ts';
import { useCommand, usePlant } from '../../link/index.ts';
import { Button, Empty, Field, number, Panel, Select, useText } from '../../ui/index.ts';
import { draftOf, dropEdge, dropNode, editsBetween, freeId, newProblems, putEdge, putNode, walkProblems, type Draft } from './walkways.ts';

const NODE_KINDS = ['junction', 'door', 'gate', 'muster'] as const;
const EDGE_KINDS = ['walkway', 'road', 'stair', 'door', 'gate', 'indoor'] as const;
/** As many edits as the registry takes at once. */
const MOST_EDITS = 200;
type Chosen = { readonly kind: 'node' | 'edge'; readonly id: string } | null;

/** The walkways drawn on the plan of the plant: nodes and ways are added, moved, removed and described, checked, and saved as one change set. */
export const WalkwaysView = ({ onEdited }: { readonly onEdited: () => void }) => {
  const { t } = useTranslation();
  const { model } = usePlant();
  const edit = useCommand('registry.edit');
  const before = useMemo(() => draftOf(model.walkways), [model]);
  const [draft, setDraft] = useState<Draft>(before);
  const [chosen, setChosen] = useState<Chosen>(null);
  const [why, setWhy] = useState('');
  const edits = useMemo(() => editsBetween(before, draft), [before, draft]);
  const problems = useMemo(() => newProblems(walkProblems(before, model.muster), walkProblems(draft, model.muster)), [before, draft, model]);
  const save = async () => {
    if ((await edit({ edits, why: why.trim() })).ok) onEdited();
  };
  return (
    <div className="model-browse walkways" data-testid="walkways">
      <Panel fill className="flush" title={t('registry.walk.hint')}>
        <Plan draft={draft} chosen={chosen} onDraw={setDraft} onChoose={setChosen} />
      </Panel>
      <Panel fill title={chosen === null ? t('registry.edit') : `${t(`registry.walk.${chosen.kind}`)} ${chosen.id}`}>
        <div className="stack entity-form">
          {chosen === null && <Empty>{t('registry.choose')}</Empty>}
          {chosen?.kind === 'node' && <NodeForm node={draft.nodes.get(chosen.id)} onPut={(node) => setDraft(putNode(draft, node))} onDrop={(id) => (setDraft(dropNode(draft, id)), setChosen(null))} />}
          {chosen?.kind === 'edge' && <EdgeForm edge={draft.edges.get(chosen.id)} onPut={(edge) => setDraft(putEdge(draft, edge))} onDrop={(id) => (setDraft(dropEdge(draft, id)), setChosen(null))} />}
          <ul className="walk-problems" data-testid="walk-problems">
            {problems.slice(0, 8).map(({ code, id }) => (
              <li key={`${code} ${id}`}>✕ {t(`registry.walk.problem.${code}`, { id })}</li>
            ))}
            {problems.length > 8 && <li className="dim">{t('registry.walk.more', { count: problems.length - 8 })}</li>}
            {problems.length === 0 && <li className="dim">✓ {t('registry.walk.sound')}</li>}
          </ul>
          <Field label={t('registry.why')}>{(input) => <input id={input} className="input" maxLength={500} value={why} placeholder={t('registry.whyHint')} onChange={(event) => setWhy(event.target.value)} />}</Field>
          <p className="dim caption">{t('registry.walk.staged', { count: edits.length })}</p>
          <div className="row-gap">
            <Button look="main" disabled={edits.length === 0 || edits.length > MOST_EDITS || problems.length > 0 || why.trim().length < 2} onClick={() => void save()}>
              {t('registry.check')}
            </Button>
            <Button disabled={edits.length === 0} onClick={() => (setDraft(before), setChosen(null))}>
              {t('registry.walk.revert')}
            </Button>
          </div>
          <p className="dim caption">{t('registry.editHint')}</p>
        </div>
      </Panel>
    </div>
  );
};

const NodeForm = ({ node, onPut, onDrop }: { readonly node: WalkNode | undefined; readonly onPut: (node: WalkNode) => void; readonly onDrop: (id: string) => void }) => {
  const { t } = useTranslation();
  const text = useText();
  if (node === undefined) return null;
  return (
    <>
      <p className="dim">
        {number(node.position[0], 1)}, {number(node.position[1], 1)} m
      </p>
      <Field label={t('common.kind')}>{(id) => <Select id={id} label={t('common.kind')} value={node.kind} onChange={(kind) => onPut({ ...node, kind: NODE_KINDS.find((each) => each === kind) ?? 'junction' })} choices={NODE_KINDS.map((value) => ({ value, label: text(WALK_NODE_WORDS[value]) }))} />}</Field>
      <Button onClick={() => onDrop(node.id)}>{t('registry.remove')}</Button>
    </>
  );
};

const EdgeForm = ({ edge, onPut, onDrop }: { readonly edge: WalkEdge | undefined; readonly onPut: (edge: WalkEdge) => void; readonly onDrop: (id: string) => void }) => {
  const { t } = useTranslation();
  const text = useText();
  if (edge === undefined) return null;
  return (
    <>
      <p className="dim">
        {edge.from} — {edge.to}
      </p>
      <Field label={t('common.kind')}>{(id) => <Select id={id} label={t('common.kind')} value={edge.kind} onChange={(kind) => onPut({ ...edge, kind: EDGE_KINDS.find((each) => each === kind) ?? 'walkway' })} choices={EDGE_KINDS.map((value) => ({ value, label: text(WALK_EDGE_WORDS[value]) }))} />}</Field>
      <Field label={`${t('registry.walk.width')} (m)`}>{(id) => <input id={id} className="input" type="number" min={0} step={0.1} value={edge.width} onChange={(event) => onPut({ ...edge, width: Number(event.target.value) })} />}</Field>
      <label>
        <input type="checkbox" checked={edge.blocked === true} onChange={(event) => onPut({ ...edge, blocked: event.target.checked })} /> {t('registry.walk.blocked')}
      </label>
      <Button onClick={() => onDrop(edge.id)}>{t('registry.remove')}</Button>
    </>
  );
};

/** The plan: north is up, one unit a metre. Drag a node; Shift adds a node on the ground, or a way from the chosen node. */
const Plan = ({ draft, chosen, onDraw, onChoose }: { readonly draft: Draft; readonly chosen: Chosen; readonly onDraw: (draft: Draft) => void; readonly onChoose: (chosen: Chosen) => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const { model } = usePlant();
  const { width, depth } = model.site;
  const picture = useRef<SVGSVGElement>(null);
  const dragged = useRef<string | null>(null);
  const [zoom, setZoom] = useState(1);
  const at = (event: PointerEvent): [number, number] => {
    const matrix = picture.current?.getScreenCTM();
    if (matrix === null || matrix === undefined) return [0, 0];
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return [Math.min(width, Math.max(0, Math.round(x * 10) / 10)), Math.min(depth, Math.max(0, Math.round((depth - y) * 10) / 10))];
  };
  const onNode = (event: PointerEvent, id: string) => {
    event.stopPropagation();
    if (event.shiftKey && chosen?.kind === 'node' && chosen.id !== id) {
      const edge: WalkEdge = { id: freeId(draft.edges, 'W'), from: chosen.id, to: id, width: 1.5, kind: 'walkway' };
      onDraw(putEdge(draft, edge));
      return onChoose({ kind: 'edge', id: edge.id });
    }
    dragged.current = id;
    picture.current?.setPointerCapture(event.pointerId);
    onChoose({ kind: 'node', id });
  };
  const onGround = (event: PointerEvent) => {
    if (!event.shiftKey) return onChoose(null);
    const node: WalkNode = { id: freeId(draft.nodes, 'N'), position: at(event), kind: 'junction' };
    onDraw(putNode(draft, node));
    onChoose({ kind: 'node', id: node.id });
  };
  const onMove = (event: PointerEvent) => {
    const node = dragged.current === null ? undefined : draft.nodes.get(dragged.current);
    if (node !== undefined) onDraw(putNode(draft, { ...node, position: at(event) }));
  };
  return (
    <div className="walk-plan">
      <div className="walk-ground">
        <svg ref={picture} viewBox={`0 0 ${width} ${depth}`} style={{ width: `${100 * zoom}%` }} onPointerDown={onGround} onPointerMove={onMove} onPointerUp={() => (dragged.current = null)}>
          {model.structures.map(({ id, shape, kind }) => (
            <polygon key={id} className="walk-structure" data-kind={kind} points={shape.map(([x, y]) => `${x},${depth - y}`).join(' ')} />
          ))}
          {[...draft.edges.values()].map((edge) => {
            const [from, to] = [draft.nodes.get(edge.from), draft.nodes.get(edge.to)];
            if (from === undefined || to === undefined) return null;
            const ends = { x1: from.position[0], y1: depth - from.position[1], x2: to.position[0], y2: depth - to.position[1] };
            const pick = (event: PointerEvent) => (event.stopPropagation(), onChoose({ kind: 'edge', id: edge.id }));
            return (
              <g key={edge.id} className="walk-edge" data-kind={edge.kind} data-blocked={edge.blocked || undefined} data-chosen={(chosen?.kind === 'edge' && chosen.id === edge.id) || undefined} onPointerDown={pick}>
                <line {...ends} className="walk-reach" />
                <line {...ends} strokeWidth={Math.max(0.8, Math.min(4, edge.width * 0.5))} />
                <title>{`${edge.id} · ${text(WALK_EDGE_WORDS[edge.kind])} · ${edge.width} m`}</title>
              </g>
            );
          })}
          {[...draft.nodes.values()].map(({ id, position: [x, y], kind }) => (
            <circle key={id} className="walk-node" data-kind={kind} data-chosen={(chosen?.kind === 'node' && chosen.id === id) || undefined} cx={x} cy={depth - y} r={kind === 'junction' ? 1.6 : 2.6} onPointerDown={(event) => onNode(event, id)}>
              <title>{`${id} · ${text(WALK_NODE_WORDS[kind])}`}</title>
            </circle>
          ))}
        </svg>
      </div>
      <label className="walk-zoom">
        {t('registry.walk.zoom')} <input type="range" min={1} max={6} step={0.5} value={zoom} onChange={(event) => setZoom(Number(event.target.value))} />
      </label>
    </div>
  );
};

import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { WALK_EDGE_WORDS } from '../../../src-shared/plant/index.ts';
import { useCommand, usePlant } from '../../link/index.ts';
import { Button, Dialog, useText } from '../../ui/index.ts';

/** The plant's ways to click: one that is reported impassable is left at once by whoever was sent along it; a second click opens it again. */
export const BlockedWays = ({ emergency, onClose }: { readonly emergency: Emergency; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const { model } = usePlant();
  const blockWay = useCommand('emergency.blockWay');
  const { width, depth } = model.site;
  const nodes = new Map(model.walkways.nodes.map(({ id, position }) => [id, position]));
  const blocked = new Set(emergency.blockedEdges);
  const closed = new Set(emergency.closedEdges);
  const walked = new Set(emergency.routes.flatMap(({ edges, escapeEdges }) => [...escapeEdges, ...edges]));
  const toggle = (edge: string) => void blockWay({ id: emergency.id, edge, blocked: !blocked.has(edge) });
  return (
    <Dialog title={t('emergency.blockTitle')} closeWord={t('common.close')} onClose={onClose} wide>
      <p className="dim">{t('emergency.blockHint')}</p>
      <svg className="block-plan" viewBox={`0 0 ${width} ${depth}`} data-testid="block-plan">
        {model.structures.map(({ id, shape }) => (
          <polygon key={id} className="block-structure" points={shape.map(([x, y]) => `${x},${depth - y}`).join(' ')} />
        ))}
        {model.walkways.edges.map((edge) => {
          const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
          if (from === undefined || to === undefined || edge.blocked === true) return null;
          const ends = { x1: from[0], y1: depth - from[1], x2: to[0], y2: depth - to[1] };
          const state = blocked.has(edge.id) ? 'blocked' : walked.has(edge.id) ? 'walked' : closed.has(edge.id) ? 'closed' : 'open';
          return (
            <g key={edge.id} className="block-way" data-way={edge.id} data-state={state} onClick={() => toggle(edge.id)}>
              <line {...ends} className="block-reach" />
              <line {...ends} />
              <title>{`${edge.id} · ${text(WALK_EDGE_WORDS[edge.kind])} · ${t(`emergency.wayState.${state}`)}`}</title>
            </g>
          );
        })}
        {model.muster.map(({ id, node, name }) => {
          const at = nodes.get(node);
          if (at === undefined) return null;
          return (
            <circle key={id} className="block-muster" cx={at[0]} cy={depth - at[1]} r={6}>
              <title>{text(name)}</title>
            </circle>
          );
        })}
      </svg>
      <ul className="block-list" data-testid="blocked-ways">
        {emergency.blockedEdges.map((id) => (
          <li key={id}>
            × {id} <Button onClick={() => toggle(id)}>{t('emergency.reopen')}</Button>
          </li>
        ))}
      </ul>
      <div className="dialog-foot">
        <Button look="main" onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
    </Dialog>
  );
};

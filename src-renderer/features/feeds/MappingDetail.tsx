import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { BrowsedNode, MappingCandidate } from '../../../src-shared/contract/index.ts';
import { Button, useText } from '../../ui/index.ts';
import type { MappingLine } from './model.ts';

/** The choice for one tag: the guess and its alternatives with what speaks for and against each, the node selected in the tree, or none. */
export const MappingDetail = ({ line, node, onDecide, onForget }: { readonly line: MappingLine; readonly node: BrowsedNode | null; readonly onDecide: (nodeId: string | null) => void; readonly onForget: () => void }) => {
  const { t } = useTranslation();
  const { tag, guess, alternatives, next, current, standing } = line;
  const candidates = guess === null ? alternatives : [guess, ...alternatives];
  return (
    <div className="mapping-detail" data-testid="mapping-detail">
      <header className="row-gap">
        <b>{tag.id}</b> <span className="dim clip">{tag.name}</span>
        <span className="clip selectable">{next ?? t('connect.noNode')}</span>
        {standing === 'decided' && <Button look="quiet" onClick={onForget}>{t('connect.takeBack')}</Button>}
      </header>
      {candidates.length > 0 && (
        <ul className="candidates">
          {candidates.map((candidate) => (
            <Candidate key={candidate.nodeId} candidate={candidate} isChosen={next === candidate.nodeId} onChoose={() => onDecide(candidate.nodeId)} />
          ))}
        </ul>
      )}
      <footer className="row-gap">
        <Button disabled={node?.nodeClass !== 'Variable' || node.nodeId === next} onClick={() => node !== null && onDecide(node.nodeId)}>{t('connect.useSelected', { node: node?.nodeClass === 'Variable' ? node.displayName : t('connect.fromTree') })}</Button>
        <Button look="quiet" disabled={next === null && (current === null || standing === 'decided')} onClick={() => onDecide(null)}>{t('connect.useNone')}</Button>
      </footer>
    </div>
  );
};

const Candidate = ({ candidate, isChosen, onChoose }: { readonly candidate: MappingCandidate; readonly isChosen: boolean; readonly onChoose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  return (
    <li data-chosen={isChosen || undefined}>
      <span className="number">{Math.round(candidate.score * 100)}%</span>
      <span className="clip" title={candidate.nodeId}>{candidate.path}</span>
      <span className="number clip">{candidate.value} <span className="dim">{candidate.unit}</span></span>
      <span className="dim clip" title={candidate.reasons.map(text).join('\n')}>{candidate.reasons.map(text).join(' · ')}</span>
      {isChosen ? <span className="row-gap"><Check size="1em" aria-hidden="true" /> {t('connect.chosen')}</span> : <Button onClick={onChoose}>{t('connect.accept')}</Button>}
    </li>
  );
};

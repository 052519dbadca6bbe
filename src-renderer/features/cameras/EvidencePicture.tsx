import { ShieldCheck, ShieldX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlant, useQuery, useTick } from '../../link/index.ts';
import { Dialog, moment, useText } from '../../ui/index.ts';
import { BoxShapes } from './CameraPicture.tsx';
import { tellingBoxes } from './model.ts';
import './cameras.css';

/** A picture kept as evidence, small; opens it large. */
export const EvidencePicture = ({ id, label }: { readonly id: string; readonly label?: string }) => {
  const { t } = useTranslation();
  const [isLarge, setLarge] = useState(false);
  const answer = useEvidence(id);
  return (
    <>
      <button type="button" className="evidence-small" data-evidence={id} onClick={() => setLarge(true)} disabled={answer === null} title={label ?? t('camera.evidence')}>
        {answer === null ? <span className="dim caption">{t('camera.evidenceGone')}</span> : <Picture evidence={answer} />}
        {label !== undefined && <span className="caption dim">{label}</span>}
      </button>
      {isLarge && answer !== null && <EvidenceDialog evidence={answer} onClose={() => setLarge(false)} />}
    </>
  );
};

/** A picture is on disk a moment after its event: asked for every few seconds until it is there. */
const useEvidence = (id: string) => {
  const tick = useTick(ASK_MS);
  const asked = useRef(tick);
  const answer = useQuery('cameras.evidencePicture', { id, drawn: false }, asked.current);
  const value = answer.state === 'answered' ? answer.value : null;
  if (value === null) asked.current = tick;
  return value;
};
const ASK_MS = 3_000;
type Answered = NonNullable<ReturnType<typeof useEvidence>>;

const Picture = ({ evidence: { jpeg, width, height, boxes } }: { readonly evidence: Answered }) => {
  const url = useMemo(() => URL.createObjectURL(new Blob([Uint8Array.from(jpeg)], { type: 'image/jpeg' })), [jpeg]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <span className="camera-picture" data-state="live" style={{ aspectRatio: `${String(width)} / ${String(height)}` }}>
      <img src={url} alt="" draggable={false} />
      <BoxShapes boxes={tellingBoxes(boxes)} />
    </span>
  );
};

const EvidenceDialog = ({ evidence, onClose }: { readonly evidence: Answered; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  const { isIntact } = evidence;
  return (
    <Dialog wide title={text(evidence.text)} closeWord={t('common.close')} onClose={onClose}>
      <Picture evidence={evidence} />
      <dl className="facts">
        <dt>{t('camera.taken')}</dt>
        <dd>
          {moment(evidence.at, plant.model.site.timeZone, 'dateTime')}
          {evidence.camera !== null && ` · ${text(plant.nameOf(evidence.camera))}`}
        </dd>
        <dt>{t('camera.privacy')}</dt>
        <dd>{t(`camera.blurred.${evidence.blurred}`)}</dd>
        <dt>{t('camera.integrity')}</dt>
        <dd data-testid="integrity">
          {isIntact ? <ShieldCheck size="1.1em" aria-hidden="true" /> : <ShieldX size="1.1em" aria-hidden="true" />} {t(isIntact ? 'camera.intact' : 'camera.altered')}
        </dd>
        <dt>SHA-256</dt>
        <dd className="caption selectable evidence-digest">{evidence.sha256}</dd>
      </dl>
    </Dialog>
  );
};

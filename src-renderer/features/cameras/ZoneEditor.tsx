import { Trash2 } from 'lucide-react';
import { useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraRow } from '../../../src-shared/contract/index.ts';
import type { PictureZone } from '../../../src-shared/plant/index.ts';
import { useCommand, usePlant } from '../../link/index.ts';
import { Button, Dialog, Segmented, useText } from '../../ui/index.ts';
import { CameraPicture, ZoneShapes } from './CameraPicture.tsx';

const KINDS = ['forbidden', 'climbing', 'helmet', 'vest', 'no-fire'] as const;
type Point = PictureZone['polygon'][number];

/** Draws the areas of one camera on its live picture: click corner after corner, close the area, choose what holds in it. Saved by an installer. */
export const ZoneEditor = ({ row, onClose }: { readonly row: CameraRow; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  const setZones = useCommand('cameras.setZones');
  const [zones, setDrawn] = useState<readonly PictureZone[]>(row.zones);
  const [kind, setKind] = useState<PictureZone['kind']>('forbidden');
  const [corners, setCorners] = useState<readonly Point[]>([]);
  const add = (event: MouseEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const share = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1_000) / 1_000;
    setCorners([...corners, [share((event.clientX - left) / width), share((event.clientY - top) / height)]]);
  };
  const close = () => {
    const used = new Set(zones.map(({ id }) => id));
    let count = 1;
    while (used.has(`${kind}-${String(count)}`)) count += 1;
    setDrawn([...zones, { id: `${kind}-${String(count)}`, kind, polygon: [...corners] }]);
    setCorners([]);
  };
  const save = async (next: readonly PictureZone[] | null) => {
    const outcome = await setZones({ camera: row.camera, zones: next === null ? null : [...next] });
    if (outcome.ok) onClose();
  };
  return (
    <Dialog wide title={`${t('camera.drawZones')} · ${text(plant.nameOf(row.camera))}`} closeWord={t('common.close')} onClose={onClose}>
      <Segmented label={t('camera.drawZones')} value={kind} onChange={setKind} choices={KINDS.map((value) => ({ value, label: t(`camera.zoneKinds.${value}`) }))} />
      <p className="caption dim">{t(`camera.zoneHints.${kind}`)}</p>
      <div className="zone-canvas" data-testid="zone-canvas" onClick={add}>
        <CameraPicture camera={row.camera} />
        <ZoneShapes zones={zones} />
        <svg className="camera-overlay camera-zones" data-drawing viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          {corners.length > 1 && <polyline points={corners.map((point) => point.join(',')).join(' ')} />}
        </svg>
        {corners.map(([x, y], index) => (
          <i key={`${String(x)} ${String(y)} ${String(index)}`} className="zone-corner" style={{ left: `${String(x * 100)}%`, top: `${String(y * 100)}%` }} />
        ))}
      </div>
      <div className="row-gap">
        <Button disabled={corners.length < 3} onClick={close}>
          {t('camera.closeZone', { count: corners.length })}
        </Button>
        <Button look="quiet" disabled={corners.length === 0} onClick={() => setCorners(corners.slice(0, -1))}>
          {t('camera.undoCorner')}
        </Button>
      </div>
      <ul className="short-list">
        {zones.map((zone) => (
          <li key={zone.id} className="short-row">
            <span>{t(`camera.zoneKinds.${zone.kind}`)}</span>
            <span className="dim caption">{zone.id}</span>
            <button type="button" className="icon-button push" aria-label={`${t('camera.removeZone')} ${zone.id}`} title={t('camera.removeZone')} onClick={() => setDrawn(zones.filter(({ id }) => id !== zone.id))}>
              <Trash2 size="1.1em" />
            </button>
          </li>
        ))}
      </ul>
      <div className="dialog-foot">
        {row.isRedrawn && <Button onClick={() => void save(null)}>{t('camera.backToSiteFile')}</Button>}
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" onClick={() => void save(zones)}>
          {t('camera.saveZones')}
        </Button>
      </div>
    </Dialog>
  );
};

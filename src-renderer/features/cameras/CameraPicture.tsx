import { useTranslation } from 'react-i18next';
import type { PictureBox } from '../../../src-shared/contract/index.ts';
import type { PictureZone } from '../../../src-shared/plant/index.ts';
import { useNow, useRow } from '../../link/index.ts';
import { duration, useLanguage, useText } from '../../ui/index.ts';
import { isLive, tellingBoxes } from './model.ts';
import { usePicture } from './usePicture.ts';
import './cameras.css';

/** What a camera shows now with what was seen on it; an old picture stays, greyed, with "?" and its age. `zones` draws the areas too. */
export const CameraPicture = ({ camera, zones = false }: { readonly camera: string; readonly zones?: boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const row = useRow('cameras.cameras', camera);
  const shown = usePicture(camera);
  const live = isLive(row);
  const boxes = tellingBoxes(shown?.boxes ?? []);
  return (
    <div className="camera-picture" data-state={row?.state ?? 'none'} style={{ aspectRatio: row === undefined || row.width === 0 ? '16 / 9' : `${String(row.width)} / ${String(row.height)}` }}>
      {shown !== null && <img src={shown.url} alt="" draggable={false} />}
      {zones && row !== undefined && <ZoneShapes zones={row.zones} />}
      {live && <BoxShapes boxes={boxes} />}
      {live && <BoxWords boxes={boxes} />}
      {!live && (
        <p className="camera-why">
          {shown !== null && row !== undefined && (
            <b>
              ? {duration(now - shown.at, language)}
            </b>
          )}
          <span>{row === undefined ? t('camera.noSource') : row.reason === null ? t(`camera.states.${row.state}`) : text(row.reason)}</span>
        </p>
      )}
    </div>
  );
};

/** Frames over a picture; coordinates are fractions of it. */
export const BoxShapes = ({ boxes }: { readonly boxes: readonly PictureBox[] }) => (
  <svg className="camera-overlay" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
    {boxes.map(({ kind, box: [left, top, width, height], breach }, index) => (
      <rect key={`${kind}${String(index)}`} x={left} y={top} width={width} height={height} data-breach={breach ?? undefined} />
    ))}
  </svg>
);

const BoxWords = ({ boxes }: { readonly boxes: readonly PictureBox[] }) => {
  const { t } = useTranslation();
  return boxes.map(({ kind, box: [left, top], breach, track }, index) =>
    breach === null || kind === 'no_hardhat' ? null : (
      <span key={`${breach}${String(track ?? index)}`} className="camera-word" data-breach={breach} style={{ left: `${String(left * 100)}%`, bottom: `min(${String((1 - top) * 100)}%, 100% - 1.4em)` }}>
        {t(`camera.kinds.${breach}`)}
      </span>
    ),
  );
};

export const ZoneShapes = ({ zones }: { readonly zones: readonly PictureZone[] }) => {
  const { t } = useTranslation();
  return (
    <>
      <svg className="camera-overlay camera-zones" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {zones.map(({ id, polygon }) => (
          <polygon key={id} points={polygon.map((point) => point.join(',')).join(' ')} />
        ))}
      </svg>
      {zones.map(({ id, kind, polygon }) => (
        <span key={id} className="camera-zone-word" style={{ left: `${String(mean(polygon.map(([x]) => x)) * 100)}%`, top: `${String(mean(polygon.map(([, y]) => y)) * 100)}%` }}>
          {t(`camera.zoneKinds.${kind}`)}
        </span>
      ))}
    </>
  );
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

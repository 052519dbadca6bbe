import { useTranslation } from 'react-i18next';
import { useDesk, useNow, usePlant, useTable } from '../../link/index.ts';
import { duration, Empty, percent, useLanguage, useText } from '../../ui/index.ts';
import { CameraPicture } from './CameraPicture.tsx';
import { mattersNow } from './model.ts';

/** The one camera event that needs eyes now, with its picture. */
export const CameraNow = () => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const desk = useDesk();
  const plant = usePlant();
  const event = mattersNow(useTable('people.cameraEvents'));
  if (event === null) return <Empty>{t('overview.noCamera')}</Empty>;
  return (
    <button type="button" className="camera-now" onClick={() => desk.open({ kind: 'camera', id: event.camera })}>
      <CameraPicture camera={event.camera} />
      <span className="camera-now-words">
        <strong className="clip">{text(event.text)}</strong>
        <span className="dim caption clip">{text(plant.nameOf(event.camera))}</span>
        <span className="dim caption">
          {t('camera.confidence')} {percent(event.confidence)}
          {event.count > 1 && ` · ×${String(event.count)}`} · {duration(now - event.lastAt, language)}
        </span>
      </span>
    </button>
  );
};

import { Video } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk, useNow, usePlant, useTable } from '../../link/index.ts';
import { duration, Empty, percent, useLanguage, useText } from '../../ui/index.ts';
import { mattersNow } from './model.ts';
import './people.css';

/** The one camera event that needs eyes now. No picture is faked: the station has the event, not the stream. */
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
      <Video size="1.5em" aria-hidden="true" />
      <span className="clip">
        <strong>{t(`camera.kinds.${event.kind}`)}</strong> {text(event.text)}
      </span>
      <span className="dim caption clip">
        {text(plant.nameOf(event.camera))} · {t('camera.confidence')} {percent(event.confidence)}
        {event.count > 1 && ` · ×${String(event.count)}`}
      </span>
      <span className="camera-age">{duration(now - event.lastAt, language)}</span>
    </button>
  );
};

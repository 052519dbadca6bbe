import { useDesk, useNow, usePlant, useRow, useTable } from '../../link/index.ts';
import { useTranslation } from 'react-i18next';
import { duration, useLanguage, useText } from '../../ui/index.ts';
import { CameraPicture } from './CameraPicture.tsx';
import { isGrave, mattersNow } from './model.ts';

/** A camera on a wall: its picture, its name, how old the picture is, and what it has seen. Opens its detail. */
export const CameraTile = ({ camera }: { readonly camera: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const desk = useDesk();
  const plant = usePlant();
  const row = useRow('cameras.cameras', camera);
  const event = mattersNow(useTable('people.cameraEvents').filter((each) => each.camera === camera));
  const age = row?.lastAt === undefined || row.lastAt === null ? null : now - row.lastAt;
  return (
    <button type="button" className="camera-tile" data-camera={camera} data-event={event === null ? undefined : isGrave(event.kind) ? 'grave' : 'breach'} onClick={() => desk.open({ kind: 'camera', id: camera })}>
      <CameraPicture camera={camera} />
      <span className="camera-caption">
        <span className="clip">{text(plant.nameOf(camera))}</span>
        {event !== null && <strong className="clip">{t(`camera.kinds.${event.kind}`)}</strong>}
        <span className="push dim caption">{age === null ? '' : age < 3_000 ? t('camera.now') : duration(age, language)}</span>
      </span>
    </button>
  );
};

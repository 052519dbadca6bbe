import { useTranslation } from 'react-i18next';
import { usePlant, useTable } from '../../link/index.ts';
import { Empty } from '../../ui/index.ts';
import { CameraTile } from './CameraTile.tsx';

/** All cameras, each always in the same place. */
export const CameraWall = () => {
  const { t } = useTranslation();
  const { cameras } = usePlant().model;
  const rows = useTable('cameras.cameras');
  const live = rows.filter(({ state }) => state === 'live').length;
  return (
    <div className="camera-screen" data-testid="cameras">
      <header className="screen-head">
        <h1>{t('nav.cameras')}</h1>
        <span className="dim">{t('camera.liveCount', { live, all: cameras.length })}</span>
      </header>
      <div className="camera-wall">
        {cameras.map(({ id }) => (
          <CameraTile key={id} camera={id} />
        ))}
      </div>
    </div>
  );
};

/** The cameras of one zone, for a unit display. */
export const CamerasOfZone = ({ zone }: { readonly zone: string }) => {
  const { t } = useTranslation();
  const cameras = usePlant().model.cameras.filter((camera) => camera.zone === zone);
  if (cameras.length === 0) return <Empty>{t('camera.noneHere')}</Empty>;
  return (
    <div className="camera-pair">
      {cameras.map(({ id }) => (
        <CameraTile key={id} camera={id} />
      ))}
    </div>
  );
};

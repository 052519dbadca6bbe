import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlant, useRow } from '../../link/index.ts';
import { Empty, useText } from '../../ui/index.ts';
import { CameraTile } from './CameraTile.tsx';
import { camerasOf } from './model.ts';

/** Most names offered beside the picture. */
const MOST = 5;

/** What looks at an emergency: the picture of the nearest camera that sees its place, and the next ones to choose from. */
export const CamerasTowards = ({ emergency }: { readonly emergency: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  const row = useRow('emergency.emergencies', emergency);
  const [chosen, setChosen] = useState<string | null>(null);
  const source = row?.plume?.source ?? plant.equipment(row?.equipment ?? '')?.position ?? null;
  const cameras = row === undefined ? [] : camerasOf(plant.model.cameras, { place: source === null ? null : [source[0], source[1]], zone: row.zone }).slice(0, MOST);
  const shown = cameras.find(({ id }) => id === chosen) ?? cameras[0];
  if (shown === undefined) return <Empty>{t('camera.noneSees')}</Empty>;
  return (
    <div className="cameras-towards">
      <CameraTile key={shown.id} camera={shown.id} />
      {cameras.length > 1 && (
        <div className="segmented camera-choices" role="radiogroup" aria-label={t('nav.cameras')}>
          {cameras.map(({ id, name }) => (
            <button key={id} type="button" role="radio" aria-checked={id === shown.id} title={`${text(name)} · ${id}`} onClick={() => setChosen(id)}>
              <span className="clip">{text(name)}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
};

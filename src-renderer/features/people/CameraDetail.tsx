import { useTranslation } from 'react-i18next';
import { useNow, usePlant, useTable } from '../../link/index.ts';
import { duration, Empty, number, percent, useLanguage, useText } from '../../ui/index.ts';

/** Where a camera looks and what it saw. */
export const CameraDetail = ({ camera: id }: { readonly camera: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const camera = usePlant().camera(id);
  const events = useTable('people.cameraEvents').filter((event) => event.camera === id);
  return (
    <div className="stack">
      {camera !== undefined && (
        <dl className="facts">
          <dt>{t('detail.position')}</dt>
          <dd>{camera.position.map((each) => number(each)).join(', ')} m</dd>
          <dt>{t('camera.heading')}</dt>
          <dd>{number(camera.heading)}°</dd>
        </dl>
      )}
      <p className="dim caption">{t('camera.picture')}</p>
      {events.length === 0 ? (
        <Empty>{t('overview.noCamera')}</Empty>
      ) : (
        <ul className="short-list">
          {events.map((event) => (
            <li key={event.id} className="short-row">
              <strong>{t(`camera.kinds.${event.kind}`)}</strong>
              <span className="clip">{text(event.text)}</span>
              <span className="push dim">
                {percent(event.confidence)} · {duration(now - event.lastAt, language)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

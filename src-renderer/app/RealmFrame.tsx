import { useTranslation } from 'react-i18next';
import { useValue } from '../link/index.ts';

/** Nobody may take a drill or a replay for the present (screens.md rules 12 and 13): a frame and words across every window. */
export const RealmFrame = () => {
  const { t } = useTranslation();
  const realm = useValue('system.status')?.realm ?? 'live';
  if (realm === 'live') return null;
  return (
    <div className="realm-frame" data-realm={realm} aria-hidden="true">
      <span>{t(realm === 'drill' ? 'realm.drillMark' : 'realm.replayMark')}</span>
    </div>
  );
};

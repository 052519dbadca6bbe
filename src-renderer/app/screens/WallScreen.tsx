import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AlarmBanner } from '../../features/alarms/index.ts';
import { EmergencyStrip } from '../../features/emergency/index.ts';
import { WarningList } from '../../features/inference/index.ts';
import { KpiStrip } from '../../features/overview/index.ts';
import { ZoneColumn } from '../../features/risk/index.ts';
import { StatusBar } from '../../features/system/index.ts';
import { WeatherNow } from '../../features/values/index.ts';
import { ActingProvider, DeskProvider, useLinkStatus, type Acting, type Desk } from '../../link/index.ts';
import { Panel } from '../../ui/index.ts';
import { BannerClock } from '../BannerClock.tsx';
import { Ground, OVERVIEW_LAYERS } from '../Ground.tsx';
import { LinkLost } from '../LinkLost.tsx';
import { ModelItem } from '../ModelItem.tsx';
import { RealmFrame } from '../RealmFrame.tsx';
import { useTheme } from '../theme.ts';
import '../shell.css';
import './screens.css';
import './wall.css';

const NOBODY_ACTS: Acting = { identify: () => Promise.resolve(false), refused: () => undefined };

/** The wall: read from metres away, touched by nobody. */
export const WallScreen = () => {
  const { t } = useTranslation();
  const theme = useTheme();
  const lost = useLinkStatus().phase !== 'live';
  const desk = useMemo<Desk>(() => ({ screen: 'overview', subject: null, target: null, theme, show: () => undefined, open: () => undefined, locate: () => undefined, located: 0 }), [theme]);
  return (
    <DeskProvider value={desk}>
      <ActingProvider value={NOBODY_ACTS}>
        <div className="shell wall" inert data-lost={lost || undefined}>
          <header className="banner">
            <AlarmBanner />
            <BannerClock />
          </header>
          <LinkLost />
          <EmergencyStrip />
          <div className="shell-body wall-body">
            <Panel fill className="tight" title={t('overview.zones')}>
              <ZoneColumn limit={12} />
            </Panel>
            <div className="wall-centre">
              <KpiStrip />
              <div className="overview-ground">
                <Ground place="wall" start={{ mode: '3d', layers: OVERVIEW_LAYERS }} tools={false} />
              </div>
            </div>
            <div className="wall-ahead">
              <Panel fill className="tight" title={t('overview.next15')}>
                <WarningList limit={4} />
              </Panel>
              <Panel title={t('overview.weather')}>
                <WeatherNow />
              </Panel>
            </div>
          </div>
          <RealmFrame />
          <StatusBar models={<ModelItem />} actions={null} />
        </div>
      </ActingProvider>
    </DeskProvider>
  );
};

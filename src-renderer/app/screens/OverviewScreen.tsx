import { useTranslation } from 'react-i18next';
import { CameraNow } from '../../features/cameras/index.ts';
import { WarningList } from '../../features/inference/index.ts';
import { KpiStrip, TimeStrip } from '../../features/overview/index.ts';
import { PeopleByZone } from '../../features/people/index.ts';
import { LineageFacts } from '../../features/registry/index.ts';
import { ZoneColumn } from '../../features/risk/index.ts';
import { WeatherNow } from '../../features/values/index.ts';
import { Panel } from '../../ui/index.ts';
import { Ground, OVERVIEW_LAYERS } from '../Ground.tsx';
import './screens.css';

const WEATHER = { computed: 'weather', subject: '' } as const;

/** L1: is the plant safe now, and next week? (look.md, layout of the overview) */
export const OverviewScreen = () => {
  const { t } = useTranslation();
  return (
    <div className="overview-screen" data-testid="overview">
      <Panel fill className="overview-zones tight" title={t('overview.zones')} aside={<span className="caption">{t('overview.index')} 0–100</span>}>
        <ZoneColumn />
      </Panel>
      <div className="overview-centre">
        <KpiStrip />
        <div className="overview-ground">
          <Ground place="overview" start={{ mode: '3d', layers: OVERVIEW_LAYERS }} />
        </div>
      </div>
      <div className="overview-ahead">
        <Panel fill className="tight" title={`${t('overview.ahead')} · ${t('overview.next15')}`}>
          <WarningList />
        </Panel>
        <Panel title={t('overview.weather')}>
          <WeatherNow />
          <LineageFacts of={WEATHER} />
        </Panel>
        <Panel title={t('overview.people')}>
          <PeopleByZone limit={10} />
        </Panel>
        <Panel title={t('overview.camera')}>
          <CameraNow />
        </Panel>
      </div>
      <div className="overview-strip">
        <TimeStrip />
      </div>
    </div>
  );
};

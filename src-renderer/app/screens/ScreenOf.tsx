import type { Screen } from '../../link/index.ts';
import { AlarmScreen } from '../../features/alarms/index.ts';
import { CameraWall, EvidencePicture } from '../../features/cameras/index.ts';
import { HazardBoard } from '../../features/hazards/index.ts';
import { TagTrend } from '../../features/historian/index.ts';
import { IncidentScreen } from '../../features/incidents/index.ts';
import { PermitScreen } from '../../features/permits/index.ts';
import { ModelScreen } from '../../features/registry/index.ts';
import { DiagnosticsScreen } from './DiagnosticsScreen.tsx';
import { EmergencyPlace } from './EmergencyPlace.tsx';
import { OverviewScreen } from './OverviewScreen.tsx';
import { UnitScreen } from './UnitScreen.tsx';

/** Which component answers to a screen's name. */
export const ScreenOf = ({ screen, subject }: { readonly screen: Screen; readonly subject: string | null }) => {
  switch (screen) {
    case 'overview':
      return <OverviewScreen />;
    case 'alarms':
      return <AlarmScreen selected={subject} trend={(tag) => <TagTrend tag={tag} />} />;
    case 'units':
      return <UnitScreen selected={subject} />;
    case 'emergency':
      return <EmergencyPlace selected={subject} />;
    case 'incidents':
      return <IncidentScreen selected={subject} picture={pictureOf} />;
    case 'hazards':
      return <HazardBoard selected={subject} picture={pictureOf} />;
    case 'permits':
      return <PermitScreen selected={subject} />;
    case 'diagnostics':
      return <DiagnosticsScreen selected={subject} />;
    case 'model':
      return <ModelScreen selected={subject} />;
    case 'cameras':
      return <CameraWall />;
  }
};

const pictureOf = (evidence: string, label?: string) => <EvidencePicture id={evidence} {...(label !== undefined && { label })} />;

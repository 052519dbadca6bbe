export { IncidentRecord } from './IncidentRecord.tsx';
export { IncidentScreen } from './IncidentScreen.tsx';
export { OpenDialog as OpenIncidentDialog } from './OpenDialog.tsx';

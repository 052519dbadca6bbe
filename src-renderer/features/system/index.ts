export { FaultTable } from './FaultTable.tsx';
export { StationPanel } from './StationPanel.tsx';
export { StatusBar, StatusItem } from './StatusBar.tsx';

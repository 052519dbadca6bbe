export { AlarmBanner } from './AlarmBanner.tsx';
export { AlarmScreen } from './AlarmScreen.tsx';
export { AlarmsOf } from './AlarmsOf.tsx';
export { useAlarmKeys } from './useAlarmKeys.tsx';

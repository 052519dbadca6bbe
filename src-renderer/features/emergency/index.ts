export { EmergencyScreen } from './EmergencyScreen.tsx';
export { EmergencyStrip } from './EmergencyStrip.tsx';
export { useRescuePosts } from './RescueBefore.tsx';
export { activeEmergencies, emergenciesInOrder } from './model.ts';

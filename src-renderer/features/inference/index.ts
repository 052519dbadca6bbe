export { HealthOf } from './HealthCard.tsx';
export { ModelCards } from './ModelCards.tsx';
export { WarningList } from './WarningList.tsx';

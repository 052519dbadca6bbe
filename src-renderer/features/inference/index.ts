export { HealthOf } from './HealthCard.tsx';
export { ModelsView } from './ModelsView.tsx';
export { ProcessOf } from './ProcessCard.tsx';
export { WarningList } from './WarningList.tsx';

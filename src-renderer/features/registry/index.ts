export { EquipmentFacts } from './EquipmentFacts.tsx';
export { LineageFacts } from './LineageFacts.tsx';
export { ModelScreen } from './ModelScreen.tsx';
export { TagFacts } from './TagFacts.tsx';

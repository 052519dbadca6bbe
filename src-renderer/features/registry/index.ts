export { EquipmentFacts } from './EquipmentFacts.tsx';
export { TagFacts } from './TagFacts.tsx';

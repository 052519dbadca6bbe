export { HazardBoard } from './HazardBoard.tsx';
export { HazardsOf } from './HazardsOf.tsx';
export { openHazards } from './model.ts';

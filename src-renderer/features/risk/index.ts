export { MajorHazards } from './MajorHazards.tsx';
export { worstZone } from './model.ts';
export { ZoneColumn } from './ZoneColumn.tsx';
export { ZoneRiskDetail } from './ZoneRiskDetail.tsx';

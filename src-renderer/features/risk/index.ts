export { MajorHazards } from './MajorHazards.tsx';
export { Societal } from './Societal.tsx';
export { VerificationTable } from './VerificationTable.tsx';
export { worstZone } from './model.ts';
export { EscalationOf } from './EscalationOf.tsx';
export { useBlastRings } from './escalation.ts';
export { ZoneColumn } from './ZoneColumn.tsx';
export { ZoneRiskDetail } from './ZoneRiskDetail.tsx';

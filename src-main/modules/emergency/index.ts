export { assess, groundOf, rehearsal, type Ground } from './assess.ts';
export type { AssessInput, Assessment, Unassessed } from './assessment.ts';
export type { IncidentBook } from './chronicle.ts';
export { createEmergency, type Emergency, type EmergencyDependencies } from './service.ts';

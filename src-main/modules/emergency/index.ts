export { assess, groundOf, type AssessInput, type Assessment, type Ground, type Unassessed } from './assess.ts';
export type { IncidentBook } from './chronicle.ts';
export { createEmergency, type Emergency, type EmergencyDependencies } from './service.ts';

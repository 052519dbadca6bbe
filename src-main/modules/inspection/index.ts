export { createInspection, type Inspection, type InspectionTask, type PlannedWork, type Qualification } from './inspection.ts';

export { createInspection, type Inspection, type InspectionTask, type Qualification } from './inspection.ts';

export { createInspection, type Inspection, type InspectionTask } from './inspection.ts';

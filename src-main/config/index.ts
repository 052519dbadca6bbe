export { Config, loadConfig } from './loadConfig.ts';
export { loadSite, type LoadedSite, type SiteRefusal } from './loadSite.ts';
export { modelProblems } from './modelProblems.ts';
export { publishedSchemas } from './publishedSchemas.ts';
export type { FileProblem } from './document.ts';
export { wrongFields } from './schemaProblems.ts';

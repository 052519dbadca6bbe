import type { CaseAdapter } from './caseAdapter.ts';
import { consequenceAdapters } from './consequence.ts';

/** Every adapter of the engines; the first that knows a case's kind takes it. Evacuation and major hazard stand in files of their own. */
export const adapters: readonly CaseAdapter[] = [...consequenceAdapters];

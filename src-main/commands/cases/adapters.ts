import type { CaseAdapter } from './caseAdapter.ts';
import { consequenceAdapters } from './consequence.ts';
import { evacuationAdapters } from './evacuation.ts';
import { majorHazardAdapters } from './majorHazard.ts';

/** Every adapter of the engines; the first that knows a case's kind takes it. */
export const adapters: readonly CaseAdapter[] = [...consequenceAdapters, ...evacuationAdapters, ...majorHazardAdapters];

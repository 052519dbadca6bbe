import type { CaseAdapter } from './caseAdapter.ts';
import { dispersionAdapters } from './dispersion.ts';
import { fieldTrialAdapters } from './fieldTrial.ts';
import { fireAdapters } from './fire.ts';
import { harmAdapters } from './harm.ts';
import { explosionAdapters } from './explosion.ts';

export const consequenceAdapters: readonly CaseAdapter[] = [...dispersionAdapters, ...fieldTrialAdapters, ...fireAdapters, ...harmAdapters, ...explosionAdapters];

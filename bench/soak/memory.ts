import { readFileSync } from 'node:fs';

/** Resident memory of a process, MB; NaN where the system does not say (it is read from /proc). */
export const readMemory = (processId: number): number => {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024;
  } catch {
    return Number.NaN;
  }
};

import type { Ids } from '../../src-shared/kernel/index.ts';

/** `inc-1`, `inc-2` … */
export const createSequentialIds = (): Ids => {
  let count = 0;
  return { next: (prefix) => `${prefix}-${(count += 1)}` };
};

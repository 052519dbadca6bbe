import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from '../../src-shared/kernel/index.ts';

/** Identifiers that sort by creation time: base-36 milliseconds, then 40 random bits. */
export const createIds = (clock: Clock): Ids => ({
  next: (prefix) => `${prefix}-${clock.now().toString(36).padStart(9, '0')}${randomBytes(5).toString('hex')}`,
});

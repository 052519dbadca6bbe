import { z } from 'zod';

/** `target`: the most that is acceptable; `limit`: the most that can be managed. Where a standard names one figure they are the same. */
const bound = (target: number, limit = target) =>
  z
    .strictObject({ target: z.number().nonnegative().default(target), limit: z.number().nonnegative().default(limit) })
    .refine((given) => given.limit >= given.target, { path: ['limit'], message: 'a limit is not below its target' })
    .prefault({});
const Share = z.number().min(0).max(1);

/**
 * What the figures of the alarm system are measured by, for one operator position. By default EEMUA 191 (average, standing) and ISA-18.2 §16 / IEC 62682 (the others, and the
 * split by priority, most urgent first). Shares are of 1; `average` and `peak` are new alarms in ten minutes.
 */
export const AlarmTargets = z.strictObject({
  average: bound(1, 2),
  peak: bound(10),
  flood: bound(0.01),
  standing: bound(10),
  stale: bound(5),
  chattering: bound(0),
  fleeting: bound(0),
  topShare: bound(0.01, 0.05),
  priorities: z.tuple([Share, Share, Share, Share]).default([0.01, 0.05, 0.15, 0.8]),
});
export type AlarmTargets = z.infer<typeof AlarmTargets>;

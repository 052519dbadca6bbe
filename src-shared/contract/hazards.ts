import { z } from 'zod';
import { command, contract, Id, LocalText, table, UtcMs } from './define.ts';

/** A hidden danger's life: 发现 found → 交办 assigned → 整改 rectified → 销号 closed; a rejected rectification goes back to assigned. */
export const HazardState = z.enum(['found', 'assigned', 'rectified', 'closed']);
/** Whether what the first picture shows is gone from the photo of the same place. */
export const PhotoComparison = z.object({ verdict: z.enum(['gone', 'still-there', 'cannot-tell']), reason: LocalText });
export type PhotoComparison = z.infer<typeof PhotoComparison>;

export const HazardRow = z.object({ id: Id, title: LocalText, grade: z.enum(['major', 'general']), state: HazardState, zone: z.string(), equipment: z.string().nullable(), source: z.enum(['person', 'camera', 'alarm', 'inspection', 'record']), reportedBy: z.string(), reportedAt: UtcMs, assignee: z.string().nullable(), due: UtcMs.nullable(), rectifiedAt: UtcMs.nullable(), closedAt: UtcMs.nullable(), overdue: z.boolean(), note: z.string(),
  /** The picture that shows it, and the photo handed in with its rectification: evidence of `cameras`. */
  evidence: Id.nullable(), photo: Id.nullable(), comparison: PhotoComparison.nullable() });
export type HazardRow = z.infer<typeof HazardRow>;

export const hazards = contract('hazards', {
  hazards: table({ key: Id, keyOf: 'id', row: HazardRow, delivery: 'lossless' }),
  report: command({ input: z.strictObject({ title: z.string().min(2).max(200), grade: z.enum(['major', 'general']), zone: Id, equipment: Id.nullable().default(null) }), output: HazardRow, refusals: ['UnknownZone'], needs: 'hazard.report' }),
  assign: command({ input: z.strictObject({ id: Id, assignee: z.string().min(1).max(80), dueInHours: z.number().min(1).max(24 * 90) }), output: HazardRow, refusals: ['NotFound', 'WrongState'], needs: 'hazard.manage' }),
  /** `photo`: a JPEG, PNG or WebP of the place afterwards; one that was used before is refused. Its bytes are kept as evidence, not in the ledger. */
  rectify: command({ input: z.strictObject({ id: Id, note: z.string().min(2).max(1_000), photo: z.instanceof(Uint8Array).refine(({ length }) => length <= 3 << 20, 'at most 3 MB').nullable().default(null) }), output: HazardRow, refusals: ['NotFound', 'WrongState', 'NotAPicture', 'UsedBefore'], needs: 'hazard.report', secret: ['photo'] }),
  /** Accepts or rejects the rectification; the one who rectified may not accept (四眼). */
  verify: command({ input: z.strictObject({ id: Id, accepted: z.boolean(), note: z.string().max(1_000).default('') }), output: HazardRow, refusals: ['NotFound', 'WrongState', 'SamePerson'], needs: 'hazard.manage' }),
});

import { z } from 'zod';

/** Management records of a plant at the time the station starts: `format: anlan.records/1`. Times are ISO 8601 or `+3d`/`-2h` relative to the start. */
const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const LocalText = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const When = z.string().regex(/^([+-]\d+(\.\d+)?[dhm]|\d{4}-\d{2}-\d{2}T.*)$/, 'ISO 8601 or an offset such as -2h, +3d');

/** GB 30871-2022: the eight special works. */
export const PermitKind = z.enum(['hot-work', 'confined-space', 'blind-plate', 'work-at-height', 'lifting', 'temporary-power', 'excavation', 'road-closure']);
export const RecordsFile = z.strictObject({
  format: z.literal('anlan.records/1'),
  permits: z.array(z.strictObject({ id: Id, kind: PermitKind, level: z.enum(['special', 'first', 'second']).default('second'), title: LocalText, zone: Id, equipment: Id.optional(), from: When, to: When, people: z.array(Id).default([]) })).default([]),
  inspections: z.array(z.strictObject({ id: Id, title: LocalText, equipment: Id, due: When, doneAt: When.optional() })).default([]),
  hazards: z.array(z.strictObject({ id: Id, title: LocalText, zone: Id, equipment: Id.optional(), grade: z.enum(['major', 'general']), reportedAt: When, due: When })).default([]),
  /** Planned work of the next 15 days, for the load plan and the forecast. */
  plans: z.array(z.strictObject({ id: Id, title: LocalText, zone: Id, equipment: Id.optional(), from: When, to: When, kind: z.enum(['maintenance', 'loading', 'start-up', 'shut-down', 'special-work']) })).default([]),
  qualifications: z.array(z.strictObject({ person: Id, kind: z.string().min(1), validTo: When })).default([]),
});
export type RecordsFile = z.infer<typeof RecordsFile>;

const UNIT_MS = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

/** UTC ms of a record's time: ISO 8601, or an offset from `start`. NaN when it is neither; loadSite refuses such a file. */
export const resolveWhen = (when: string, start: number): number => {
  const offset = /^([+-]\d+(?:\.\d+)?)([dhm])$/.exec(when);
  return offset === null ? Date.parse(when) : start + Number(offset[1]) * UNIT_MS[offset[2] as keyof typeof UNIT_MS];
};

import { z } from 'zod';
import { command, contract, Id, LocalText, query, table, UtcMs } from './define.ts';

export const IncidentKind = z.enum(['leak', 'fire', 'explosion', 'injury', 'equipment', 'other']);
/** One line of the record; never changed once written, each chained in the ledger. */
export const IncidentEntry = z.object({ sequence: z.number(), incident: Id, at: UtcMs, kind: z.enum(['opened', 'alarm', 'value', 'people', 'plume', 'route', 'order', 'note', 'closed']), actor: z.string(), text: LocalText, /** JSON of the facts at that moment. */ data: z.string() });
export type IncidentEntry = z.infer<typeof IncidentEntry>;

export const IncidentRow = z.object({ id: Id, title: LocalText, kind: IncidentKind, state: z.enum(['open', 'closed']), zone: z.string().nullable(), openedAt: UtcMs, openedBy: z.string(), closedAt: UtcMs.nullable(), conclusion: z.string().nullable(), entries: z.number() });
export type IncidentRow = z.infer<typeof IncidentRow>;

export const incidents = contract('incidents', {
  incidents: table({ key: Id, keyOf: 'id', row: IncidentRow, delivery: 'lossless' }),
  open: command({ input: z.strictObject({ title: z.string().min(1).max(120), kind: IncidentKind, zone: Id.nullable().default(null) }), output: IncidentRow, refusals: [], needs: 'incident.manage', emergency: true }),
  note: command({ input: z.strictObject({ incident: Id, text: z.string().min(1).max(2_000), order: z.boolean().default(false) }), output: IncidentEntry, refusals: ['NotFound', 'Closed'], needs: 'incident.manage', emergency: true }),
  close: command({ input: z.strictObject({ incident: Id, conclusion: z.string().min(1).max(4_000) }), output: IncidentRow, refusals: ['NotFound', 'Closed'], needs: 'incident.manage' }),
  timeline: query({ input: z.strictObject({ incident: Id }), output: z.array(IncidentEntry) }),
  /** The whole record as one self-contained document for printing or filing. */
  export: query({ input: z.strictObject({ incident: Id, format: z.enum(['html', 'json']) }), output: z.object({ fileName: z.string(), mime: z.string(), content: z.string() }) }),
});

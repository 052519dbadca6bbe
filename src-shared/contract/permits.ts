import { z } from 'zod';
import { PermitKind } from '../plant/index.ts';
import { contract, Id, LocalText, table, UtcMs } from './define.ts';

export const PermitRow = z.object({ id: Id, kind: PermitKind, level: z.enum(['special', 'first', 'second']), title: LocalText, zone: z.string(), equipment: z.string().nullable(), from: UtcMs, to: UtcMs, people: z.array(z.string()), state: z.enum(['planned', 'active', 'ended']) });
export type PermitRow = z.infer<typeof PermitRow>;

export const permits = contract('permits', {
  permits: table({ key: Id, keyOf: 'id', row: PermitRow, delivery: 'latest' }),
});

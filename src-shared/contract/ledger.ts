import { z } from 'zod';
import { contract, Id, query, UtcMs } from './define.ts';

/** One link of the append-only chain: `hash` = SHA-256 over the previous hash and this entry's canonical form. */
export const LedgerEntry = z.object({ sequence: z.number(), at: UtcMs, actor: z.string(), kind: z.string(), subject: z.string(), body: z.string(), hash: z.string() });
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const ledger = contract('ledger', {
  entries: query({ input: z.strictObject({ before: z.number().optional(), limit: z.int().min(1).max(500).default(100), subject: Id.optional() }), output: z.array(LedgerEntry) }),
  verify: query({ input: z.strictObject({}), output: z.object({ entries: z.number(), valid: z.boolean(), firstBad: z.number().nullable() }) }),
});

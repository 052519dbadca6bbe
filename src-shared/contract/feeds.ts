import { z } from 'zod';
import { contract, Id, LocalText, table, UtcMs } from './define.ts';

/** Filling a gap from the source's own history: of `tags` tags, `notRecoverable` have none there. `reason` says why for the first of them. */
export const FeedGap = z.object({ from: UtcMs, to: UtcMs, state: z.enum(['reading', 'filled', 'partly', 'not-recoverable']), tags: z.number(), notRecoverable: z.number(), samples: z.number(), reason: LocalText.nullable() });
export type FeedGap = z.infer<typeof FeedGap>;

export const FeedRow = z.object({
  id: Id,
  kind: z.enum(['mqtt', 'sparkplug', 'opcua']),
  url: z.string(),
  /** connecting → live ⇄ stale (link up, nothing comes) → down (link lost, retrying) ; refused = needs a person (certificate, password). */
  state: z.enum(['connecting', 'live', 'stale', 'down', 'refused']),
  since: UtcMs,
  security: z.string(),
  tags: z.number(),
  unmapped: z.number(),
  samplesPerSecond: z.number(),
  received: z.number(),
  rejected: z.number(),
  /** Source time against ours, ms; positive when the source is ahead. */
  clockSkewMs: z.number(),
  lastAt: UtcMs.nullable(),
  lastError: LocalText.nullable(),
  reconnects: z.number(),
  /** The last gap that was filled, or is being filled, from the source's history; null before there was one. */
  gap: FeedGap.nullable(),
});
export type FeedRow = z.infer<typeof FeedRow>;

export const feeds = contract('feeds', {
  feeds: table({ key: Id, keyOf: 'id', row: FeedRow, delivery: 'latest' }),
});

import { z } from 'zod';
import { contract, Id, LocalText, Nothing, query, table, UtcMs, value } from './define.ts';

/** A named fault of the station or its surroundings; one row per cause, counted, on the diagnostics page. */
export const Fault = z.object({
  id: Id,
  /** Which room reports it: feeds, historian, ledger, disk, worker, clock, model, port … */
  source: z.string(),
  code: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  text: LocalText,
  /** The input's path or the raw detail, for the engineer. */
  detail: z.string(),
  count: z.number(),
  firstAt: UtcMs,
  lastAt: UtcMs,
  /** False once the cause is gone; the row stays for reading. */
  active: z.boolean(),
});
export type Fault = z.infer<typeof Fault>;

export const StationStatus = z.object({
  station: z.string(),
  version: z.string(),
  realm: z.enum(['live', 'drill', 'replay']),
  startedAt: UtcMs,
  at: UtcMs,
  /** Sensor time to frame handed to a client, ms, over the last minute. */
  latencyMs: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }),
  eventLoopP99Ms: z.number(),
  samplesPerSecond: z.number(),
  /** Age of the oldest tag that should be live, s. */
  oldestValueS: z.number(),
  staleTags: z.number(),
  historyLagMs: z.number(),
  /** What has come and history has not taken yet: samples in memory and on disk, bytes of the latter, and samples given up since the start. */
  history: z.object({ waiting: z.number(), spilledBytes: z.number(), lost: z.number() }),
  ledger: z.object({ entries: z.number(), healthy: z.boolean() }),
  diskFreeBytes: z.number(),
  memoryBytes: z.number(),
  clockSkewMs: z.number(),
  clients: z.number(),
  dropped: z.number(),
});
export type StationStatus = z.infer<typeof StationStatus>;

export const system = contract('system', {
  status: value({ value: StationStatus }),
  faults: table({ key: Id, keyOf: 'id', row: Fault, delivery: 'latest' }),
  about: query({ input: Nothing, output: z.object({ version: z.string(), node: z.string(), platform: z.string(), shell: z.string(), dataDir: z.string(), site: z.string(), demo: z.boolean() }) }),
});

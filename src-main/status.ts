import type { FeedRow, StationStatus } from '../src-shared/contract/index.ts';
import { createValue, SECOND, text, type Clock, type Disposable, type Value } from '../src-shared/kernel/index.ts';
import type { Faults } from './platform/faults.ts';
import type { MachineMetrics } from './platform/metrics.ts';
import type { Pipeline } from './pipeline.ts';

/** Where the station's own health comes from. */
type Sources = {
  readonly station: string;
  readonly version: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly metrics: MachineMetrics;
  readonly pipeline: Pipeline;
  readonly values: { staleCount(): number };
  readonly historian: { lagMs(): number; backlog(): StationStatus['history'] };
  readonly ledger: { count(): number; healthy(): boolean };
  readonly feeds: { rows(): readonly FeedRow[] };
  bridge(): { readonly clients: number; readonly merged: number };
};

const LEAST_FREE_BYTES = 500_000_000;
const MOST_SKEW_MS = 1_000;
/** A step of the clock is shown for this long; what it has done to times on record stays in them. */
const STEP_SHOWN_MS = 60_000;

/** The station's own vital signs, once a second, and the faults that follow from them: a full disk, a stepping clock, a ledger that cannot write. */
export const createStatus = (sources: Sources): Disposable & { readonly status: Value<StationStatus> } => {
  const { clock, faults, metrics, pipeline } = sources;
  const startedAt = clock.now();
  let wall = startedAt;
  let steady = clock.monotonic();
  let step = { by: 0, at: Number.NEGATIVE_INFINITY };

  const measure = (): StationStatus => {
    const at = clock.now();
    // The wall clock against the steady one: what it was set forward or back since the last look.
    const jumped = at - wall - (clock.monotonic() - steady);
    wall = at;
    steady = clock.monotonic();
    if (Math.abs(jumped) > MOST_SKEW_MS) {
      step = { by: jumped, at: steady };
      faults.report({ source: 'clock', code: 'step', severity: 'warning', text: text(`系统时钟跳变 ${(jumped / 1000).toFixed(1)} 秒`, `The system clock stepped by ${(jumped / 1000).toFixed(1)} s`) });
    } else if (steady - step.at > STEP_SHOWN_MS) {
      step = { by: 0, at: Number.NEGATIVE_INFINITY };
      faults.clear('clock', 'step');
    }
    const feedSkew = sources.feeds.rows().reduce((most, feed) => (Math.abs(feed.clockSkewMs) > Math.abs(most) ? feed.clockSkewMs : most), 0);
    const diskFreeBytes = metrics.diskFreeBytes(sources.dataDir);
    if (diskFreeBytes < LEAST_FREE_BYTES) faults.report({ source: 'disk', code: 'full', severity: 'error', text: text('数据盘剩余空间不足 500 MB', 'Less than 500 MB left on the data disk'), detail: sources.dataDir });
    else faults.clear('disk', 'full');
    const healthy = sources.ledger.healthy();
    if (healthy) faults.clear('ledger', 'down');
    else if (faults.table.get('ledger/down')?.active !== true) faults.report({ source: 'ledger', code: 'down', severity: 'error', text: text('台账无法写入,普通操作被拒绝', 'The ledger cannot write; ordinary actions are refused') });
    const bridge = sources.bridge();
    return {
      station: sources.station,
      version: sources.version,
      realm: 'live',
      startedAt,
      at,
      latencyMs: { p50: pipeline.latency.percentile(0.5), p95: pipeline.latency.percentile(0.95), p99: pipeline.latency.percentile(0.99) },
      eventLoopP99Ms: metrics.eventLoopP99Ms(),
      samplesPerSecond: pipeline.takeCount(),
      // A feed that reports by exception says nothing of a value that stands still: what is old is the feed that has been silent longest.
      oldestValueS: sources.feeds.rows().reduce((oldest, { lastAt }) => Math.max(oldest, lastAt === null ? 0 : (at - lastAt) / SECOND), 0),
      staleTags: sources.values.staleCount(),
      historyLagMs: sources.historian.lagMs(),
      history: sources.historian.backlog(),
      ledger: { entries: sources.ledger.count(), healthy },
      diskFreeBytes,
      memoryBytes: metrics.memoryBytes(),
      clockSkewMs: Math.abs(step.by) > Math.abs(feedSkew) ? step.by : feedSkew,
      clients: bridge.clients,
      dropped: bridge.merged,
    };
  };

  const status = createValue(measure());
  return { status, [Symbol.dispose]: clock.every(SECOND, () => status.set(measure()))[Symbol.dispose] };
};

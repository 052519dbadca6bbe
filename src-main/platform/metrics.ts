import { monitorEventLoopDelay } from 'node:perf_hooks';
import { statfsSync } from 'node:fs';
import { disposable, type Disposable } from '../../src-shared/kernel/index.ts';

/** What the machine tells of itself. */
export type MachineMetrics = Disposable & {
  /** Delay of this thread's event loop, ms, 99th percentile since the last call. */
  eventLoopP99Ms(): number;
  memoryBytes(): number;
  /** Free bytes on the disk of `folder`, NaN when it cannot be told. */
  diskFreeBytes(folder: string): number;
};

export const createMachineMetrics = (): MachineMetrics => {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return {
    eventLoopP99Ms() {
      const p99 = Math.max(0, delay.percentile(99) / 1e6 - 10);
      delay.reset();
      return Number.isFinite(p99) ? p99 : 0;
    },
    memoryBytes: () => process.memoryUsage.rss(),
    diskFreeBytes(folder) {
      try {
        const { bavail, bsize } = statfsSync(folder);
        return bavail * bsize;
      } catch {
        return Number.NaN;
      }
    },
    ...disposable(() => delay.disable()),
  };
};

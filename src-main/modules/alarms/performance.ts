import type { AlarmPerformance, AlarmRow } from '../../../src-shared/contract/index.ts';
import { DAY, text, type Clock, type Text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { AlarmTargets } from '../../../src-shared/plant/index.ts';
import { createPerformance, LONGEST_MS } from './model/performance.ts';
import type { AlarmStore } from './store.ts';

/** Rows read in one turn: some ten milliseconds. */
const PAGE = 5_000;

type Sources = { readonly store: AlarmStore; readonly clock: Clock; readonly rows: () => readonly AlarmRow[]; readonly messageOf: (alarm: string) => Text | undefined; readonly targets: AlarmTargets };

/**
 * Key figures of [from, to] from the journal, page by page so that nothing else waits. The time before the journal began does not count:
 * it would make a new station look calm. Standing and stale are of now.
 */
export const measurePerformance = async ({ store, clock, rows, messageOf, targets }: Sources, asked: { readonly from: UtcMs; readonly to: UtcMs }): Promise<AlarmPerformance> => {
  const to = Math.min(asked.to, clock.now());
  const from = Math.min(to, Math.max(asked.from, to - LONGEST_MS, store.firstAt() ?? -Infinity));
  const performance = createPerformance({ from, to });
  let [at, sequence] = [from, -1];
  for (;;) {
    const page = store.performanceAfter({ at, sequence, to, limit: PAGE });
    for (const event of page) performance.add(event);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    ({ at, sequence } = last);
    await new Promise<void>((resolve) => clock.after(0, resolve));
  }
  const { top, distribution, byPriority, ...figures } = performance.figures();
  const standing = rows().filter(({ state }) => state === 'unacknowledged' || state === 'acknowledged');
  return {
    ...figures,
    from,
    to,
    targets,
    distribution: [...distribution],
    byPriority: [...byPriority],
    standing: standing.length,
    stale: standing.filter(({ raisedAt }) => clock.now() - raisedAt > DAY).length,
    top: top.map((tally) => ({ ...tally, message: messageOf(tally.alarm) ?? text(tally.alarm, tally.alarm) })),
  };
};

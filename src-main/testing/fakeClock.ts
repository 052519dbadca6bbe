import { disposable, type Clock } from '../../src-shared/kernel/index.ts';

/** A clock that moves only when told; due callbacks run in order of their time. */
export const createFakeClock = (start = Date.UTC(2026, 0, 1)): FakeClock => {
  type Entry = { at: number; readonly every: number | null; readonly run: () => void };
  let now = start;
  const entries = new Set<Entry>();
  const add = (entry: Entry) => {
    entries.add(entry);
    return disposable(() => entries.delete(entry));
  };
  return {
    now: () => now,
    monotonic: () => now - start,
    after: (ms, run) => add({ at: now + ms, every: null, run }),
    every: (ms, run) => add({ at: now + ms, every: ms, run }),
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const due = [...entries].filter((entry) => entry.at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        now = Math.max(now, due.at);
        if (due.every === null) entries.delete(due);
        else due.at += due.every;
        due.run();
      }
      now = until;
    },
    step: (ms) => void (now += ms),
  };
};

export type FakeClock = Clock & {
  /** Lets `ms` pass, running what falls due. */
  advance(ms: number): void;
  /** Sets the wall clock forward or back without running anything. */
  step(ms: number): void;
};

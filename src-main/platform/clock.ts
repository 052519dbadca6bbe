import { disposable, type Clock } from '../../src-shared/kernel/index.ts';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return disposable(() => clearTimeout(timer));
  },
  every(ms, run) {
    const start = performance.now();
    let turn = 0;
    let timer = setTimeout(tick, ms);
    function tick() {
      const due = Math.max(turn + 1, Math.floor((performance.now() - start) / ms));
      turn = due;
      timer = setTimeout(tick, Math.max(0, start + (turn + 1) * ms - performance.now()));
      run();
    }
    return disposable(() => clearTimeout(timer));
  },
};

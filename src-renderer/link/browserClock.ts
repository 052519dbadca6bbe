import { disposable, type Clock } from '../../src-shared/kernel/index.ts';

/** The page's own clock; the only place of the renderer that reads wall time. Screens show station time: `link.now()`. */
export const createBrowserClock = (): Clock => ({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return disposable(() => clearTimeout(timer));
  },
  every(ms, run) {
    const timer = setInterval(run, ms);
    return disposable(() => clearInterval(timer));
  },
});

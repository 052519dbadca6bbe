import { disposable, type Clock, type Ids } from '../../src-shared/kernel/index.ts';

/** The page's own clock; with `browserIds` the only place of the renderer that reads wall time or chance. Screens show station time: `link.now()`. */
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

/** Random identifiers that also work on a page without a secure context (`crypto.randomUUID` does not). */
export const createBrowserIds = (): Ids => ({
  next: (prefix) => `${prefix}-${Date.now().toString(36)}${[...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
});

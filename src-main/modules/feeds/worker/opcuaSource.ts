import { disposable, type Clock, type Disposable, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import type { FeedsSetup } from '../messages.ts';
import type { AddressBook } from '../model/mapping.ts';
import { wordsFor } from '../model/opcuaWords.ts';
import type { FeedState } from './feedState.ts';
import type { Outbox } from './outbox.ts';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 2_000;
const REFUSED_RETRY_MS = 30_000;
/** A session that lasted this long was a good one: the next failure starts the back-off afresh. */
const GOOD_SESSION_MS = 10_000;

type Dependencies = { readonly feed: OpcUaFeed; readonly setup: FeedsSetup; readonly book: AddressBook; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock; readonly since: Promise<UtcMs | null> };

/** OPC UA subscriptions, one session after another. The library is loaded only where a feed needs it: it takes seconds. */
export const createOpcUaSource = (dependencies: Dependencies): Disposable => {
  const { feed, setup, state, clock } = dependencies;
  const stop = new AbortController();
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = clock.after(ms, resolve);
      stop.signal.addEventListener('abort', () => {
        timer[Symbol.dispose]();
        resolve();
      }, { once: true });
    });
  const run = async () => {
    const [{ runSession, SessionEnded }, { TrustedCertificates }, { createBackfill }] = await Promise.all([import('./opcuaSession.ts'), import('./opcuaIdentity.ts'), import('./opcuaHistory.ts')]);
    const backfill = createBackfill(dependencies);
    let delay = FIRST_RETRY_MS;
    while (!stop.signal.aborted) {
      const startedAt = clock.monotonic();
      try {
        await runSession({ ...dependencies, backfill, certificates: new TrustedCertificates(setup.pkiFolder, feed, clock) }, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return;
        const isRefusal = error instanceof SessionEnded && error.isRefusal;
        const words = error instanceof SessionEnded ? error.words : wordsFor(String(error)).text;
        if (isRefusal) state.refused(words);
        else state.linkDown(words);
        if (clock.monotonic() - startedAt > GOOD_SESSION_MS) delay = FIRST_RETRY_MS;
        await pause(isRefusal ? REFUSED_RETRY_MS : delay);
        delay = Math.min(delay * 2, LAST_RETRY_MS);
      }
    }
  };
  void run();
  return disposable(() => stop.abort());
};

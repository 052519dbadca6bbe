import type { BrowsedNode, MappingDraft } from '../../../../src-shared/contract/index.ts';
import type { Clock, Disposable, UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import type { ConditionWish, FeedsSetup } from '../messages.ts';
import type { EndpointOffer } from '../model/opcuaEndpoints.ts';
import type { AddressBook } from '../model/mapping.ts';
import { createDraft, type ServerVariable } from '../model/opcuaDraft.ts';
import { wordsFor } from '../model/opcuaWords.ts';
import type { FeedState } from './feedState.ts';
import type { LiveSession } from './opcuaSession.ts';
import type { Outbox } from './outbox.ts';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 2_000;
/** Tags compared with a server's nodes before live values get their turn. */
const TAGS_AT_ONCE = 25;
const REFUSED_RETRY_MS = 30_000;
/** A session that lasted this long was a good one: the next failure starts the back-off afresh. */
const GOOD_SESSION_MS = 10_000;

type Dependencies = { readonly feed: OpcUaFeed; readonly setup: FeedsSetup; readonly book: AddressBook; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock; readonly since: Promise<UtcMs | null> };

/** What a person asks of one feed's server. All but `endpoints` need the session: they reject with `BadServerNotConnected` when none is up. */
export type OpcUaDesk = {
  endpoints(): Promise<readonly EndpointOffer[]>;
  browse(node: string | null): Promise<readonly BrowsedNode[]>;
  /** Which node below `root` may carry which of this station's tags. */
  draft(root: string | null): Promise<MappingDraft>;
  /** The name of the status with which the server answers. */
  wish(wish: ConditionWish): Promise<string>;
};

/** OPC UA subscriptions, one session after another. The library is loaded only where a feed needs it: it takes seconds. */
export const createOpcUaSource = (dependencies: Dependencies): Disposable & { readonly desk: OpcUaDesk } => {
  const { feed, setup, state, clock } = dependencies;
  const stop = new AbortController();
  let live: LiveSession | null = null;
  const session = () => {
    if (live === null) throw new Error('BadServerNotConnected');
    return live;
  };
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
        await runSession({ ...dependencies, backfill, onUp: (now) => void (live = now), certificates: new TrustedCertificates(setup.pkiFolder, feed, clock) }, stop.signal);
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
  /** In helpings: values of the plant come over the same thread. */
  const draftOf = async (variables: readonly ServerVariable[]) => {
    const draft = createDraft(variables);
    for (let from = 0; from < setup.tags.length; from += TAGS_AT_ONCE) {
      draft.add(setup.tags.slice(from, from + TAGS_AT_ONCE));
      await pause(1);
    }
    return draft.finish();
  };
  const desk: OpcUaDesk = {
    async endpoints() {
      const [{ listEndpoints }, { TrustedCertificates }] = await Promise.all([import('./opcuaEndpoints.ts'), import('./opcuaIdentity.ts')]);
      return listEndpoints(feed.url, new TrustedCertificates(setup.pkiFolder, feed, clock));
    },
    browse: async (node) => (await import('./opcuaBrowse.ts')).browseChildren(session(), node),
    async draft(root) {
      const { walkVariables, withDetails } = await import('./opcuaBrowse.ts');
      const { variables, isComplete } = await walkVariables(session(), root, clock);
      // Names first; units and ranges decide among the candidates of tags that have no node yet.
      const mapped = new Set(dependencies.book.tags);
      const byName = await draftOf(variables);
      const open = byName.filter((_guess, tag) => !mapped.has(tag));
      const wanted = new Set(open.flatMap(({ best, alternatives }) => [...(best === null ? [] : [best.nodeId]), ...alternatives.map(({ nodeId }) => nodeId)]));
      return { isComplete, variables: variables.length, guesses: (await draftOf(await withDetails(session(), variables, wanted))).map((guess, tag) => (mapped.has(tag) ? byName[tag]! : guess)) };
    },
    async wish(wish) {
      const { conditions } = session();
      if (conditions === null) return 'BadNotSupported';
      if (wish.act === 'acknowledge') return conditions.acknowledge(wish.key, wish.comment);
      return wish.act === 'shelve' ? conditions.shelve(wish.key, wish.ms) : conditions.unshelve(wish.key);
    },
  };
  return { desk, [Symbol.dispose]: () => stop.abort() };
};

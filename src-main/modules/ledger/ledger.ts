import { createHash } from 'node:crypto';
import type { Anlan, Handlers, LedgerEntry } from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../../src-shared/kernel/index.ts';
import type { Sql } from '../../platform/sql.ts';
import { canonicalJson } from './model/canonicalJson.ts';
import { createChainCheck, GENESIS, linkHash, type Hash, type Verification } from './model/chain.ts';
import { createLedgerStore, type LedgerStore } from './store.ts';

/** The append-only record of who did what: each entry carries the hash of all before it. */
export type Ledger = {
  /** Writes one entry, on disk when it returns. `body` becomes canonical JSON. Throws when the database refuses; joins a transaction in progress. */
  append(entry: { readonly actor: string; readonly kind: string; readonly subject: string; readonly body: unknown }): LedgerEntry;
  /** Recomputes the whole chain in one go; blocks about 10 µs an entry. */
  verify(): Verification;
  /** Newest first. */
  entries(filter: { readonly before?: number | undefined; readonly limit: number; readonly subject?: string | undefined }): readonly LedgerEntry[];
  count(): number;
  /** False from a refused write until writes have gone well for ten seconds on end: a disk that is nearly full takes one now and then. Each question tries one. */
  healthy(): boolean;
  readonly handlers: Handlers<Anlan['ledger']>;
};

/** Writes have to go well for this long before the ledger counts as sound again. */
const STEADY_MS = 10_000;
/** Entries checked between two turns of the event loop: about 5 ms. */
const PAGE = 500;

export const sha256: Hash = (content) => createHash('sha256').update(content).digest('hex');

export const createLedger = ({ sql, clock }: { readonly sql: Sql; readonly clock: Clock }): Ledger => {
  const store = createLedgerStore(sql);
  /** When a write was refused last, monotonic ms; null: none that counts. */
  let refusedAt: number | null = null;
  const attempt = <T>(write: () => T): T => {
    try {
      return sql.transaction(write);
    } catch (error) {
      refusedAt = clock.monotonic();
      throw error;
    }
  };
  const probe = (): boolean => {
    try {
      sql.transaction(() => store.touch());
      return true;
    } catch {
      return false;
    }
  };
  const entries: Ledger['entries'] = ({ before = Number.MAX_SAFE_INTEGER, limit, subject }) => (subject === undefined ? store.newest(before, limit) : store.newestOf(subject, before, limit));
  const turn = () => new Promise<void>((resolve) => void clock.after(0, resolve));
  return {
    append({ actor, kind, subject, body }) {
      const canonical = canonicalJson(body);
      return attempt(() => {
        // The head is read again each time: a transaction that joined an outer one may have been rolled back since.
        const head = store.head() ?? { sequence: 0, hash: GENESIS };
        const draft = { sequence: head.sequence + 1, at: Math.round(clock.now()), actor, kind, subject, body: canonical };
        const entry = { ...draft, hash: linkHash(sha256, head.hash, draft) };
        store.add(entry);
        return entry;
      });
    },
    verify: () => verifyStore(store),
    entries,
    count: () => store.head()?.sequence ?? 0,
    healthy() {
      if (refusedAt === null) return true;
      if (!probe()) refusedAt = clock.monotonic();
      else if (clock.monotonic() - refusedAt >= STEADY_MS) refusedAt = null;
      return refusedAt === null;
    },
    handlers: {
      entries: (filter) => [...entries(filter)],
      async verify() {
        const steps = verifySteps(store);
        for (;;) {
          const step = steps.next();
          if (step.done === true) return step.value;
          await turn();
        }
      },
    },
  };
};

/** Verifies a store to its end, without pause. */
export const verifyStore = (store: LedgerStore): Verification => {
  const steps = verifySteps(store);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};

/** Verifies page by page. The head is read in the same turn as the last page, so entries appended meanwhile are part of it. */
function* verifySteps(store: LedgerStore): Generator<void, Verification> {
  const check = createChainCheck(sha256);
  for (let last = 0; ; ) {
    const page = store.after(last, PAGE);
    for (const entry of page) check.add(entry);
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) return check.end(store.head());
    last = end.sequence;
    yield;
  }
}

import type { LedgerEntry } from '../../../../src-shared/contract/index.ts';
import { canonicalJson } from './canonicalJson.ts';

/** The hash before the first entry. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 of a text (UTF-8) as 64 hex digits; passed in, since the model knows no library. */
export type Hash = (content: string) => string;
export type Head = { readonly sequence: number; readonly hash: string };
export type Verification = { readonly entries: number; readonly valid: boolean; /** Sequence of the first entry that is changed, missing or out of place; null when valid. */ readonly firstBad: number | null };

/** hash = SHA-256(previous hash + canonical JSON of the entry without its hash). */
export const linkHash = (hash: Hash, previous: string, { sequence, at, actor, kind, subject, body }: Omit<LedgerEntry, 'hash'>): string => hash(previous + canonicalJson({ sequence, at, actor, kind, subject, body }));

/** Recomputes a chain entry by entry. `head` is where the chain is known to end: an end cut off is bad from the first missing entry. */
export const createChainCheck = (hash: Hash): { add(entry: LedgerEntry): void; end(head: Head | undefined): Verification } => {
  let previous: Head = { sequence: 0, hash: GENESIS };
  let entries = 0;
  let firstBad: number | null = null;
  return {
    add(entry) {
      entries += 1;
      if (firstBad !== null) return;
      const expected = previous.sequence + 1;
      if (entry.sequence !== expected) firstBad = expected;
      else if (entry.hash !== linkHash(hash, previous.hash, entry)) firstBad = entry.sequence;
      else previous = { sequence: entry.sequence, hash: entry.hash };
    },
    end(head) {
      if (firstBad === null && head === undefined) firstBad = previous.sequence + 1;
      else if (firstBad === null && head !== undefined && head.sequence !== previous.sequence) firstBad = Math.min(head.sequence, previous.sequence) + 1;
      else if (firstBad === null && head?.hash !== previous.hash) firstBad = previous.sequence;
      return { entries, valid: firstBad === null, firstBad };
    },
  };
};

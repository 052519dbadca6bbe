import type { MappingCandidate, MappingGuess, MappingState } from '../../../src-shared/contract/index.ts';

/** What a person has decided for tags and not yet saved: a node, or null for none. */
export type Decisions = ReadonlyMap<string, string | null>;
export type MappingTag = { readonly id: string; readonly name: string; readonly unit: string };

/** One tag in the review of a mapping. `standing` says what there is to do. */
export type MappingLine = {
  readonly tag: MappingTag;
  /** The node in force; null when this feed does not carry the tag. */
  readonly current: string | null;
  readonly guess: MappingCandidate | null;
  readonly alternatives: readonly MappingCandidate[];
  /** The node after saving. */
  readonly next: string | null;
  readonly standing: 'decided' | 'to-decide' | 'differs' | 'mapped' | 'none';
};
export const STANDINGS = ['to-decide', 'differs', 'decided', 'mapped', 'none'] as const satisfies readonly MappingLine['standing'][];

/** A guess this good may be accepted together with others. */
export const SURE_SCORE = 0.85;

/** Every tag with its node in force, the guess of the draft, and what was decided: open questions first, the surest guess first among them, then by id. */
export const mappingLines = (tags: readonly MappingTag[], own: { readonly mapping: MappingState; readonly guesses: readonly MappingGuess[]; readonly decisions: Decisions }): readonly MappingLine[] => {
  const current = new Map(own.mapping.entries.map(({ tag, nodeId }) => [tag, nodeId]));
  const guesses = new Map(own.guesses.map((guess) => [guess.tag, guess]));
  const lines = tags.map((tag): MappingLine => {
    const now = current.get(tag.id) ?? null;
    const guess = guesses.get(tag.id);
    const best = guess?.best ?? null;
    const decided = own.decisions.get(tag.id);
    const standing = decided !== undefined && decided !== now ? 'decided' : decided !== undefined ? (now === null ? 'none' : 'mapped') : best !== null && now === null ? 'to-decide' : best !== null && best.nodeId !== now ? 'differs' : now === null ? 'none' : 'mapped';
    return { tag, current: now, guess: best, alternatives: guess?.alternatives ?? [], next: decided === undefined ? now : decided, standing };
  });
  return lines.toSorted((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) || (b.guess?.score ?? 0) - (a.guess?.score ?? 0) || (a.tag.id < b.tag.id ? -1 : 1));
};

/** The decisions with every sure guess accepted that waits for one. */
export const acceptSure = (lines: readonly MappingLine[], decisions: Decisions): Decisions => new Map([...decisions, ...lines.flatMap(({ tag, guess, standing }) => (standing === 'to-decide' && guess !== null && guess.score >= SURE_SCORE ? [[tag.id, guess.nodeId] as const] : []))]);

/** What saving would write: decisions that change something. */
export const changesOf = (lines: readonly MappingLine[]): { readonly tag: string; readonly nodeId: string | null }[] => lines.flatMap(({ tag, standing, next }) => (standing === 'decided' ? [{ tag: tag.id, nodeId: next }] : []));

/** Nodes that two lines would share after saving: saving is refused then. */
export const sharedNodes = (lines: readonly MappingLine[]): ReadonlySet<string> => {
  const seen = new Set<string>();
  return new Set(lines.flatMap(({ next }) => (next !== null && (seen.has(next) || !seen.add(next)) ? [next] : [])));
};

/** A fingerprint as people compare it: pairs, upper case. */
export const fingerprintWords = (fingerprint: string): string => (fingerprint.toUpperCase().match(/../g) ?? []).join(' ');
/** The common name of a certificate's subject, or all of it. */
export const commonName = (subject: string): string => /CN=([^,]+)/.exec(subject)?.[1] ?? subject;
/** A day, UTC, with its year: certificates live for years. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

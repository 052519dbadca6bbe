import { z } from 'zod';
import { command, contract, Id, LocalText, query, table, UtcMs } from './define.ts';

/** Filling a gap from the source's own history: of `tags` tags, `notRecoverable` have none there. `reason` says why for the first of them. */
export const FeedGap = z.object({ from: UtcMs, to: UtcMs, state: z.enum(['reading', 'filled', 'partly', 'not-recoverable']), tags: z.number(), notRecoverable: z.number(), samples: z.number(), reason: LocalText.nullable() });
export type FeedGap = z.infer<typeof FeedGap>;

export const FeedRow = z.object({
  id: Id,
  kind: z.enum(['mqtt', 'sparkplug', 'opcua']),
  url: z.string(),
  /** connecting → live ⇄ stale (link up, nothing comes) → down (link lost, retrying) ; refused = needs a person (certificate, password). */
  state: z.enum(['connecting', 'live', 'stale', 'down', 'refused']),
  since: UtcMs,
  security: z.string(),
  tags: z.number(),
  unmapped: z.number(),
  samplesPerSecond: z.number(),
  received: z.number(),
  rejected: z.number(),
  /** Source time against ours, ms; positive when the source is ahead. */
  clockSkewMs: z.number(),
  lastAt: UtcMs.nullable(),
  lastError: LocalText.nullable(),
  reconnects: z.number(),
  /** The last gap that was filled, or is being filled, from the source's history; null before there was one. */
  gap: FeedGap.nullable(),
});
export type FeedRow = z.infer<typeof FeedRow>;

/** A node id as text (`ns=2;s=Area1.FIC101.PV`); servers make long ones. */
const NodeId = z.string().min(1).max(4_096);
/** Why the server did not answer; null when it did. */
const Problem = LocalText.nullable();

/** A certificate of a server, of an authority or of this station. SHA-1 in hex, as servers' own tools show it. */
export const CertificateRow = z.object({
  fingerprint: z.string(),
  subject: z.string(),
  issuer: z.string(),
  validFrom: UtcMs,
  validTo: UtcMs,
  hosts: z.array(z.string()),
  applicationUri: z.string().nullable(),
  keyBits: z.number(),
  list: z.enum(['trusted', 'first-seen', 'rejected', 'issuer', 'own']),
  feeds: z.array(Id),
  /** Why it is not trusted; null when it is, or belongs to nobody who must be. */
  reason: LocalText.nullable(),
  /** What to look at before trusting it. */
  cautions: z.array(LocalText),
  /** Who put it on its list; null for the station itself or a file laid there. */
  by: z.string().nullable(),
  at: UtcMs.nullable(),
});
export type CertificateRow = z.infer<typeof CertificateRow>;

/** One endpoint that a server offers. `isSpoken` is false for a policy that was withdrawn or that we do not have; `isBest` marks what `endpoint: best` would take. */
export const EndpointRow = z.object({ url: z.string(), mode: z.enum(['None', 'Sign', 'SignAndEncrypt']), policy: z.string(), level: z.number(), tokens: z.array(z.string()), fingerprint: z.string().nullable(), isSpoken: z.boolean(), isBest: z.boolean() });
export type EndpointRow = z.infer<typeof EndpointRow>;

export const BrowsedNode = z.object({ nodeId: NodeId, browseName: z.string(), displayName: z.string(), nodeClass: z.enum(['Object', 'Variable']), dataType: z.string().nullable(), unit: z.string().nullable(), range: z.tuple([z.number(), z.number()]).readonly().nullable(), value: z.string().nullable(), quality: z.number().nullable() });
export type BrowsedNode = z.infer<typeof BrowsedNode>;

/** A node that may carry a tag; `score` 0 to 1 with what speaks for it and against it. */
export const MappingCandidate = z.object({ nodeId: NodeId, path: z.string(), score: z.number(), reasons: z.array(LocalText), unit: z.string().nullable(), value: z.string().nullable() });
export type MappingCandidate = z.infer<typeof MappingCandidate>;
export const MappingGuess = z.object({ tag: Id, best: MappingCandidate.nullable(), alternatives: z.array(MappingCandidate) });
export type MappingGuess = z.infer<typeof MappingGuess>;
/** `isComplete` is false when the server has more nodes than were looked at. */
export const MappingDraft = z.object({ isComplete: z.boolean(), variables: z.number(), guesses: z.array(MappingGuess) });
export type MappingDraft = z.infer<typeof MappingDraft>;

/** Which security a person has chosen in the app instead of what the site file states. */
export const EndpointChoice = z.union([z.literal('best'), z.strictObject({ mode: z.enum(['None', 'Sign', 'SignAndEncrypt']), policy: z.enum(['None', 'Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss']) })]);
export type EndpointChoice = z.infer<typeof EndpointChoice>;
/** The mapping of a feed in force. Revision 0 is the site file; `entries` name every tag with a node, `isOwn` when it was mapped in the app. */
export const MappingState = z.object({ revision: z.number(), at: UtcMs.nullable(), actor: z.string().nullable(), endpoint: EndpointChoice.nullable(), entries: z.array(z.object({ tag: Id, nodeId: NodeId, isOwn: z.boolean() })), /** The same as part of a site file. */ yaml: z.string() });
export type MappingState = z.infer<typeof MappingState>;

export const feeds = contract('feeds', {
  feeds: table({ key: Id, keyOf: 'id', row: FeedRow, delivery: 'latest' }),
  /** What an OPC UA server offers now. */
  endpoints: query({ input: z.strictObject({ feed: Id }), output: z.object({ problem: Problem, endpoints: z.array(EndpointRow) }) }),
  /** The trust list of OPC UA: newest word first. */
  certificates: query({ input: z.strictObject({}), output: z.array(CertificateRow) }),
  /** A person's word on a certificate; the feeds that it concerns connect anew. */
  trustCertificate: command({ input: z.strictObject({ fingerprint: z.string().regex(/^[0-9a-f]{40}$/), isTrusted: z.boolean() }), output: CertificateRow, refusals: ['NotFound'], needs: 'feed.manage' }),
  /** Children of a node of an OPC UA server; null for its Objects folder. */
  browse: query({ input: z.strictObject({ feed: Id, node: NodeId.nullable() }), output: z.object({ problem: Problem, nodes: z.array(BrowsedNode) }) }),
  /** Looks through the server below a node and guesses which variable carries which tag. */
  draftMapping: query({ input: z.strictObject({ feed: Id, root: NodeId.nullable() }), output: z.object({ problem: Problem, draft: MappingDraft.nullable() }) }),
  mapping: query({ input: z.strictObject({ feed: Id }), output: MappingState.nullable() }),
  /** Lays nodes over the site file's mapping; a node of null takes the tag off this feed. In force at once. Null as endpoint keeps the choice as it is. */
  saveMapping: command({ input: z.strictObject({ feed: Id, revision: z.int(), entries: z.array(z.strictObject({ tag: Id, nodeId: NodeId.nullable() })).max(20_000), endpoint: EndpointChoice.nullable() }), output: MappingState, refusals: ['NotFound', 'Outdated', 'Invalid'], needs: 'feed.manage', secret: ['entries'] }),
  /** Back to the revision before the last save. */
  undoMapping: command({ input: z.strictObject({ feed: Id, revision: z.int() }), output: MappingState, refusals: ['NotFound', 'Outdated', 'NothingToUndo'], needs: 'feed.manage' }),
});

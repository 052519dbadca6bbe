import { stringify } from 'yaml';
import type { Anlan, CertificateRow, EndpointRow, Handlers, MappingState, OutputOf } from '../../../src-shared/contract/index.ts';
import { ok, refuse, text, type Clock, type Refusal, type Result, type Text } from '../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../src-shared/plant/index.ts';
import type { ConditionWish } from './messages.ts';
import type { FeedTag } from './model/feedTag.ts';
import { bestEndpoint, type EndpointOffer } from './model/opcuaEndpoints.ts';
import { judgeTrust, TRUST_WORDS } from './model/opcuaTrust.ts';
import { wordsFor, wordsOf } from './model/opcuaWords.ts';
import { applyOverlay, checkEntries, entriesOf, type Overlay } from './model/overlay.ts';
import type { StoredCertificate, TrustStore } from './opcuaTrustStore.ts';
import type { FeedStore } from './store.ts';

type Entries = Anlan['feeds'];
export type OpcUaDeskHandlers = Omit<Handlers<Entries>, 'feeds'>;

/** What a person does with an OPC UA server: endpoints, trust, browsing and mapping; and the wishes of alarms. */
export type OpcUaStationDesk = {
  readonly handlers: OpcUaDeskHandlers;
  /** Passes a person's wish on to the server that owns the alarm. */
  wish(wish: ConditionWish): Promise<Result<void, Refusal>>;
};

type Dependencies = {
  /** OPC UA feeds as the site file states them. */
  readonly feeds: readonly OpcUaFeed[];
  readonly tags: readonly FeedTag[];
  readonly store: FeedStore;
  readonly trust: TrustStore;
  readonly clock: Clock;
  /** Asks the worker; rejects with what the library says. */
  ask<T>(method: 'endpoints' | 'browse' | 'draft' | 'wish', input: object): Promise<T>;
  /** Begins a feed anew as it is in force now. */
  restart(feed: string): void;
};

export const createOpcUaDesk = ({ feeds, tags, store, trust, clock, ask, restart }: Dependencies): OpcUaStationDesk => {
  const feedOf = (id: string) => feeds.find((feed) => feed.id === id);
  const inForce = (feed: OpcUaFeed) => applyOverlay(feed, store.mapping(feed.id).overlay, tags);
  const noFeed = (id: string) => refuse('NotFound', text(`没有 OPC UA 数据源 ${id}`, `There is no OPC UA feed ${id}`), 'feed');
  /** The answer, or in plain words why there is none. */
  const asked = async <T>(method: 'endpoints' | 'browse' | 'draft', input: { readonly feed: string }): Promise<{ readonly problem: Text | null; readonly answer: T | null }> => {
    if (feedOf(input.feed) === undefined) return { problem: noFeed(input.feed).refusal.text, answer: null };
    return ask<T>(method, input).then(
      (answer) => ({ problem: null, answer }),
      (error: unknown) => ({ problem: wordsFor(error instanceof Error ? error.message : String(error)).text, answer: null }),
    );
  };

  const stateOf = (feed: OpcUaFeed): MappingState => {
    const { revision, at, actor, overlay } = store.mapping(feed.id);
    return { revision, at, actor, endpoint: overlay.endpoint, entries: entriesOf(inForce(feed), overlay, tags), yaml: toYaml(inForce(feed), overlay) };
  };
  const keep = (feed: OpcUaFeed, next: { readonly overlay: Overlay; readonly undoesTo: number | null; readonly actor: string }): MappingState => {
    const { revision } = store.mapping(feed.id);
    store.save(feed.id, { revision: revision + 1, at: clock.now(), ...next });
    restart(feed.id);
    return stateOf(feed);
  };
  const outdated = () => refuse('Outdated', text('映射已被他人改动，请刷新后再保存', 'The mapping was changed meanwhile: look at it again'), 'revision');

  const rowOf = ({ facts, list, feeds: ids, note }: StoredCertificate): CertificateRow => {
    const feed = feedOf(ids[0] ?? '');
    const isServers = list !== 'own' && list !== 'issuer';
    const verdict = judgeTrust({ facts, now: clock.now(), host: feed === undefined ? (facts.hosts[0] ?? '') : new URL(feed.url).hostname, serverUri: null, stated: feed?.serverFingerprint?.toLowerCase() ?? null, firstSeen: list === 'first-seen' ? facts.fingerprint : null, list: list === 'trusted' ? 'trusted' : null, isByAuthority: false, isRevoked: false, policy: 'list' });
    // Among the rejected the reason of then holds, unless time has given a better one.
    const reason = !isServers ? null : list === 'rejected' && (verdict.reason === null || verdict.reason === 'unknown') ? (note?.reason ?? 'rejected') : verdict.reason;
    return { ...facts, hosts: [...facts.hosts], list, feeds: [...ids], reason: reason === null ? null : TRUST_WORDS[reason], cautions: isServers ? verdict.cautions.map((caution) => TRUST_WORDS[caution]) : [], by: note?.by ?? null, at: note?.at ?? null };
  };

  return {
    handlers: {
      async endpoints({ feed: id }) {
        const { problem, answer } = await asked<readonly EndpointOffer[]>('endpoints', { feed: id });
        const feed = feedOf(id);
        if (answer === null || feed === undefined) return { problem, endpoints: [] };
        const best = bestEndpoint(answer, feed);
        const rows = answer.map((offer): EndpointRow => ({ url: offer.url, mode: offer.mode, policy: offer.policyName, level: offer.level, tokens: [...offer.tokens], fingerprint: offer.certificate?.fingerprint ?? null, isSpoken: offer.policy !== null, isBest: offer === best }));
        return { problem: null, endpoints: rows.toSorted((a, b) => b.level - a.level || (a.policy < b.policy ? -1 : 1)) };
      },
      certificates: () => trust.list().map(rowOf),
      trustCertificate({ fingerprint, isTrusted }, { actor }) {
        if (!trust.judge(fingerprint, { isTrusted, by: actor.name, at: clock.now() })) return refuse('NotFound', text(`没有指纹为 ${fingerprint} 的服务器证书`, `There is no server certificate ${fingerprint}`), 'fingerprint');
        const now = trust.list().find(({ facts, list }) => facts.fingerprint === fingerprint && (list === 'trusted' || list === 'rejected'))!;
        for (const { id } of feeds) if (now.feeds.length === 0 || now.feeds.includes(id)) restart(id);
        return ok(rowOf(now));
      },
      async browse(input) {
        const { problem, answer } = await asked<OutputOf<Entries['browse']>['nodes']>('browse', input);
        return { problem, nodes: answer ?? [] };
      },
      async draftMapping(input) {
        const { problem, answer } = await asked<OutputOf<Entries['draftMapping']>['draft']>('draft', input);
        return { problem, draft: answer };
      },
      mapping({ feed: id }) {
        const feed = feedOf(id);
        return feed === undefined ? null : stateOf(feed);
      },
      saveMapping({ feed: id, revision, entries, endpoint }, { actor }) {
        const feed = feedOf(id);
        if (feed === undefined) return noFeed(id);
        const before = store.mapping(id);
        if (before.revision !== revision) return outdated();
        const overlay = { entries: { ...before.overlay.entries, ...Object.fromEntries(entries.map(({ tag, nodeId }) => [tag, nodeId])) }, endpoint: endpoint ?? before.overlay.endpoint };
        return checkEntries(entries, { feed, overlay, tags }) ?? ok(keep(feed, { overlay, undoesTo: before.revision, actor: actor.name }));
      },
      undoMapping({ feed: id, revision }, { actor }) {
        const feed = feedOf(id);
        if (feed === undefined) return noFeed(id);
        const before = store.mapping(id);
        if (before.revision !== revision) return outdated();
        if (before.undoesTo === null) return refuse('NothingToUndo', text('没有可撤销的映射', 'There is no mapping to undo'));
        return ok(keep(feed, { ...store.mappingAt(id, before.undoesTo), actor: actor.name }));
      },
    },
    async wish(wish) {
      const status = await ask<string>('wish', wish);
      return status === 'Good' ? ok(undefined) : refuse(status, (wordsOf(status) ?? wordsFor(status)).text);
    },
  };
};

/** A feed's endpoint and mappings as part of a site file. */
const toYaml = (feed: OpcUaFeed, overlay: Overlay): string => {
  const endpoint = overlay.endpoint === null ? {} : overlay.endpoint === 'best' ? { endpoint: 'best' } : { securityMode: overlay.endpoint.mode, securityPolicy: overlay.endpoint.policy };
  return stringify({ feeds: [{ id: feed.id, kind: feed.kind, url: feed.url, ...endpoint, mappings: feed.mappings }] }, { lineWidth: 0 });
};

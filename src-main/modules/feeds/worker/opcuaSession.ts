import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AttributeIds, MessageSecurityMode, OPCUAClient, SecurityPolicy, setDebugLogger, setErrorLogger, setWarningLogger, UserTokenType, VariableIds, resolveNodeId, type ClientSession, type UserIdentityInfo } from 'node-opcua-client';
import { SECOND, text, type Clock, type Disposable, type Text } from '../../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import type { AddressBook } from '../model/mapping.ts';
import { bestEndpoint, tokenOf } from '../model/opcuaEndpoints.ts';
import { wordsFor } from '../model/opcuaWords.ts';
import { createServerClock } from '../model/serverTime.ts';
import type { FeedsSetup } from '../messages.ts';
import type { FeedState } from './feedState.ts';
import { watchConditions, type Conditions } from './opcuaConditions.ts';
import { listEndpoints } from './opcuaEndpoints.ts';
import type { Backfill } from './opcuaHistory.ts';
import type { TrustedCertificates } from './opcuaIdentity.ts';
import { createItems, type Items } from './opcuaItems.ts';
import { readLimits, type ServerLimits } from './opcuaLimits.ts';
import { stampOf } from './opcuaValues.ts';
import type { Outbox } from './outbox.ts';

// The library writes many-line dumps to the terminal; what matters of them comes as errors and events.
for (const silence of [setDebugLogger, setErrorLogger, setWarningLogger]) silence(() => {});

/** How long a session may take to begin, how long the library may take to mend a link, how long a server may say nothing. After it the session is made anew. */
const BEGIN_MS = 15_000;
const MEND_MS = 3_000;
const QUIET_MS = 10_000;
/** When, after a link came up, it is looked whether values flow. */
const PROOF_MS = 2_000;
const APPLICATION_URI = 'urn:anlan:station';

type Dependencies = { readonly feed: OpcUaFeed; readonly setup: FeedsSetup; readonly book: AddressBook; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock; readonly certificates: TrustedCertificates; readonly backfill: Backfill; /** Says which session is up, null when none is. */ onUp(live: LiveSession | null): void };

/** What others may ask of the session that is up. */
export type LiveSession = { readonly session: ClientSession; readonly limits: ServerLimits; readonly conditions: Conditions | null };

/** Plain words that a session ended with. */
export class SessionEnded extends Error {
  readonly words: Text;
  readonly isRefusal: boolean;
  constructor(words: Text, isRefusal: boolean) {
    super(words.en);
    this.words = words;
    this.isRefusal = isRefusal;
  }
}

/**
 * Connects, subscribes and feeds values until the link is lost for good or `stop` says so; then throws `SessionEnded`.
 * Short breaks are mended by the library: the session is taken up again, so what the server queued meanwhile still comes.
 */
export const runSession = async (dependencies: Dependencies, stop: AbortSignal): Promise<void> => {
  const { feed, state, clock, certificates, backfill, outbox, onUp } = dependencies;
  const { mode, policy } = await chooseEndpoint(dependencies);
  state.secured(mode === 'None' ? 'None' : `${policy} ${mode}`);
  const client = OPCUAClient.create({
    applicationName: 'Anlan',
    applicationUri: APPLICATION_URI,
    clientName: `anlan-${feed.id}`,
    clientCertificateManager: certificates,
    securityMode: MessageSecurityMode[mode],
    securityPolicy: SecurityPolicy[policy],
    endpointMustExist: false,
    connectionStrategy: { initialDelay: 500, maxDelay: 2_000, maxRetry: 1 },
    requestedSessionTimeout: 60_000,
    transportTimeout: 10_000,
  });
  let end: (reason: SessionEnded) => void = () => {};
  const ended = new Promise<never>((_resolve, reject) => (end = reject));
  let deadline = clock.monotonic() + BEGIN_MS;
  const allow = (ms: number) => void (deadline = clock.monotonic() + ms);
  const quietMs = Math.max(QUIET_MS, 10 * feed.publishingIntervalMs);
  // While the link is being mended, a word on a subscription proves nothing: only the mended session does.
  let isUp = false;
  const hear = () => {
    if (!isUp) return;
    allow(quietMs);
    state.heard();
    backfill.heard();
  };
  const fail = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const words = wordsFor(message);
    end(certificates.refusal === null ? new SessionEnded(words.text, words.isRefusal) : new SessionEnded(certificates.refusal, true));
  };
  const loseConditions = () => {
    if (feed.conditions !== undefined) outbox.conditions({ feed: feed.id, change: 'lost', conditions: [] });
  };
  const serverClock = createServerClock();
  // Each answer says when it was sent, before its values are taken.
  client.on('receive_response', ({ responseHeader }) => {
    const sentAt = stampOf(responseHeader.timestamp);
    if (!Number.isNaN(sentAt)) state.clockSeen(serverClock.sent(sentAt, { now: clock.now(), monotonic: clock.monotonic() }));
  });
  client.on('connection_lost', () => {
    isUp = false;
    allow(MEND_MS);
    state.linkDown(text('连接断开', 'Connection lost'));
    loseConditions();
  });
  let [refresh, identify] = [() => {}, () => ''];
  let identity = '';
  client.on('connection_reestablished', () => {
    // A session that the library had to make anew may come without its items (seen with asyncua): we make our own.
    if (identify() !== identity) return fail(new Error('BadSessionIdInvalid'));
    isUp = true;
    allow(quietMs);
    state.linkUp();
    refresh();
  });
  state.whenBack(() => refresh());
  client.on('reconnection_attempt_has_failed', (error) => certificates.refusal !== null && fail(error));
  client.on('close', (error) => error && fail(error));
  stop.addEventListener('abort', () => end(new SessionEnded(wordsFor('stopped').text, false)));

  let items: Items | null = null;
  using _watch = clock.every(500, () => {
    if (clock.monotonic() > deadline || (isUp && (items?.silentForMs() ?? 0) > 2 * quietMs)) fail(new Error('BadTimeout'));
  });
  const live = async () => {
    await client.connect(feed.url);
    if (mode !== 'None') await checkName(client, certificates);
    const session = await client.createSession(identityOf(dependencies));
    identify = () => `${session.sessionId.toString()} ${'authenticationToken' in session ? String(session.authenticationToken) : ''}`;
    identity = identify();
    isUp = true;
    allow(BEGIN_MS);
    backfill.missed();
    state.linkUp();
    const limits = await readLimits(session);
    const own = (items = await createItems([...dependencies.book.addresses].flatMap(([address, claim]) => (claim.only < 0 ? [] : [{ tag: claim.only, address }])), { session, limits, hear, fail }, dependencies));
    if (own.nodes.length === 0) keepAlive(session, { hear, fail, stop, clock });
    /** Values must flow, whatever events said: one that changed and was not reported means that the subscription is none. */
    let proof: Disposable | null = null;
    const prove = () => {
      const from = clock.now();
      proof?.[Symbol.dispose]();
      proof = clock.after(PROOF_MS + 6 * feed.publishingIntervalMs, () => {
        if (!isUp) return;
        own.findSilent().then((silent) => {
          if (silent === null) return;
          backfill.missed(from);
          fail(new Error(`BadNoSubscription ${silent}`));
        }, fail);
      });
    };
    const conditions = feed.conditions === undefined ? null : await watchConditions(session, own.nodes, { ...dependencies, feed: { ...feed, conditions: feed.conditions } });
    const fill = () => void backfill.run(session, own.nodes, limits).catch(fail);
    refresh = () => {
      backfill.missed();
      void own.readAgain().then(fill, fail);
      void conditions?.refresh().catch(fail);
      prove();
    };
    prove();
    fill();
    onUp({ session, limits, conditions });
  };
  try {
    await Promise.race([live().then(() => ended), ended]);
  } catch (error) {
    if (error instanceof SessionEnded) throw error;
    const words = wordsFor(error instanceof Error ? error.message : String(error));
    throw certificates.refusal === null ? new SessionEnded(words.text, words.isRefusal) : new SessionEnded(certificates.refusal, true);
  } finally {
    isUp = false;
    backfill.interrupt();
    onUp(null);
    loseConditions();
    // A hung server answers no goodbye: it gets a second, the next session does not wait for more.
    await Promise.race([client.disconnect().catch(() => undefined), new Promise<void>((resolve) => clock.after(1_000, resolve))]);
  }
};

/** Judges the server's certificate again with what it calls itself over the secured link, before any password is sent. Rejects when they do not fit. */
const checkName = async (client: OPCUAClient, certificates: TrustedCertificates): Promise<void> => {
  const [endpoint] = await client.getEndpoints();
  certificates.serverUri = endpoint?.server.applicationUri ?? '';
  if (client.serverCertificate === undefined || (await certificates.checkCertificate(client.serverCertificate)).isNotGood()) throw new Error('BadCertificateUriInvalid');
};

/** A session that watches nothing yet (its nodes are still to be mapped) is kept by asking the server for its time. */
const keepAlive = (session: ClientSession, { hear, fail, stop, clock }: { hear(): void; fail(error: unknown): void; readonly stop: AbortSignal; readonly clock: Clock }) => {
  const ask = () => {
    if (stop.aborted) return;
    session.read({ nodeId: resolveNodeId(VariableIds.Server_ServerStatus_CurrentTime), attributeId: AttributeIds.Value }).then(() => {
      hear();
      clock.after(2 * SECOND, ask);
    }, fail);
  };
  ask();
};

/** What the site file states, or the best of what the server offers now; throws `SessionEnded` when none of it fits. */
const chooseEndpoint = async ({ feed, certificates }: Dependencies): Promise<{ readonly mode: OpcUaFeed['securityMode']; readonly policy: OpcUaFeed['securityPolicy'] }> => {
  if (feed.endpoint === 'stated') return { mode: feed.securityMode, policy: feed.securityPolicy };
  const offers = await listEndpoints(feed.url, certificates).catch((error: unknown) => {
    const words = wordsFor(String(error));
    throw new SessionEnded(words.text, words.isRefusal);
  });
  const best = bestEndpoint(offers, feed);
  if (best === null) throw new SessionEnded(text(`服务器没有适合的加密端点（需要登录方式 ${tokenOf(feed)}）：请在诊断页“数据源接入”中查看端点`, `The server has no secured endpoint that takes ${tokenOf(feed)}: look at its endpoints under Diagnostics, Connect sources`), true);
  return best;
};

/** How this feed signs in; throws `SessionEnded` when a file of its user certificate cannot be used. */
const identityOf = ({ feed, setup }: Dependencies): UserIdentityInfo => {
  if (feed.userCertificate !== undefined) {
    const [certificate, key] = [resolve(setup.siteFolder, feed.userCertificate.certificate), resolve(setup.siteFolder, feed.userCertificate.key)];
    try {
      return { type: UserTokenType.Certificate, certificateData: new X509Certificate(readFileSync(certificate)).raw, privateKey: createPrivateKey(readFileSync(key)).export({ type: 'pkcs8', format: 'pem' }).toString() };
    } catch (error) {
      throw new SessionEnded(text(`用户证书或私钥无法读取（${certificate}，${key}）：${String(error)}`, `The user certificate or its key cannot be read (${certificate}, ${key}): ${String(error)}`), true);
    }
  }
  return feed.user === undefined ? { type: UserTokenType.Anonymous } : { type: UserTokenType.UserName, userName: feed.user, password: feed.password ?? '' };
};

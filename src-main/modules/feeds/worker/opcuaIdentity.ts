import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { StatusCodes, type StatusCode } from 'node-opcua-client';
import { text, type Clock, type Text } from '../../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import { judgeTrust, TRUST_WORDS } from '../model/opcuaTrust.ts';
import { factsOf, openTrustStore, splitChain } from '../opcuaTrustStore.ts';

type CertificateCallback = (error: Error | null, status?: StatusCode) => void;

/** The station's key and certificate in its own PKI folder, and whether a feed trusts a server's certificate by the trust list there. Asked again at every reconnect. */
export class TrustedCertificates extends OPCUACertificateManager {
  /** Why the last certificate was refused, in plain words; null when it was not. */
  refusal: Text | null = null;
  /** What the server calls itself over the secured link; null before it has said so: no certificate is kept as the first seen until then. */
  serverUri: string | null = null;
  readonly #check: (chain: Uint8Array, isRevoked: boolean) => Text | null;

  constructor(pkiFolder: string, feed: OpcUaFeed, clock: Clock) {
    super({ rootFolder: pkiFolder, keySize: 2048, disableFileWatchers: true });
    this.#check = (chain, isRevoked) => checkTrust(chain, { pkiFolder, feed, now: clock.now(), serverUri: this.serverUri, isRevoked });
  }

  override checkCertificate(certificate: Buffer | Buffer[]): Promise<StatusCode>;
  override checkCertificate(certificate: Buffer | Buffer[], callback: CertificateCallback): void;
  override checkCertificate(certificate: Buffer | Buffer[], callback?: CertificateCallback): Promise<StatusCode> | void {
    const judged = this.#judge(certificate);
    if (callback === undefined) return judged;
    judged.then((status) => callback(null, status), (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))));
  }

  async #judge(certificate: Buffer | Buffer[]): Promise<StatusCode> {
    // By the revocation lists that lay in `trusted/crl` and `issuers/crl` when this session began; an authority without a list revokes nothing.
    const revocation = await this.isCertificateRevoked(certificate);
    this.refusal = this.#check(Array.isArray(certificate) ? Buffer.concat(certificate) : certificate, revocation === 'BadCertificateRevoked');
    return this.refusal === null ? StatusCodes.Good : StatusCodes.BadCertificateUntrusted;
  }
}

type Known = { readonly pkiFolder: string; readonly feed: OpcUaFeed; readonly now: number; readonly serverUri: string | null; readonly isRevoked: boolean };

const checkTrust = (der: Uint8Array, { pkiFolder, feed, now, serverUri, isRevoked }: Known): Text | null => {
  const store = openTrustStore(pkiFolder);
  const chain = splitChain(der);
  const leaf = chain[0]!;
  const facts = factsOf(leaf);
  const stated = feed.serverFingerprint?.toLowerCase() ?? null;
  const firstSeen = store.firstSeen(feed.id);
  const verdict = judgeTrust({ facts, now, host: new URL(feed.url).hostname, serverUri, stated, firstSeen, list: store.listOf(facts.fingerprint), isByAuthority: store.isByAuthority(chain, now), isRevoked, policy: feed.trust });
  if (verdict.reason === null) {
    if (serverUri !== null && firstSeen !== facts.fingerprint) store.keepFirstSeen(feed.id, leaf);
    return null;
  }
  store.keepRefused(leaf, { feed: feed.id, reason: verdict.reason, at: now, by: null });
  const words = TRUST_WORDS[verdict.reason];
  const expected = verdict.reason === 'changed' ? text(`，应为 ${stated ?? firstSeen ?? ''}`, `, expected ${stated ?? firstSeen ?? ''}`) : text('', '');
  return text(`${words.zh}（指纹 ${facts.fingerprint}${expected.zh}，主体 ${facts.subject}，有效期 ${day(facts.validFrom)} 至 ${day(facts.validTo)}）`, `${words.en} (fingerprint ${facts.fingerprint}${expected.en}; subject ${facts.subject}; valid ${day(facts.validFrom)} to ${day(facts.validTo)})`);
};

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

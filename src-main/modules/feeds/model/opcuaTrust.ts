import { text, type Text, type UtcMs } from '../../../../src-shared/kernel/index.ts';

/** What a certificate says of itself. `fingerprint` is SHA-1 in hex, as site files and servers' own tools show it; `hosts` are names and addresses. */
export type CertificateFacts = {
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: UtcMs;
  readonly validTo: UtcMs;
  readonly hosts: readonly string[];
  readonly applicationUri: string | null;
  readonly keyBits: number;
};

export const TRUST_REASONS = ['expired', 'not-yet-valid', 'revoked', 'changed', 'rejected', 'unknown', 'wrong-host', 'wrong-uri', 'weak-key'] as const;
export type TrustReason = (typeof TRUST_REASONS)[number];

/** What is known of a server's certificate besides: what the site file states, what was seen first, and on which list a person or an authority has put it. */
export type TrustQuestion = {
  readonly facts: CertificateFacts;
  readonly now: UtcMs;
  readonly host: string;
  /** Application URI that the server states of itself; null when it is not known. */
  readonly serverUri: string | null;
  readonly stated: string | null;
  readonly firstSeen: string | null;
  readonly list: 'trusted' | 'rejected' | null;
  readonly isByAuthority: boolean;
  /** Whether a revocation list in the PKI folder names it. */
  readonly isRevoked: boolean;
  readonly policy: 'first-seen' | 'list';
};

/** `reason` is null when it is trusted; `cautions` are what a person should look at, trusted or not. */
export type TrustVerdict = { readonly reason: TrustReason | null; readonly cautions: readonly TrustReason[] };

/**
 * Names must fit (IEC 62541-4 §6.1.3): a certificate for another host or application is refused unless a person or the site file has named this very certificate.
 * One that names no host, or no application, cannot be compared and passes.
 */
export const judgeTrust = (question: TrustQuestion): TrustVerdict => {
  const { facts, now, host, serverUri, stated, firstSeen, list, isByAuthority, isRevoked, policy } = question;
  const cautions: TrustReason[] = [];
  if (facts.hosts.length > 0 && !facts.hosts.some((known) => canonical(known) === canonical(host))) cautions.push('wrong-host');
  if (serverUri !== null && facts.applicationUri !== null && facts.applicationUri !== serverUri) cautions.push('wrong-uri');
  if (facts.keyBits > 0 && facts.keyBits < 2_048) cautions.push('weak-key');
  const refused = (reason: TrustReason): TrustVerdict => ({ reason, cautions });
  if (now > facts.validTo) return refused('expired');
  if (now < facts.validFrom) return refused('not-yet-valid');
  if (isRevoked) return refused('revoked');
  if (stated !== null && stated !== facts.fingerprint) return refused('changed');
  if (stated === facts.fingerprint || list === 'trusted') return { reason: null, cautions };
  if (list === 'rejected') return refused('rejected');
  if (!isByAuthority && firstSeen !== null && firstSeen !== facts.fingerprint) return refused('changed');
  if (!isByAuthority && firstSeen === null && policy === 'list') return refused('unknown');
  return { reason: cautions.find((caution) => caution !== 'weak-key') ?? null, cautions };
};

/** A host name or address as it is compared; IPv6 in its shortest form. */
const canonical = (host: string): string => {
  const address = `http://[${host.replaceAll(/[[\]]/g, '')}]`;
  return host.includes(':') && URL.canParse(address) ? new URL(address).hostname : host.toLowerCase();
};

/** Why a certificate is not trusted, or what to look at before it is, and what to do. */
export const TRUST_WORDS: Readonly<Record<TrustReason, Text>> = {
  expired: text('证书已过期：请更换服务器证书，或核对两端时钟', 'The certificate has expired: renew that of the server, or set the clocks right'),
  'not-yet-valid': text('证书尚未生效：请核对两端时钟', 'The certificate is not valid yet: set the clocks of both ends right'),
  revoked: text('证书已被签发机构吊销：请更换服务器证书', 'Its authority has revoked the certificate: renew that of the server'),
  changed: text('服务器证书与已信任的不同：确认是有意更换后再信任', 'The server certificate is not the one that is trusted: trust it only if it was changed on purpose'),
  rejected: text('已被人拒绝', 'A person has rejected it'),
  unknown: text('尚未有人信任此证书：请与服务器上显示的指纹核对后再信任', 'Nobody has trusted it yet: compare the fingerprint with the one shown at the server first'),
  'wrong-host': text('证书上的主机名与所连地址不符：请改用证书上的主机名，或核对指纹后信任这一张证书', 'The certificate is for another host: use the host name that it states, or compare the fingerprint and trust this very certificate'),
  'wrong-uri': text('证书上的应用标识与服务器自称的不符：请更换服务器证书，或核对指纹后信任这一张证书', 'The certificate is for another application than the server calls itself: renew it, or compare the fingerprint and trust this very certificate'),
  'weak-key': text('密钥短于 2048 位', 'Its key is shorter than 2048 bits'),
};

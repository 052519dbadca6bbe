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

export const TRUST_REASONS = ['expired', 'not-yet-valid', 'changed', 'rejected', 'unknown', 'wrong-host', 'wrong-uri', 'weak-key'] as const;
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
  readonly policy: 'first-seen' | 'list';
};

/** `reason` is null when it is trusted; `cautions` are what a person should look at, trusted or not. */
export type TrustVerdict = { readonly reason: TrustReason | null; readonly cautions: readonly TrustReason[] };

export const judgeTrust = (question: TrustQuestion): TrustVerdict => {
  const { facts, now, host, serverUri, stated, firstSeen, list, isByAuthority, policy } = question;
  const cautions: TrustReason[] = [];
  if (facts.hosts.length > 0 && !facts.hosts.some((known) => known.toLowerCase() === host.toLowerCase())) cautions.push('wrong-host');
  if (serverUri !== null && facts.applicationUri !== null && facts.applicationUri !== serverUri) cautions.push('wrong-uri');
  if (facts.keyBits > 0 && facts.keyBits < 2_048) cautions.push('weak-key');
  const refused = (reason: TrustReason): TrustVerdict => ({ reason, cautions });
  if (now > facts.validTo) return refused('expired');
  if (now < facts.validFrom) return refused('not-yet-valid');
  if (stated !== null && stated !== facts.fingerprint) return refused('changed');
  if (stated === facts.fingerprint || list === 'trusted') return { reason: null, cautions };
  if (list === 'rejected') return refused('rejected');
  if (isByAuthority) return { reason: null, cautions };
  if (firstSeen !== null && firstSeen !== facts.fingerprint) return refused('changed');
  if (policy === 'list' && firstSeen === null) return refused('unknown');
  return { reason: null, cautions };
};

/** Why a certificate is not trusted, or what to look at before it is, and what to do. */
export const TRUST_WORDS: Readonly<Record<TrustReason, Text>> = {
  expired: text('证书已过期：请更换服务器证书，或核对两端时钟', 'The certificate has expired: renew that of the server, or set the clocks right'),
  'not-yet-valid': text('证书尚未生效：请核对两端时钟', 'The certificate is not valid yet: set the clocks of both ends right'),
  changed: text('服务器证书与已信任的不同：确认是有意更换后再信任', 'The server certificate is not the one that is trusted: trust it only if it was changed on purpose'),
  rejected: text('已被人拒绝', 'A person has rejected it'),
  unknown: text('尚未有人信任此证书：请与服务器上显示的指纹核对后再信任', 'Nobody has trusted it yet: compare the fingerprint with the one shown at the server first'),
  'wrong-host': text('证书上的主机名与所连地址不符', 'The host names of the certificate differ from the address'),
  'wrong-uri': text('证书上的应用标识与服务器自称的不符', 'The application URI of the certificate differs from what the server calls itself'),
  'weak-key': text('密钥短于 2048 位', 'Its key is shorter than 2048 bits'),
};

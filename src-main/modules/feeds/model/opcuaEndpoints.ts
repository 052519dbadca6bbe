import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import type { CertificateFacts } from './opcuaTrust.ts';

export type EndpointMode = OpcUaFeed['securityMode'];
export type EndpointPolicy = OpcUaFeed['securityPolicy'];

/** One endpoint that a server offers. `level` is the server's own opinion of its strength; `policy` is null for one that we do not speak. */
export type EndpointOffer = {
  readonly url: string;
  readonly mode: EndpointMode;
  readonly policy: EndpointPolicy | null;
  readonly policyName: string;
  readonly level: number;
  readonly tokens: readonly string[];
  readonly serverUri: string | null;
  readonly certificate: CertificateFacts | null;
};

/** Weakest first. Basic128Rsa15 and Basic256 are withdrawn (IEC 62541-7) and not spoken. */
export const POLICIES: readonly EndpointPolicy[] = ['None', 'Aes128_Sha256_RsaOaep', 'Basic256Sha256', 'Aes256_Sha256_RsaPss'];
const MODES: readonly EndpointMode[] = ['None', 'Sign', 'SignAndEncrypt'];

/** How this feed signs in, as OPC UA names the token. */
export const tokenOf = (feed: Pick<OpcUaFeed, 'user' | 'userCertificate'>): string => (feed.userCertificate !== undefined ? 'Certificate' : feed.user !== undefined ? 'UserName' : 'Anonymous');

/** The strongest secured endpoint that takes this feed's way of signing in: by mode, then policy, then the server's level. Null when there is none: an unsecured one is never chosen for you. */
export const bestEndpoint = (offers: readonly EndpointOffer[], feed: Pick<OpcUaFeed, 'user' | 'userCertificate'>): (EndpointOffer & { readonly policy: EndpointPolicy }) | null => {
  const rank = (offer: EndpointOffer) => MODES.indexOf(offer.mode) * 1_000_000 + POLICIES.indexOf(offer.policy ?? 'None') * 1_000 + offer.level;
  const fit = offers.filter((offer): offer is EndpointOffer & { readonly policy: EndpointPolicy } => offer.policy !== null && offer.policy !== 'None' && offer.mode !== 'None' && offer.tokens.includes(tokenOf(feed)));
  return fit.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
};

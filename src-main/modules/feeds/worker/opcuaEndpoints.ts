import { MessageSecurityMode, OPCUAClient, SecurityPolicy, UserTokenType, type EndpointDescription } from 'node-opcua-client';
import type { EndpointMode, EndpointOffer } from '../model/opcuaEndpoints.ts';
import { POLICIES } from '../model/opcuaEndpoints.ts';
import { factsOf, splitChain } from '../opcuaTrustStore.ts';
import type { TrustedCertificates } from './opcuaIdentity.ts';

/** Asks a server for its endpoints over an unsecured channel, which may do that and nothing else (IEC 62541-4 §5.5.4). Rejects when nobody answers. */
export const listEndpoints = async (url: string, certificates: TrustedCertificates): Promise<readonly EndpointOffer[]> => {
  const client = OPCUAClient.create({ applicationName: 'Anlan', clientCertificateManager: certificates, securityMode: MessageSecurityMode.None, securityPolicy: SecurityPolicy.None, endpointMustExist: false, connectionStrategy: { initialDelay: 200, maxDelay: 500, maxRetry: 0 }, transportTimeout: 5_000 });
  try {
    await client.connect(url);
    return (await client.getEndpoints()).map(toOffer);
  } finally {
    await client.disconnect();
  }
};

const toOffer = (endpoint: EndpointDescription): EndpointOffer => {
  const policyName = (endpoint.securityPolicyUri ?? '').split('#')[1] ?? '';
  const chain = endpoint.serverCertificate;
  return {
    url: endpoint.endpointUrl ?? '',
    mode: (MessageSecurityMode[endpoint.securityMode] ?? 'None') as EndpointMode,
    policy: POLICIES.find((policy) => policy === policyName) ?? null,
    policyName,
    level: endpoint.securityLevel,
    tokens: [...new Set((endpoint.userIdentityTokens ?? []).map(({ tokenType }) => UserTokenType[tokenType] ?? ''))],
    serverUri: endpoint.server.applicationUri,
    certificate: chain === null || chain === undefined || chain.length === 0 ? null : factsOf(splitChain(chain)[0]!),
  };
};

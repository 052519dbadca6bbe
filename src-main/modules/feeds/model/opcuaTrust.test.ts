import { expect, it } from 'vitest';
import { bestEndpoint, type EndpointOffer } from './opcuaEndpoints.ts';
import { judgeTrust, TRUST_REASONS, TRUST_WORDS, type TrustQuestion } from './opcuaTrust.ts';

const facts = { fingerprint: 'a'.repeat(40), subject: 'CN=Server', issuer: 'CN=Server', validFrom: 1_000, validTo: 2_000, hosts: ['plc-7', '10.0.0.7'], applicationUri: 'urn:plc-7', keyBits: 2_048 };
const ask = (rest: Partial<TrustQuestion> = {}) => judgeTrust({ facts, now: 1_500, host: '10.0.0.7', serverUri: 'urn:plc-7', stated: null, firstSeen: null, list: null, isByAuthority: false, isRevoked: false, policy: 'first-seen', ...rest });

it('says why a certificate is not trusted: expired, not valid yet, changed, rejected or unknown', () => {
  expect(ask()).toEqual({ reason: null, cautions: [] });
  expect(ask({ now: 2_001, list: 'trusted' }).reason).toBe('expired');
  expect(ask({ now: 999 }).reason).toBe('not-yet-valid');
  expect(ask({ firstSeen: 'b'.repeat(40) }).reason).toBe('changed');
  expect(ask({ stated: 'b'.repeat(40), list: 'trusted' }).reason).toBe('changed');
  expect(ask({ list: 'rejected', isByAuthority: true, firstSeen: facts.fingerprint }).reason).toBe('rejected');
  expect(ask({ policy: 'list' }).reason).toBe('unknown');
});

it('trusts by the site file, by a person, by an authority, or by first sight', () => {
  expect(ask({ stated: facts.fingerprint, policy: 'list' }).reason).toBeNull();
  expect(ask({ list: 'trusted', firstSeen: 'b'.repeat(40), policy: 'list' }).reason).toBeNull();
  expect(ask({ isByAuthority: true, policy: 'list' }).reason).toBeNull();
  expect(ask({ firstSeen: facts.fingerprint, policy: 'list' }).reason).toBeNull();
});

it('refuses a certificate for another host or application unless this very certificate was named, and a revoked one always', () => {
  for (const [reason, wrong] of [['wrong-host', { host: 'other' }], ['wrong-uri', { serverUri: 'urn:other' }]] as const) {
    expect(ask(wrong)).toEqual({ reason, cautions: [reason] });
    expect(ask({ ...wrong, firstSeen: facts.fingerprint }).reason).toBe(reason);
    expect(ask({ ...wrong, isByAuthority: true }).reason).toBe(reason);
    expect(ask({ ...wrong, policy: 'list' }).reason).toBe('unknown');
    expect(ask({ ...wrong, list: 'trusted' })).toEqual({ reason: null, cautions: [reason] });
    expect(ask({ ...wrong, stated: facts.fingerprint })).toEqual({ reason: null, cautions: [reason] });
  }
  expect(ask({ host: '[::1]', facts: { ...facts, hosts: ['0:0:0:0:0:0:0:1'] } }).reason).toBeNull();
  expect(ask({ host: 'PLC-7' }).reason).toBeNull();
  expect(ask({ isRevoked: true, list: 'trusted', stated: facts.fingerprint }).reason).toBe('revoked');
});

it('tells of a wrong host, a wrong application and a short key, and has words for every reason', () => {
  expect(ask({ host: 'other', serverUri: 'urn:other', facts: { ...facts, keyBits: 1_024 } }).cautions).toEqual(['wrong-host', 'wrong-uri', 'weak-key']);
  expect(Object.keys(TRUST_WORDS).toSorted()).toEqual(TRUST_REASONS.toSorted());
});

it('chooses the strongest secured endpoint that takes the way of signing in, and none rather than an unsecured one', () => {
  const offer = (policy: EndpointOffer['policy'], mode: EndpointOffer['mode'], tokens = ['UserName'], level = 1): EndpointOffer => ({ url: '', mode, policy, policyName: policy ?? 'Basic256', level, tokens, serverUri: null, certificate: null });
  const user = { user: 'anlan', userCertificate: undefined };
  const offers = [offer('None', 'None', ['UserName'], 99), offer('Aes256_Sha256_RsaPss', 'Sign'), offer('Basic256Sha256', 'SignAndEncrypt'), offer('Aes256_Sha256_RsaPss', 'SignAndEncrypt', ['Certificate']), offer(null, 'SignAndEncrypt', ['UserName'], 99)];
  expect(bestEndpoint(offers, user)).toMatchObject({ policy: 'Basic256Sha256', mode: 'SignAndEncrypt' });
  expect(bestEndpoint(offers, { user: undefined, userCertificate: { certificate: 'c', key: 'k' } })).toMatchObject({ policy: 'Aes256_Sha256_RsaPss' });
  expect(bestEndpoint(offers.slice(0, 1), user)).toBeNull();
  expect(bestEndpoint(offers, { user: undefined, userCertificate: undefined })).toBeNull();
});

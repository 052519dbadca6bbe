import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SecurityPolicy } from 'node-opcua';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createAuthority, hasOpenssl } from '../../testing/certificates.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { startOpcUaServer, type TestOpcUaServer } from '../../testing/opcuaServer.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';
import { openTrustStore } from './opcuaTrustStore.ts';

const plant = buildPlant();
const folder = temporaryFolder();
const POLICIES = ['Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'] as const;
let server: TestOpcUaServer;
beforeAll(async () => {
  server = await startOpcUaServer(['PT-101'], folder.file('server'), { policies: [SecurityPolicy.None, ...POLICIES.map((name) => SecurityPolicy[name])] });
  server.set('PT-101', 1);
}, 60_000);
afterAll(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});
const feed = (rest: object = {}, port = server.port) => ({ id: 'ua', kind: 'opcua' as const, url: `opc.tcp://127.0.0.1:${port}`, user: 'anlan', password: 'secret', publishingIntervalMs: 200, samplingIntervalMs: 100, mappings: [{ tags: ['PT-101'], address: 'ns=1;s={tag}' }], ...rest });
/** A certificate of the key in `pki`, valid from `from` days from now for `days`. */
const makeCertificate = async (name: string, { from, days }: { readonly from: number; readonly days: number }, names: { readonly ip?: string; readonly applicationUri?: string } = {}) => {
  const manager = new OPCUACertificateManager({ rootFolder: folder.file(`${name}-pki`), keySize: 2048, disableFileWatchers: true });
  await manager.initialize();
  const certificate = folder.file(`${name}.pem`);
  await manager.createSelfSignedCertificate({ applicationUri: names.applicationUri ?? `urn:${name}`, dns: ['localhost'], ip: [names.ip ?? '127.0.0.1'], subject: `/CN=${name}`, startDate: new Date(Date.now() + from * 86_400_000), validity: days, outputFile: certificate });
  await manager.dispose();
  return { certificate, key: manager.privateKey, pki: folder.file(`${name}-pki`) };
};

it.each(POLICIES.flatMap((policy) => (['Sign', 'SignAndEncrypt'] as const).map((mode) => [policy, mode] as const)))('brings values over %s %s', async (securityPolicy, securityMode) => {
  using rig = startFeeds(plant, [feed({ securityPolicy, securityMode })], folder.file('pki'));
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'a value', 30_000);
  await until(() => rig.feeds.table.get('ua')?.security === `${securityPolicy} ${securityMode}`, 'the row says by what');
}, 60_000);

it('finds the best endpoint by itself', async () => {
  using rig = startFeeds(plant, [feed({ endpoint: 'best' })], folder.file('pki'));
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'a value', 30_000);
  await until(() => rig.feeds.table.get('ua')?.security === 'Aes256_Sha256_RsaPss SignAndEncrypt', 'the best');
}, 60_000);

it('signs in with an X.509 user certificate, and says what is wrong with a missing one', async () => {
  const { certificate, key } = await makeCertificate('engineer', { from: -1, days: 30 });
  using rig = startFeeds(plant, [feed({ user: undefined, password: undefined, userCertificate: { certificate, key } })], folder.file('pki'));
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'a value', 30_000);
  using missing = startFeeds(plant, [feed({ userCertificate: { certificate: folder.file('none.pem'), key } })], folder.file('pki'));
  await until(() => missing.state() === 'refused', 'refused', 30_000);
  expect(missing.feeds.table.get('ua')?.lastError?.en).toContain('none.pem');
}, 60_000);

it('refuses an unknown certificate under a trust list until a person trusts it, and a trusted one that is rejected later', async () => {
  const pki = folder.file('listed');
  const store = openTrustStore(pki);
  {
    using rig = startFeeds(plant, [feed({ trust: 'list' })], pki);
    await until(() => rig.state() === 'refused', 'refused', 30_000);
    expect(rig.feeds.table.get('ua')?.lastError?.zh).toContain('尚未有人信任');
  }
  const [refused] = store.list().filter(({ list }) => list === 'rejected');
  expect(refused).toMatchObject({ feeds: ['ua'], note: { reason: 'unknown', by: null } });
  expect(store.judge(refused!.facts.fingerprint, { isTrusted: true, by: '张工', at: Date.now() })).toBe(true);
  expect(store.judge('0'.repeat(40), { isTrusted: true, by: '张工', at: Date.now() })).toBe(false);
  {
    using rig = startFeeds(plant, [feed({ trust: 'list' })], pki);
    await until(() => rig.state() === 'live', 'live', 30_000);
  }
  store.judge(refused!.facts.fingerprint, { isTrusted: false, by: '张工', at: Date.now() });
  using rig = startFeeds(plant, [feed()], pki);
  await until(() => rig.state() === 'refused', 'refused again', 30_000);
  expect(store.list().find(({ list }) => list === 'rejected')).toMatchObject({ note: { by: '张工', reason: 'rejected' } });
}, 90_000);

it('refuses a server whose certificate has expired, in plain words', async () => {
  const { certificate, pki } = await makeCertificate('expired', { from: -20, days: 5 });
  await using old = await startOpcUaServer(['PT-101'], pki, { certificateFile: certificate });
  using rig = startFeeds(plant, [feed({}, old.port)], folder.file('other'));
  await until(() => rig.state() === 'refused', 'refused', 30_000);
  expect(rig.feeds.table.get('ua')?.lastError?.zh).toContain('已过期');
  expect(openTrustStore(folder.file('other')).list().find(({ list }) => list === 'rejected')).toMatchObject({ note: { reason: 'expired' } });
}, 60_000);

const uriOf = () => openTrustStore(folder.file('pki')).list().find(({ list }) => list === 'first-seen')!.facts.applicationUri!;
it.each([
  ['wrong-host', '主机名', () => ({ ip: '10.0.0.7', applicationUri: uriOf() })],
  ['wrong-uri', '应用标识', () => ({ applicationUri: 'urn:another' })],
] as const)('refuses a certificate whose names do not fit (%s), keeps it not as the first seen, and takes it when a person or the site file names it', async (reason, words, names) => {
  const { certificate, pki } = await makeCertificate(reason, { from: -1, days: 30 }, names());
  await using other = await startOpcUaServer(['PT-101'], pki, { certificateFile: certificate });
  const own = folder.file(`${reason}-station`);
  {
    using rig = startFeeds(plant, [feed({}, other.port)], own);
    await until(() => rig.state() === 'refused', 'refused', 30_000);
    expect(rig.feeds.table.get('ua')?.lastError?.zh).toContain(words);
  }
  const store = openTrustStore(own);
  const refused = store.list().find(({ list }) => list === 'rejected')!;
  expect([refused.note?.reason, store.firstSeen('ua')]).toEqual([reason, null]);
  {
    using stated = startFeeds(plant, [feed({ serverFingerprint: refused.facts.fingerprint }, other.port)], folder.file(`${reason}-stated`));
    await until(() => stated.state() === 'live', 'live by the site file', 30_000);
  }
  store.judge(refused.facts.fingerprint, { isTrusted: true, by: '张工', at: Date.now() });
  using trusted = startFeeds(plant, [feed({}, other.port)], own);
  await until(() => trusted.state() === 'live', 'live by the trust list', 30_000);
}, 90_000);

it.skipIf(!(await hasOpenssl()))('trusts what an authority has signed, until its revocation list names it (skipped without openssl)', async () => {
  const authority = await createAuthority(folder.path, 'authority');
  const { key, pki } = await makeCertificate('signed', { from: -1, days: 30 });
  const leaf = await authority.issue('server', { key });
  await using signed = await startOpcUaServer(['PT-101'], pki, { certificateFile: leaf.certificate });
  const own = folder.file('signed-station');
  mkdirSync(join(own, 'trusted/certs'), { recursive: true });
  mkdirSync(join(own, 'trusted/crl'), { recursive: true });
  copyFileSync(authority.certificate, join(own, 'trusted/certs/authority.pem'));
  {
    using rig = startFeeds(plant, [feed({ trust: 'list' }, signed.port)], own);
    await until(() => rig.state() === 'live', 'live', 30_000);
  }
  copyFileSync(await authority.revoke(leaf), join(own, 'trusted/crl/authority.crl'));
  using rig = startFeeds(plant, [feed({ trust: 'list' }, signed.port)], own);
  await until(() => rig.state() === 'refused', 'refused', 30_000);
  expect(rig.feeds.table.get('ua')?.lastError?.zh).toContain('吊销');
}, 90_000);

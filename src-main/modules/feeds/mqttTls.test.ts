import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { startBroker } from '../../testing/broker.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createAuthority, hasOpenssl, type KeyPair, type TestAuthority } from '../../testing/certificates.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { hasMosquitto, startMosquitto } from '../../testing/foreign.ts';
import { freePort } from '../../testing/opcuaServer.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';

const plant = buildPlant();
const folder = temporaryFolder();
const openssl = await hasOpenssl();
const files: Partial<Record<'server' | 'oldServer' | 'client' | 'oldClient' | 'strangerClient', KeyPair>> = {};
let authority: TestAuthority;
let stranger: TestAuthority;
beforeAll(async () => {
  if (!openssl) return;
  [authority, stranger] = await Promise.all([createAuthority(folder.path, 'plant'), createAuthority(folder.path, 'stranger')]);
  files.server = await authority.issue('server');
  files.oldServer = await authority.issue('old-server', { expired: true });
  files.client = await authority.issue('station');
  files.oldClient = await authority.issue('old-station', { expired: true });
  files.strangerClient = await stranger.issue('stranger-station');
  return () => folder[Symbol.dispose]();
});
const read = ({ certificate, key }: KeyPair) => ({ cert: readFileSync(certificate), key: readFileSync(key) });
const feed = (port: number, tls: object) => ({ id: 'm', kind: 'mqtt' as const, url: `mqtts://127.0.0.1:${port}`, tls, staleAfterS: 2, mappings: [{ tags: ['*'], address: 'plant/{tag}' }] });
type Case = readonly [what: string, server: keyof typeof files, tls: () => object, words: readonly [zh: RegExp, en: RegExp] | null];
/** Skipped where openssl, which makes the certificates, or mosquitto is not installed. Each with a broker that wants a client certificate of its own authority. */
const CASES: readonly Case[] = [
  ['the right certificates on both ends', 'server', () => ({ ca: authority.certificate, ...files.client }), null],
  ['a server of an unknown authority', 'server', () => ({ ca: stranger.certificate, ...files.client }), [/服务器证书不受信任/, /server certificate is not trusted/]],
  ['no authority named', 'server', () => ({ ...files.client }), [/服务器证书不受信任/, /server certificate is not trusted/]],
  ['an expired server certificate', 'oldServer', () => ({ ca: authority.certificate, ...files.client }), [/服务器证书已过期/, /server certificate has expired/]],
  ['no client certificate', 'server', () => ({ ca: authority.certificate }), [/要求客户端证书/, /wants a client certificate/]],
  ['an expired client certificate', 'server', () => ({ ca: authority.certificate, ...files.oldClient }), [/客户端证书已过期/, /client certificate has expired/]],
  ['a client certificate of an unknown authority', 'server', () => ({ ca: authority.certificate, ...files.strangerClient }), [/不信任本站的客户端证书/, /does not trust this station/]],
  ['a key that is not the certificate’s', 'server', () => ({ ca: authority.certificate, certificate: files.client?.certificate, key: files.oldClient?.key }), [/不成对/, /do not belong together/]],
  ['a file that is not there', 'server', () => ({ ca: folder.file('nowhere.pem') }), [/无法读取证书文件/, /Cannot read a certificate file/]],
];

/** Node's TLS servers close on such a certificate without an alert: what is said then is a guess, and dialling goes on. */
const UNSAID: Case = ['a client certificate of an unknown authority', 'server', () => ({ ca: authority.certificate, ...files.strangerClient }), [/可能不接受本站的客户端证书/, /may not accept this station/]];

const judge = async (rig: ReturnType<typeof startFeeds>, words: Case[3], state = 'refused') => {
  if (words === null) {
    await until(() => rig.state() === 'stale', 'linked, nothing has come');
    expect(rig.feeds.table.get('m')?.security).toBe('TLS');
    return;
  }
  await until(() => rig.state() === state, state);
  const error = rig.feeds.table.get('m')?.lastError;
  expect(error?.zh).toMatch(words[0]);
  expect(error?.en).toMatch(words[1]);
  expect(rig.faults.table.get('feeds/m')).toMatchObject({ severity: state === 'refused' ? 'error' : 'warning', active: true });
};

it.skipIf(!openssl).each(CASES.map((row) => (row[0] === UNSAID[0] ? UNSAID : row)))('says what is wrong with TLS of a 3.1.1 broker (aedes): %s', async (what, server, tls, words) => {
  await using broker = await startBroker({ tls: { ...read(files[server]!), ca: readFileSync(authority.certificate), requestCert: true, rejectUnauthorized: true } });
  using rig = startFeeds(plant, [feed(broker.port, tls())]);
  await judge(rig, words, what === UNSAID[0] ? 'down' : 'refused');
  expect(broker.clients.length).toBe(words === null ? 1 : 0);
  if (words !== null) return;
  await broker.publish('plant/PT-101', JSON.stringify({ v: 1, t: Date.now() }));
  await until(() => rig.last('PT-101')?.value === 1, 'a value over TLS');
});

it.skipIf(!openssl || !hasMosquitto()).each(CASES)('says what is wrong with TLS of an MQTT 5 broker (mosquitto): %s', async (_what, server, tls, words) => {
  const port = await freePort();
  const { certificate, key } = files[server]!;
  using conf = temporaryFolder();
  await using _broker = await startMosquitto(conf.path, port, { ca: authority.certificate, certificate, key });
  using rig = startFeeds(plant, [{ ...feed(port, tls()), user: 'anlan', password: 'secret' }]);
  await judge(rig, words);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StatusCodes } from 'node-opcua';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { startOpcUaServer, type TestOpcUaServer } from '../../testing/opcuaServer.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';

const plant = buildPlant();
const folder = temporaryFolder();
let server: TestOpcUaServer;
beforeAll(async () => {
  server = await startOpcUaServer(['PT-101', 'LT-101', 'GT-101'], folder.file('server'));
}, 60_000);
afterAll(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});
const feed = (port: number, rest: object = {}) => ({
  id: 'ua',
  kind: 'opcua' as const,
  url: `opc.tcp://127.0.0.1:${port}`,
  user: 'anlan',
  password: 'secret',
  publishingIntervalMs: 200,
  samplingIntervalMs: 100,
  mappings: [{ tags: ['PT-101', 'LT-101', 'GT-101', 'VT-201'], address: 'ns=1;s={tag}' }],
  ...rest,
});

it('subscribes with SignAndEncrypt and a password, keeps source times, maps Bad, and names nodes that are not there', async () => {
  using rig = startFeeds(plant, [feed(server.port)], folder.file('pki'));
  await until(() => rig.state() === 'live', 'live', 30_000);
  const before = Date.now();
  server.set('PT-101', 1.25);
  server.set('LT-101', 0, StatusCodes.BadSensorFailure);
  server.set('GT-101', 7, StatusCodes.UncertainLastUsableValue);
  await until(() => rig.last('PT-101')?.value === 1.25 && rig.last('GT-101')?.value === 7, 'the values');
  expect(rig.last('PT-101')).toMatchObject({ quality: Quality.good });
  expect(Math.abs(rig.last('PT-101')!.at - before)).toBeLessThan(100);
  await until(() => rig.last('LT-101')?.quality === Quality.bad, 'bad');
  expect(rig.last('GT-101')?.quality).toBe(Quality.uncertain);
  await until(() => rig.faults.table.get('feeds/ua.unknown-node') !== undefined, 'the missing node');
  expect(rig.faults.table.get('feeds/ua.unknown-node')?.detail).toContain('VT-201');
  await until(() => rig.feeds.table.get('ua')?.unmapped === 1, 'one unmapped');
}, 60_000);

it('is stale within two seconds of a cut link, and takes up the session again when it is mended', async () => {
  await using proxy = await startTcpProxy(server.port);
  server.set('PT-101', 1);
  using rig = startFeeds(plant, [feed(proxy.port)], folder.file('pki'));
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'live', 30_000);
  proxy.cut();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale', 30_000);
  server.set('PT-101', 2);
  proxy.mend();
  await until(() => rig.last('PT-101')?.value === 2 && rig.last('PT-101')?.quality === Quality.good, 'the value of meanwhile', 10_000);
  await until(() => rig.state() === 'live', 'live again');
}, 60_000);

it('sees within its time that a server hangs with TCP open, and comes back by itself', async () => {
  await using proxy = await startTcpProxy(server.port);
  server.set('PT-101', 3);
  using rig = startFeeds(plant, [feed(proxy.port)], folder.file('pki'));
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'live', 30_000);
  proxy.silence();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale', 30_000);
  server.set('PT-101', 4);
  proxy.mend();
  await until(() => rig.last('PT-101')?.value === 4 && rig.last('PT-101')?.quality === Quality.good, 'the value after', 30_000);
}, 90_000);

it('confirms what has not changed after a short break and after a hang, on the same session', async () => {
  await using proxy = await startTcpProxy(server.port);
  server.set('PT-101', 9);
  using rig = startFeeds(plant, [feed(proxy.port)], folder.file('pki'));
  const isGood = () => rig.last('PT-101')?.quality === Quality.good && rig.last('GT-101')?.quality !== Quality.stale;
  await until(isGood, 'live', 30_000);
  proxy.hold();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale', 30_000);
  proxy.mend();
  await until(isGood, 'confirmed after the hang', 30_000);
  proxy.cut();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale', 30_000);
  proxy.mend();
  await until(isGood, 'confirmed after the cut', 30_000);
}, 60_000);

it('confirms an unchanged value after the server was restarted', async () => {
  server.set('LT-101', 55);
  using rig = startFeeds(plant, [feed(server.port)], folder.file('pki'));
  await until(() => rig.last('LT-101')?.value === 55, 'live', 30_000);
  await server.stop();
  await until(() => rig.last('LT-101')?.quality === Quality.stale, 'stale', 30_000);
  await server.start();
  server.set('LT-101', 56);
  await until(() => rig.last('LT-101')?.value === 56 && rig.last('LT-101')?.quality === Quality.good, 'live again', 40_000);
}, 120_000);

it('refuses a wrong password and a changed server certificate in plain words', async () => {
  using wrong = startFeeds(plant, [feed(server.port, { password: 'guess' })], folder.file('pki'));
  await until(() => wrong.state() === 'refused', 'refused password', 30_000);
  expect(wrong.feeds.table.get('ua')?.lastError?.zh).toMatch(/密码/);
  const pin = folder.file('pki/servers/ua.sha1');
  const trusted = readFileSync(pin, 'utf8');
  expect(trusted).toMatch(/^[0-9a-f]{40}\n$/);
  writeFileSync(pin, '0'.repeat(40));
  using changed = startFeeds(plant, [feed(server.port)], folder.file('pki'));
  await until(() => changed.state() === 'refused', 'refused certificate', 30_000);
  expect(changed.feeds.table.get('ua')?.lastError?.zh).toContain(trusted.trim());
  using stated = startFeeds(plant, [feed(server.port, { serverFingerprint: trusted.trim() })], folder.file('pki'));
  await until(() => stated.state() === 'live', 'live by the stated fingerprint', 30_000);
}, 90_000);

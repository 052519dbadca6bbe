import mqtt from 'mqtt';
import { mkdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { findAsyncua, hasMosquitto, startAsyncua, startMosquitto } from '../../testing/foreign.ts';
import { freePort } from '../../testing/opcuaServer.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { pause, until } from '../../testing/until.ts';

const plant = buildPlant();
const root = new URL('../../../', import.meta.url).pathname;

it('speaks MQTT 5 with mosquitto, refuses in plain words, and gets what was published while the link was down', async (context) => {
  if (!hasMosquitto()) context.skip('mosquitto is not installed');
  using folder = temporaryFolder();
  const port = await freePort();
  await using _broker = await startMosquitto(folder.path, port);
  const url = `mqtt://127.0.0.1:${port}`;
  const feed = { id: 'm', kind: 'mqtt' as const, url, user: 'anlan', password: 'secret', staleAfterS: 1, mappings: [{ tags: ['*'], address: 'plant/{tag}' }] };
  using wrong = startFeeds(plant, [{ ...feed, id: 'w', password: 'guess' }]);
  const publisher = await mqtt.connectAsync(url, { username: 'anlan', password: 'secret' });
  {
    using rig = startFeeds(plant, [feed]);
    await until(() => rig.state() === 'stale', 'linked');
    await publisher.publishAsync('plant/PT-101', JSON.stringify({ v: 1, t: Date.now() }), { qos: 1 });
    await until(() => rig.last('PT-101')?.value === 1, 'a value');
    await until(() => wrong.state() === 'refused', 'wrong password');
    expect(wrong.feeds.table.get('w')?.lastError?.zh).toMatch(/密码|无权/);
  }
  await pause(100);
  const at = Date.now();
  for (let value = 2; value <= 5; value += 1) await publisher.publishAsync('plant/PT-101', JSON.stringify({ v: value, t: at + value }), { qos: 1 });
  using again = startFeeds(plant, [feed]);
  await until(() => again.last('PT-101')?.value === 5, 'what was missed');
  expect(again.batches.flatMap((batch) => [...batch.value])).toEqual([2, 3, 4, 5]);
  await publisher.endAsync();
}, 60_000);

it('subscribes to asyncua with SignAndEncrypt and a password, and comes back after it was killed', async (context) => {
  const found = await findAsyncua(root);
  if ('reason' in found) return context.skip(found.reason);
  using folder = temporaryFolder();
  mkdirSync(folder.file('server'));
  const port = await freePort();
  const start = () => startAsyncua(found.python, folder.file('server'), { port, ids: ['PT-101', 'LT-101'] });
  const feed = { id: 'ua', kind: 'opcua' as const, url: `opc.tcp://127.0.0.1:${port}`, user: 'anlan', password: 'secret', publishingIntervalMs: 200, samplingIntervalMs: 200, mappings: [{ tags: ['PT-101', 'LT-101'], address: 'ns=2;s={tag}' }] };
  const server = await start();
  try {
    using rig = startFeeds(plant, [feed], folder.file('pki'));
    await until(() => (rig.last('PT-101')?.value ?? 0) > 1 && rig.last('LT-101')?.quality === Quality.good, 'values', 30_000);
    // Rows come once a second, values at once.
    await until(() => rig.feeds.table.get('ua')?.state === 'live', 'the row says live');
    expect(rig.feeds.table.get('ua')).toMatchObject({ state: 'live', security: 'Basic256Sha256 SignAndEncrypt' });
    server.kill();
    await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale');
    await using _second = await start();
    await until(() => rig.last('PT-101')?.quality === Quality.good, 'good again', 30_000);
  } finally {
    server.kill();
  }
}, 120_000);

it('fills the gap of a cut link from the history of asyncua, where asyncua keeps one', async (context) => {
  const found = await findAsyncua(root);
  if ('reason' in found) return context.skip(found.reason);
  using folder = temporaryFolder();
  mkdirSync(folder.file('server'));
  const port = await freePort();
  await using _server = await startAsyncua(found.python, folder.file('server'), { port, ids: ['PT-101', 'LT-101'] });
  await using proxy = await startTcpProxy(port);
  using rig = startFeeds(plant, [{ id: 'ua', kind: 'opcua', url: `opc.tcp://127.0.0.1:${proxy.port}`, user: 'anlan', password: 'secret', endpoint: 'best', publishingIntervalMs: 200, samplingIntervalMs: 200, mappings: [{ tags: ['PT-101', 'LT-101'], address: 'ns=2;s={tag}' }] }], folder.file('pki'));
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'values', 30_000);
  proxy.cut();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale');
  await pause(2_500);
  proxy.mend();
  await until(() => rig.feeds.table.get('ua')?.gap?.state === 'partly', 'the gap is filled', 30_000);
  expect(rig.feeds.table.get('ua')?.gap).toMatchObject({ tags: 2, notRecoverable: 1 });
  await pause(300);
  const index = plant.tags.findIndex(({ id }) => id === 'PT-101');
  const seen = [...rig.batches, ...rig.history].flatMap((batch) => [...batch.value].filter((_value, row) => batch.tag[row] === index));
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  // It counts up by one: from the first value seen to the last there is none missing.
  expect(new Set(seen).size).toBe(most - least + 1);
  expect(most - least).toBeGreaterThan(12);
}, 120_000);

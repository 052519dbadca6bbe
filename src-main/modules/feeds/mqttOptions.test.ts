import mqtt from 'mqtt';
import { expect, it } from 'vitest';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { startBroker } from '../../testing/broker.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { hasMosquitto, startMosquitto } from '../../testing/foreign.ts';
import { freePort } from '../../testing/opcuaServer.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { pause, until } from '../../testing/until.ts';

const plant = buildPlant();
const feed = (port: number, rest: object = {}) => ({ id: 'm', kind: 'mqtt' as const, url: `mqtt://127.0.0.1:${port}`, staleAfterS: 1, mappings: [{ tags: ['*'], address: 'plant/{tag}' }], ...rest });
const byException = { quiet: 'good-while-connected' as const };
const say = (value: number, t = Date.now()) => JSON.stringify({ v: value, t });

it('reads several payload forms from one broker, each mapping its own', async () => {
  await using broker = await startBroker();
  const mappings = [
    { tags: ['AT'], address: '0101010101010101/temperature', payload: { format: 'preset' as const, preset: 'chirpstack-v4' as const } },
    { tags: ['WS'], address: 'mast/speed', payload: { format: 'number' as const } },
    { tags: ['RH'], address: 'mast/log', payload: { format: 'csv' as const, separator: ';', value: 2, time: 1 } },
    { tags: ['*'], address: 'plant/{tag}' },
  ];
  using rig = startFeeds(plant, [feed(broker.port, { mappings })]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  const at = Date.now();
  await broker.publish('application/9/device/0101010101010101/event/up', JSON.stringify({ time: new Date(at).toISOString(), deviceInfo: { devEui: '0101010101010101' }, object: { temperature: 21 } }));
  await broker.publish('mast/speed', '3.5');
  await broker.publish('mast/log', `${at};55`);
  await broker.publish('plant/PT-101', say(1, at));
  await until(() => ['AT', 'WS', 'RH', 'PT-101'].every((tag) => rig.last(tag) !== undefined), 'all four');
  expect(['AT', 'RH', 'PT-101'].map((tag) => rig.last(tag))).toMatchObject([21, 55, 1].map((value) => ({ at, value, quality: Quality.good })));
  expect(rig.last('WS')).toMatchObject({ value: 3.5, quality: Quality.uncertain });
  expect(rig.last('WS')!.at).toBeGreaterThanOrEqual(at);
});

it('keeps a source that reports changes only good while its link lives, and after an outage in which nothing was missed', async () => {
  await using broker = await startBroker();
  await using proxy = await startTcpProxy(broker.port);
  using rig = startFeeds(plant, [feed(proxy.port, byException)]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  const at = Date.now();
  await broker.publish('plant/PT-101', say(1, at), { qos: 1 });
  await broker.publish('plant/LT-101', say(2, at), { qos: 1 });
  await until(() => rig.last('LT-101') !== undefined, 'values');
  await pause(3_000);
  expect([rig.state(), rig.last('PT-101')]).toMatchObject(['live', { at, value: 1, quality: Quality.good }]);
  proxy.cut();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale when the link is lost');
  await broker.publish('plant/LT-101', say(3, at + 1), { qos: 1 });
  const before = rig.batches.length;
  proxy.mend();
  await until(() => rig.last('PT-101')?.quality === Quality.good && rig.last('LT-101')?.quality === Quality.good, 'good again', 5_000);
  expect([rig.last('PT-101'), rig.last('LT-101')]).toMatchObject([{ at, value: 1, quality: Quality.good }, { at: at + 1, value: 3, quality: Quality.good }]);
  const level = plant.tags.findIndex(({ id }) => id === 'LT-101');
  const shown = rig.batches.slice(before).flatMap((batch) => [...batch.tag].flatMap((tag, row) => (tag === level && batch.quality[row] === Quality.good ? [batch.value[row]] : [])));
  expect(shown).toEqual([3]);
});

it('does not believe old values of such a source when the broker has forgotten the session', async () => {
  await using broker = await startBroker();
  using rig = startFeeds(plant, [feed(broker.port, byException)]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  await broker.publish('plant/PT-101', say(1));
  await until(() => rig.state() === 'live', 'live');
  await broker.kill();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale');
  await broker.restart();
  await until(() => broker.clients.length === 1, 'feed is back');
  await pause(1_500);
  expect(rig.last('PT-101')?.quality).toBe(Quality.stale);
  await broker.publish('plant/PT-101', say(2));
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'said again');
});

it('believes retained values only while the source says that it is there', async () => {
  await using broker = await startBroker();
  const longAgo = Date.now() - 3_600_000;
  await broker.publish('plant/PT-101', say(1, longAgo), { retain: true });
  await broker.publish('bridge/state', JSON.stringify({ state: 'online' }), { retain: true });
  using rig = startFeeds(plant, [feed(broker.port, { ...byException, status: { topic: 'bridge/state' } })]);
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'vouched for');
  expect(rig.last('PT-101')).toMatchObject({ at: longAgo, value: 1, quality: Quality.good });
  await until(() => rig.state() === 'live', 'live');
  await broker.publish('bridge/state', 'offline', { retain: true });
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale by its own word');
  await until(() => rig.state() === 'stale', 'the row says so');
  expect(rig.feeds.table.get('m')?.lastError?.zh).toBe('数据源报告离线');
  await broker.publish('bridge/state', 'online', { retain: true });
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'there again', 5_000);
});

it('marks such a source stale while the broker hangs, and good when it answers again', async () => {
  await using broker = await startBroker();
  await using proxy = await startTcpProxy(broker.port);
  using rig = startFeeds(plant, [feed(proxy.port, byException)]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  await broker.publish('plant/PT-101', say(1));
  await until(() => rig.state() === 'live', 'live');
  proxy.hold();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'no answer', 4_500);
  await until(() => rig.state() === 'stale', 'stale, not down');
  proxy.mend();
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'answers', 5_000);
  expect(rig.feeds.table.get('m')?.reconnects).toBe(0);
});

it('subscribes and keeps its session as the site file says', async () => {
  await using broker = await startBroker();
  using rig = startFeeds(plant, [feed(broker.port, { qos: 0, sessionExpiryS: 0 }), feed(broker.port, { id: 'n', mappings: [], positions: { topic: 'people/{wearable}' } })]);
  await until(() => broker.clients.length === 2, 'both connect');
  await until(() => broker.log.filter(({ kind }) => kind === 'subscribe').length === 2, 'both subscribe');
  const of = (client: string) => broker.log.flatMap((event): unknown[] => (event.client !== client ? [] : event.kind === 'connect' ? [event.packet.clean] : event.kind === 'subscribe' ? [...event.filters] : []));
  expect(of('anlan-tiny-m').slice(-2)).toEqual([true, { topic: 'plant/+', qos: 0 }]);
  expect(of('anlan-tiny-n').slice(-2)).toEqual([false, { topic: 'people/+', qos: 1 }]);
  expect(rig.state('m')).not.toBe('refused');
});

it('shares the messages of a group between stations: each reaches one of them', async (context) => {
  if (!hasMosquitto()) context.skip('mosquitto is not installed');
  using folder = temporaryFolder();
  const port = await freePort();
  await using _broker = await startMosquitto(folder.path, port);
  const shared = (id: string) => feed(port, { id, clientId: `station-${id}`, user: 'anlan', password: 'secret', sharedGroup: 'stations' });
  using rig = startFeeds(plant, [shared('a'), shared('b')]);
  await until(() => rig.state('a') === 'stale' && rig.state('b') === 'stale', 'both linked');
  const publisher = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'anlan', password: 'secret' });
  const at = Date.now();
  for (let value = 0; value < 100; value += 1) await publisher.publishAsync('plant/PT-101', say(value, at + value), { qos: 1 });
  await publisher.endAsync();
  const received = (id: string) => rig.feeds.table.get(id)?.received ?? 0;
  await until(() => received('a') + received('b') === 100, 'all of them');
  expect(Math.min(received('a'), received('b'))).toBeGreaterThan(0);
});

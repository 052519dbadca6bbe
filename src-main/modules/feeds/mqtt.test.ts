import { expect, it } from 'vitest';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { startBroker } from '../../testing/broker.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { pause, until } from '../../testing/until.ts';

const plant = buildPlant();
const feed = (port: number, rest: object = {}) => ({
  id: 'dcs',
  kind: 'mqtt' as const,
  url: `mqtt://127.0.0.1:${port}`,
  staleAfterS: 1,
  mappings: [{ tags: ['*'], address: 'plant/{area}/{tag}' }],
  positions: { topic: 'people/{wearable}/position' },
  cameraEvents: { topic: 'cameras/{camera}/event' },
  ...rest,
});
const faultCodes = (rig: ReturnType<typeof startFeeds>) => rig.faults.table.rows().map((fault) => fault.code);

it('brings values with source time and quality, positions and camera events from a real broker that speaks only 3.1.1', async () => {
  await using broker = await startBroker({ user: 'anlan', password: 'secret' });
  using rig = startFeeds(plant, [feed(broker.port, { user: 'anlan', password: 'secret' })]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await until(() => rig.state() === 'stale', 'nothing came: the feed says so');
  const at = Date.now() - 40;
  await broker.publish('plant/A1/PT-101', JSON.stringify({ v: 1.25, t: at, q: 'good' }));
  await broker.publish('plant/A1/LT-101', JSON.stringify({ v: 61, t: new Date(at).toISOString(), q: 64 }));
  await broker.publish('plant/A1/XS-201', JSON.stringify({ v: 'Running', t: at / 1_000 }));
  await broker.publish('plant/A1/VT-201', '3.5');
  await broker.publish('people/W1/position', JSON.stringify({ x: 10, y: 20, z: 0, hr: 88, t: at }));
  await broker.publish('cameras/CAM-1/event', JSON.stringify({ kind: 'no-helmet', confidence: 0.9, person: 'P1', t: at }));
  await until(() => rig.last('VT-201') !== undefined && rig.positions.length > 0 && rig.cameraEvents.length > 0, 'everything arrives');
  expect(rig.last('PT-101')).toMatchObject({ at, value: 1.25, quality: Quality.good });
  expect(rig.last('LT-101')).toMatchObject({ at, value: 61, quality: Quality.uncertain });
  expect(rig.last('XS-201')).toMatchObject({ at, value: 1, quality: Quality.good });
  expect(rig.last('VT-201')).toMatchObject({ value: 3.5, quality: Quality.uncertain });
  expect(rig.positions[0]).toMatchObject({ person: Uint32Array.of(0), x: Float64Array.of(10), heartRate: Float64Array.of(88), at: Float64Array.of(at) });
  expect(rig.cameraEvents[0]).toMatchObject({ camera: 'CAM-1', kind: 'no-helmet', person: 'P1', at });
  await until(() => rig.state() === 'live', 'live');
});

it('tells wearables their ways where the site file names a topic, and nothing else', async () => {
  await using broker = await startBroker();
  using rig = startFeeds(plant, [feed(broker.port, { orders: { topic: 'people/{wearable}/way' } }), feed(broker.port, { id: 'other', mappings: [] })]);
  await until(() => broker.clients.length === 2, 'both feeds connect');
  const heard = () => broker.log.flatMap((event) => (event.kind === 'publish' ? [[event.topic, JSON.parse(event.payload.toString('utf8')) as unknown]] : []));
  await until(() => rig.feeds.table.rows().every(({ state }) => state === 'stale'), 'the links are up');
  const order = { wearable: 'W1', at: 1_700_000_000_000, announcement: 3, muster: 'M1', way: [[1, 2], [3, 4]] as const };
  rig.feeds.tell([order, { ...order, wearable: 'W2', muster: null, way: [] }]);
  await until(() => heard().length >= 2, 'both are published');
  expect(heard()).toEqual([
    ['people/W1/way', { t: 1_700_000_000_000, announcement: 3, muster: 'M1', way: [[1, 2], [3, 4]] }],
    ['people/W2/way', { t: 1_700_000_000_000, announcement: 3, muster: null, way: [] }],
  ]);
});

it('refuses every hostile payload by itself, names it, and goes on', async () => {
  await using broker = await startBroker();
  using rig = startFeeds(plant, [feed(broker.port)]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  const send = (topic: string, payload: string) => broker.publish(topic, payload);
  await send('plant/A1/PT-101', '{"v":1');
  await send('plant/A1/PT-101', JSON.stringify({ v: Number.NaN, t: Date.now() }));
  await send('plant/A1/PT-101', JSON.stringify({ v: 1, t: 5_000 }));
  await send('plant/A1/PT-101', JSON.stringify({ v: 1, t: Date.now() + 3_600_000 }));
  await send('plant/A1/PT-101', JSON.stringify({ v: 1, t: 'yesterday' }));
  await send('plant/A1/NOBODY', JSON.stringify({ v: 1, t: Date.now() }));
  await send('people/W99/position', JSON.stringify({ x: 1, y: 1 }));
  await send('people/W1/position', JSON.stringify({ x: 'left' }));
  await send('plant/A1/PT-101', `{"v":"${'9'.repeat(10_000_000)}"}`);
  await send('plant/A1/PT-101', JSON.stringify({ v: 7, t: Date.now() }));
  await until(() => rig.last('PT-101')?.value === 7, 'the good value after the bad ones');
  await until(() => faultCodes(rig).length >= 8, 'faults');
  expect(faultCodes(rig)).toEqual(expect.arrayContaining(['broken-json', 'not-a-number', 'time-too-old', 'time-ahead', 'time-unreadable', 'unknown-tag', 'broken-payload', 'too-large'].map((code) => `dcs.${code}`)));
  await until(() => rig.feeds.table.get('dcs')?.rejected === 9, 'each one counted');
  expect(rig.feeds.table.get('dcs')).toMatchObject({ received: 1, unmapped: 1 });
});

it('reads a topic that tags share: rows, columns and values by tag id', async () => {
  await using broker = await startBroker();
  using rig = startFeeds(plant, [feed(broker.port, { mappings: [{ tags: ['*'], address: 'plant/batch' }] })]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  const t = Date.now();
  await broker.publish('plant/batch', JSON.stringify([{ tag: 'PT-101', v: 1, t, q: 192 }, { tag: 'LT-101', v: 2, t, q: 0 }]));
  await broker.publish('plant/batch', JSON.stringify({ t, tag: ['WS', 'WD'], v: [3, 4] }));
  await broker.publish('plant/batch', JSON.stringify({ t, values: { AT: 5, RH: { v: 6, q: 'bad' } } }));
  await until(() => rig.last('RH') !== undefined, 'all six');
  expect(['PT-101', 'LT-101', 'WS', 'WD', 'AT', 'RH'].map((tag) => [rig.last(tag)?.value, rig.last(tag)?.quality])).toEqual([[1, 0], [2, 2], [3, 0], [4, 0], [5, 0], [6, 2]]);
});

it('never shows a retained value as live, and keeps what came late for history only', async () => {
  await using broker = await startBroker();
  const longAgo = Date.now() - 3_600_000;
  await broker.publish('plant/A1/PT-101', JSON.stringify({ v: 1, t: longAgo }), { retain: true });
  await broker.publish('plant/A1/VT-201', '3.5', { retain: true });
  using rig = startFeeds(plant, [feed(broker.port)]);
  await until(() => rig.last('PT-101') !== undefined, 'the retained value');
  await until(() => faultCodes(rig).includes('dcs.retained-untimed'), 'one that states no time is not taken');
  expect(rig.last('VT-201')).toBeUndefined();
  expect(rig.last('PT-101')).toMatchObject({ at: longAgo, value: 1, quality: Quality.stale });
  expect(rig.state()).not.toBe('live');
  await broker.publish('plant/A1/LT-101', JSON.stringify({ v: 2, t: longAgo }));
  await until(() => rig.history.length > 0, 'the late value');
  expect(rig.last('LT-101')).toBeUndefined();
});

it('says stale within two seconds of a killed broker and is live again after its return, without old values', async () => {
  await using broker = await startBroker();
  using rig = startFeeds(plant, [feed(broker.port, { staleAfterS: 5 })]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  await broker.publish('plant/A1/PT-101', JSON.stringify({ v: 1, t: Date.now() }));
  await until(() => rig.state() === 'live', 'live');
  const killedAt = performance.now();
  await broker.kill();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale', 30_000);
  expect(performance.now() - killedAt).toBeLessThan(2_000);
  await until(() => rig.state() === 'down', 'down');
  await broker.restart();
  await until(() => broker.clients.length === 1, 'feed is back');
  await pause(50);
  expect(rig.last('PT-101')?.quality).toBe(Quality.stale);
  await broker.publish('plant/A1/PT-101', JSON.stringify({ v: 2, t: Date.now() }));
  await until(() => rig.last('PT-101')?.value === 2 && rig.last('PT-101')?.quality === Quality.good, 'the new value');
  await until(() => rig.feeds.table.get('dcs')?.reconnects === 1, 'one reconnect counted');
});

it('marks tags stale on a half-open link, dials anew and recovers', async () => {
  await using broker = await startBroker();
  await using proxy = await startTcpProxy(broker.port);
  using rig = startFeeds(plant, [feed(proxy.port)]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  await broker.publish('plant/A1/PT-101', JSON.stringify({ v: 1, t: Date.now() }));
  await until(() => rig.state() === 'live', 'live');
  proxy.silence();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale while TCP is open', 30_000);
  expect(rig.state()).toBe('stale');
  await until(() => rig.state() === 'down', 'the dead link is given up', 12_000);
  proxy.mend();
  await until(() => rig.state() === 'stale' || rig.state() === 'connecting', 'linked again', 12_000);
  await broker.publish('plant/A1/PT-101', JSON.stringify({ v: 2, t: Date.now() }));
  await until(() => rig.last('PT-101')?.value === 2, 'the new value');
}, 40_000);

it('says in plain words that a password is wrong, and does not hammer the broker', async () => {
  await using broker = await startBroker({ user: 'anlan', password: 'secret' });
  await using proxy = await startTcpProxy(broker.port);
  using rig = startFeeds(plant, [feed(proxy.port, { user: 'anlan', password: 'wrong' })]);
  await until(() => rig.state() === 'refused', 'refused');
  expect(rig.feeds.table.get('dcs')?.lastError?.zh).toContain('密码');
  expect(rig.faults.table.get('feeds/dcs')).toMatchObject({ severity: 'error', active: true });
  await pause(1_500);
  expect(proxy.connections).toBe(0);
});

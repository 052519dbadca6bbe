import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBroker, type BrokerEvent, type TestBroker } from '../../testing/broker.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { bdSeq, double, driveEdgeNode, rebirthControl } from '../../testing/sparkplugNode.ts';
import { pause, until } from '../../testing/until.ts';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { decodeSparkplug } from './model/sparkplugPayload.ts';

/** The assertions of Sparkplug 3.0.0 that bind a host application, each a test by its id over what real brokers saw; docs/sparkplug.md lists them all. */
const plant = buildPlant();
const HOST = 'anlan';
const STATE = `spBv1.0/STATE/${HOST}`;
const feed = (broker: TestBroker, rest: object = {}) => ({ id: 'spb', kind: 'sparkplug' as const, url: `mqtt://127.0.0.1:${broker.port}`, groups: ['Binhai'], ...rest });
type Connect = Extract<BrokerEvent, { kind: 'connect' }>;
type Publish = Extract<BrokerEvent, { kind: 'publish' }>;
const saidBy = (broker: TestBroker) => {
  const connects = broker.log.filter((event): event is Connect => event.kind === 'connect');
  const publishes = broker.log.filter((event): event is Publish => event.kind === 'publish');
  return { connects, publishes, states: publishes.filter(({ topic }) => topic === STATE) };
};
const json = (payload: Uint8Array) => JSON.parse(Buffer.from(payload).toString('utf8')) as { online: boolean; timestamp: number };
const isPayload = (payload: Uint8Array, online: boolean) => {
  const body = json(payload);
  expect(Object.keys(body).toSorted()).toEqual(['online', 'timestamp']);
  expect(body.online).toBe(online);
  expect(Number.isSafeInteger(body.timestamp)).toBe(true);
  expect(Math.abs(Date.now() - body.timestamp)).toBeLessThan(120_000);
};

describe('session of the host', () => {
  /** One session: connected, contradicted a false death, left in good order. */
  const session = { log: [] as BrokerEvent[], connect: null as unknown as Connect, states: [] as Publish[], publishes: [] as Publish[], leftAt: 0 };
  const birth = () => session.states[0]!;
  const death = () => session.states.at(-1)!;
  const will = () => session.connect.packet.will!;
  const order = (find: (event: BrokerEvent) => boolean) => session.log.findIndex(find);
  beforeAll(async () => {
    await using broker = await startBroker();
    {
      using _rig = startFeeds(plant, [feed(broker)]);
      await until(() => saidBy(broker).states.length === 1, 'birth');
      const node = driveEdgeNode(broker);
      await node.send('NDATA', [double({ name: 'PT-101', value: 1 })]);
      await until(() => saidBy(broker).publishes.length === 2, 'rebirth request');
      await broker.publish(STATE, JSON.stringify({ online: false, timestamp: 1 }), { retain: true });
      await until(() => saidBy(broker).states.length === 2, 'contradiction');
      session.leftAt = Date.now();
    }
    await until(() => saidBy(broker).states.length === 3 && broker.clients.length === 0, 'death');
    await pause(100);
    Object.assign(session, saidBy(broker), { connect: saidBy(broker).connects[0], log: broker.log });
  });
  const subscribed = () => order(({ kind }) => kind === 'subscribe');
  const published = () => order((event) => event === birth());
  const filters = () => session.log.flatMap((event) => (event.kind === 'subscribe' ? event.filters.map(({ topic }) => topic) : []));
  const bothStates = () => {
    isPayload(birth().payload, true);
    isPayload(death().payload, false);
  };
  const firstIsBirth = () => expect(session.publishes[0]).toBe(birth());
  const subscribesFirst = () => {
    expect(filters()).toEqual(expect.arrayContaining([STATE, 'spBv1.0/Binhai/#']));
    expect(subscribed()).toBeGreaterThan(order(({ kind }) => kind === 'connect'));
    expect(published()).toBeGreaterThan(subscribed());
  };
  const birthIsOnline = () => isPayload(birth().payload, true);
  const sameTime = () => expect(json(birth().payload).timestamp).toBe(json(will().payload as Uint8Array).timestamp);
  const willIsOffline = () => isPayload(will().payload as Uint8Array, false);
  const deathIsOffline = () => {
    isPayload(death().payload, false);
    expect(json(death().payload).timestamp).toBeGreaterThanOrEqual(json(birth().payload).timestamp);
  };
  /** The third STATE is the last: had the host not taken leave with DISCONNECT, the broker would have told its will behind it. */
  const leavesInOrder = () => {
    expect(session.states.map(({ payload }) => json(payload).online)).toEqual([true, true, false]);
    expect(json(death().payload).timestamp).toBeGreaterThanOrEqual(session.leftAt);
  };

  it.each<[string, () => void]>([
    ['tck-id-intro-sparkplug-host-state', bothStates],
    ['tck-id-components-ph-state', bothStates],
    ['tck-id-conformance-primary-host', bothStates],
    ['tck-id-principles-birth-certificates-order', firstIsBirth],
    ['tck-id-host-topic-phid-birth-message', firstIsBirth],
    ['tck-id-host-topic-phid-birth-qos', () => expect(birth().qos).toBe(1)],
    ['tck-id-host-topic-phid-birth-retain', () => expect(birth().retain).toBe(true)],
    ['tck-id-host-topic-phid-birth-topic', () => expect(birth().topic).toBe('spBv1.0/STATE/anlan')],
    ['tck-id-host-topic-phid-birth-sub-required', subscribesFirst],
    ['tck-id-host-topic-phid-birth-required', () => expect(published()).toBeGreaterThan(subscribed())],
    ['tck-id-host-topic-phid-birth-payload', birthIsOnline],
    ['tck-id-host-topic-phid-birth-payload-timestamp', sameTime],
    ['tck-id-host-topic-phid-death-qos', () => expect([will().qos, death().qos]).toEqual([1, 1])],
    ['tck-id-host-topic-phid-death-retain', () => expect([will().retain, death().retain]).toEqual([true, true])],
    ['tck-id-host-topic-phid-death-topic', () => expect([will().topic, death().topic]).toEqual([STATE, STATE])],
    ['tck-id-host-topic-phid-death-required', willIsOffline],
    ['tck-id-host-topic-phid-death-payload', deathIsOffline],
    ['tck-id-host-topic-phid-death-payload-timestamp-connect', () => expect(Math.abs(json(will().payload as Uint8Array).timestamp - session.connect.at)).toBeLessThan(2_000)],
    ['tck-id-host-topic-phid-death-payload-timestamp-disconnect-clean', leavesInOrder],
    ['tck-id-message-flow-phid-sparkplug-clean-session-311', () => expect([session.connect.packet.protocolVersion, session.connect.packet.clean]).toEqual([4, true])],
    ['tck-id-message-flow-phid-sparkplug-subscription', subscribesFirst],
    ['tck-id-message-flow-phid-sparkplug-state-publish', () => expect(published()).toBeGreaterThan(subscribed())],
    ['tck-id-message-flow-phid-sparkplug-state-publish-payload', birthIsOnline],
    ['tck-id-message-flow-phid-sparkplug-state-publish-payload-timestamp', sameTime],
    ['tck-id-message-flow-hid-sparkplug-state-message-delivered', () => expect(json(session.states[1]!.payload)).toEqual(json(birth().payload))],
    ['tck-id-operational-behavior-host-application-connect-will', willIsOffline],
    ['tck-id-operational-behavior-host-application-connect-will-topic', () => expect(will().topic).toBe(STATE)],
    ['tck-id-operational-behavior-host-application-connect-will-payload', willIsOffline],
    ['tck-id-operational-behavior-host-application-connect-will-qos', () => expect(will().qos).toBe(1)],
    ['tck-id-operational-behavior-host-application-connect-will-retained', () => expect(will().retain).toBe(true)],
    ['tck-id-operational-behavior-host-application-connect-birth', firstIsBirth],
    ['tck-id-operational-behavior-host-application-connect-birth-topic', () => expect(birth().topic).toBe(STATE)],
    ['tck-id-operational-behavior-host-application-connect-birth-payload', birthIsOnline],
    ['tck-id-operational-behavior-host-application-connect-birth-qos', () => expect(birth().qos).toBe(1)],
    ['tck-id-operational-behavior-host-application-connect-birth-retained', () => expect(birth().retain).toBe(true)],
    ['tck-id-operational-behavior-host-application-termination', leavesInOrder],
    ['tck-id-operational-behavior-host-application-death-topic', () => expect(death().topic).toBe(STATE)],
    ['tck-id-operational-behavior-host-application-death-payload', deathIsOffline],
    ['tck-id-operational-behavior-host-application-death-qos', () => expect(death().qos).toBe(1)],
    ['tck-id-operational-behavior-host-application-death-retained', () => expect(death().retain).toBe(true)],
    ['tck-id-operational-behavior-host-application-disconnect-intentional', leavesInOrder],
    ['tck-id-payloads-state-will-message', () => expect(will().topic).toBe(STATE)],
    ['tck-id-payloads-state-will-message-qos', () => expect(will().qos).toBe(1)],
    ['tck-id-payloads-state-will-message-retain', () => expect(will().retain).toBe(true)],
    ['tck-id-payloads-state-will-message-payload', willIsOffline],
    ['tck-id-payloads-state-subscribe', () => expect(filters()).toContain(STATE)],
    ['tck-id-payloads-state-birth', () => expect([birth().topic, birth().qos, birth().retain, published() > subscribed()]).toEqual([STATE, 1, true, true])],
    ['tck-id-payloads-state-birth-payload', birthIsOnline],
  ])('%s', (_id, check) => check());

  const request = () => session.publishes[1]!;
  const metric = () => decodeSparkplug(request().payload).metrics[0]!;
  const isQuiet = () => expect([request().qos, request().retain]).toEqual([0, false]);
  const isTimed = () => expect(Math.abs((decodeSparkplug(request().payload).timestamp ?? 0) - request().at)).toBeLessThan(2_000);
  it.each<[string, () => void]>([
    ['tck-id-topic-structure', () => expect(request().topic.split('/')).toHaveLength(4)],
    ['tck-id-topic-structure-namespace-a', () => expect(request().topic.split('/')[0]).toBe('spBv1.0')],
    ['tck-id-topic-structure-namespace-device-id-non-associated-message-types', () => expect([request().topic, birth().topic].map((topic) => topic.split('/').length)).toEqual([4, 3])],
    ['tck-id-payloads-name-requirement', () => expect(metric().name).not.toBeNull()],
    ['tck-id-payloads-metric-datatype-value-type', () => expect(metric().datatype).toBe(11)],
    ['tck-id-payloads-metric-datatype-value', () => expect(metric().datatype).toBe(11)],
    ['tck-id-topics-ncmd-topic', () => expect(request().topic).toBe('spBv1.0/Binhai/NCMD/E1')],
    ['tck-id-topics-ncmd-mqtt', isQuiet],
    ['tck-id-topics-ncmd-timestamp', isTimed],
    ['tck-id-topics-ncmd-payload', () => expect(decodeSparkplug(request().payload).metrics).toHaveLength(1)],
    ['tck-id-operational-behavior-data-commands-ncmd-rebirth-verb', () => expect(request().topic.split('/')[2]).toBe('NCMD')],
    ['tck-id-operational-behavior-data-commands-ncmd-rebirth-name', () => expect(metric().name).toBe('Node Control/Rebirth')],
    ['tck-id-operational-behavior-data-commands-ncmd-rebirth-value', () => expect(metric().value).toBe(true)],
    ['tck-id-operational-behavior-data-commands-ncmd-verb', () => expect(request().topic.split('/')[2]).toBe('NCMD')],
    ['tck-id-operational-behavior-data-commands-ncmd-metric-name', () => expect(metric().name).toBe(rebirthControl.name)],
    ['tck-id-operational-behavior-data-commands-ncmd-metric-value', () => expect(typeof metric().value).toBe(typeof rebirthControl.value)],
    ['tck-id-payloads-ncmd-timestamp', isTimed],
    ['tck-id-payloads-ncmd-seq', () => expect(decodeSparkplug(request().payload).seq).toBeNull()],
    ['tck-id-payloads-ncmd-qos', isQuiet],
    ['tck-id-payloads-ncmd-retain', isQuiet],
    ['tck-id-payloads-name-cmd-requirement', () => expect(metric().timestamp).toBe(decodeSparkplug(request().payload).timestamp)],
    ['tck-id-payloads-timestamp-in-UTC', isTimed],
    ['tck-id-payloads-metric-timestamp-in-UTC', isTimed],
    // The rebirth metric has no alias (tck-id-operational-behavior-data-commands-rebirth-name-aliases), so its name is said.
    ['tck-id-payloads-alias-data-cmd-requirement', () => expect([metric().name, metric().alias]).toEqual(['Node Control/Rebirth', null])],
  ])('%s', (_id, check) => check());
});

it('tck-id-operational-behavior-host-application-multi-server-timestamp tck-id-operational-behavior-primary-application-state-with-multiple-servers-state-subs tck-id-operational-behavior-primary-application-state-with-multiple-servers-state', async () => {
  await using first = await startBroker();
  await using second = await startBroker();
  using _rig = startFeeds(plant, [feed(first, { id: 'one' }), feed(second, { id: 'two' })]);
  /** Births only: a broker that is killed tells the will on its way. */
  const births = (broker: TestBroker) => saidBy(broker).states.filter(({ payload }) => json(payload).online);
  await until(() => births(first).length === 1 && births(second).length === 1, 'both births');
  const time = (broker: TestBroker) => json(births(broker).at(-1)!.payload).timestamp;
  const before = [time(first), time(second)];
  await second.kill();
  await second.restart();
  await until(() => births(second).length === 2, 'born again where the session is new', 20_000);
  expect([time(first), births(first).length]).toEqual([before[0], 1]);
  expect(time(second)).toBeGreaterThan(before[1]!);
  const { connects, publishes } = saidBy(second);
  expect(connects.map(({ packet }) => json(packet.will!.payload as Uint8Array).timestamp)).toEqual([before[1], time(second)]);
  expect(publishes.filter(({ topic }) => !topic.startsWith('spBv1.0/STATE/'))).toEqual([]);
});

const TERMINATION = 'tck-id-operational-behavior-edge-node-termination-host-action-';
describe('deaths of nodes and devices', () => {
  const seen = { beforeDeath: [] as unknown[], deviceLoss: [] as number[], ddeathAt: 0, afterDdeath: [] as unknown[], ndeathAt: 0, nodeLoss: [] as number[], afterNdeath: [] as unknown[], afterOldDeath: [] as unknown[], requests: 0 };
  beforeAll(async () => {
    await using broker = await startBroker();
    using rig = startFeeds(plant, [feed(broker)]);
    await until(() => saidBy(broker).states.length === 1, 'birth of the host');
    const qualities = () => ['PT-101', 'LT-101', 'GT-101'].map((tag) => rig.last(tag)?.quality);
    const node = driveEdgeNode(broker);
    await node.send('NBIRTH', [bdSeq(7), rebirthControl, double({ name: 'PT-101', alias: 1, value: 1 })]);
    await node.send('DBIRTH', [double({ name: 'LT-101', alias: 2, value: 2 })], { device: 'D1' });
    await node.send('DBIRTH', [double({ name: 'GT-101', alias: 3, value: 3 })], { device: 'D2' });
    await until(() => rig.last('GT-101') !== undefined, 'births');
    seen.beforeDeath = qualities();
    seen.ddeathAt = Date.now() - 1_500;
    await node.send('DDEATH', [], { device: 'D1', timestamp: seen.ddeathAt });
    await until(() => rig.losses.length === 1, 'device death');
    seen.deviceLoss = [...rig.losses[0]!.tags, rig.losses[0]!.at];
    seen.afterDdeath = qualities();
    await node.send('NDEATH', [bdSeq(6)]);
    await pause(100);
    seen.afterOldDeath = qualities();
    seen.ndeathAt = Date.now();
    await node.send('NDEATH', [bdSeq(7)], { timestamp: 1 });
    await until(() => rig.losses.length === 2, 'node death');
    seen.nodeLoss = [rig.losses[1]!.at];
    seen.afterNdeath = qualities();
    await node.send('DDATA', [double({ alias: 3, value: 4 })], { device: 'D2' });
    await until(() => saidBy(broker).publishes.some(({ topic }) => topic.includes('/NCMD/')), 'an offline node has to be born first');
    seen.requests = saidBy(broker).publishes.filter(({ topic }) => topic.includes('/NCMD/')).length;
  });
  const { good, stale } = Quality;
  it.each<[string, () => void]>([
    [`${TERMINATION}ddeath-devices-offline`, () => expect(seen.deviceLoss).toEqual([plant.tags.findIndex(({ id }) => id === 'LT-101'), seen.ddeathAt])],
    [`${TERMINATION}ddeath-devices-tags-stale`, () => expect([seen.beforeDeath, seen.afterDdeath]).toEqual([[good, good, good], [good, stale, good]])],
    ['bdSeq of an earlier session', () => expect(seen.afterOldDeath).toEqual([good, stale, good])],
    [`${TERMINATION}ndeath-node-offline`, () => expect(seen.requests).toBe(1)],
    [`${TERMINATION}ndeath-node-tags-stale`, () => expect(seen.afterNdeath[0]).toBe(stale)],
    [`${TERMINATION}ndeath-devices-offline`, () => expect(seen.requests).toBe(1)],
    [`${TERMINATION}ndeath-devices-tags-stale`, () => expect([seen.afterNdeath[2], seen.nodeLoss[0]! >= seen.ndeathAt]).toEqual([stale, true])],
  ])('%s', (_id, check) => check());
});

describe('message ordering', () => {
  const order = async (broker: TestBroker, rest: object, play: (node: ReturnType<typeof driveEdgeNode>) => Promise<void>) => {
    using rig = startFeeds(plant, [feed(broker, rest)]);
    await until(() => saidBy(broker).states.length > 0, 'birth of the host');
    const node = driveEdgeNode(broker);
    await node.send('NBIRTH', [bdSeq(0), rebirthControl, double({ name: 'LT-101', alias: 2, value: 0 })]);
    await until(() => rig.last('LT-101')?.value === 0, 'birth');
    await play(node);
    return {
      values: rig.batches.flatMap((batch) => [...batch.value]),
      requests: saidBy(broker).publishes.filter(({ topic }) => topic.includes('/NCMD/')),
      rejected: rig.feeds.table.get('spb')?.rejected,
    };
  };
  const datum = (value: number) => [double({ alias: 2, value, timestamp: Date.now() + value })];

  it('tck-id-operational-behavior-host-reordering-param tck-id-operational-behavior-host-reordering-start tck-id-operational-behavior-host-reordering-success: puts what comes out of order back in order', async () => {
    await using broker = await startBroker();
    const { values, requests } = await order(broker, { reorderTimeoutMs: 5_000 }, async (node) => {
      const [one, two, three] = [1, 2, 3].map((value) => node.prepare('NDATA', datum(value)));
      for (const late of [three, two, one]) {
        await pause(60);
        await late!.send();
      }
      await pause(300);
    });
    expect(values).toEqual([0, 1, 2, 3]);
    expect(requests).toEqual([]);
  });

  it('tck-id-operational-behavior-host-reordering-rebirth: asks for a rebirth when the missing message does not come, and loses nothing that did', async () => {
    await using broker = await startBroker();
    const startedAt = { value: 0 };
    const { values, requests } = await order(broker, { reorderTimeoutMs: 400 }, async (node) => {
      node.skip();
      startedAt.value = Date.now();
      await node.send('NDATA', datum(2));
      await until(() => saidBy(broker).publishes.some(({ topic }) => topic.includes('/NCMD/')), 'rebirth');
      await node.send('NDATA', datum(3));
      await pause(200);
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]!.at - startedAt.value).toBeGreaterThanOrEqual(400);
    expect(values).toEqual([0, 2, 3]);
  });

  it('takes each message once, however often it comes', async () => {
    await using broker = await startBroker();
    const { values, rejected } = await order(broker, {}, async (node) => {
      const one = node.prepare('NDATA', datum(1));
      await one.send();
      await one.send();
      await node.send('NDATA', datum(2));
      await one.send();
      await pause(500);
    });
    expect(values).toEqual([0, 1, 2]);
    expect(rejected).toBe(2);
  });
});

it('docs/sparkplug.md calls an assertion passed only where a test carries its id, and lists every id that a test carries', () => {
  const rows = [...readFileSync(new URL('../../../docs/sparkplug.md', import.meta.url), 'utf8').matchAll(/^\| `(tck-id-[\w-]+)` \| ([^|]+) \|/gm)].map(([, id = '', verdict = '']) => ({ id, verdict: verdict.trim() }));
  const folder = new URL('./', import.meta.url);
  const sources = readdirSync(folder).filter((name) => /^sparkplug.*\.test\.ts$/.test(name)).map((name) => readFileSync(new URL(name, folder), 'utf8').replaceAll('${TERMINATION}', TERMINATION));
  const carried = new Set(sources.flatMap((source) => [...source.matchAll(/(?:\['|\[`|it\('|: | )(tck-id-[\w-]+)/g)].map(([, id = '']) => id)));
  const passed = rows.filter(({ verdict }) => verdict.startsWith('pass')).map(({ id }) => id);
  expect(passed.filter((id) => !carried.has(id))).toEqual([]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect([...carried].filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
  expect(passed.length).toBeGreaterThan(70);
});

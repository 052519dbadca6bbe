import { expect, it } from 'vitest';
import { Quality } from '../../../src-shared/kernel/index.ts';
import { startBroker, type TestBroker } from '../../testing/broker.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { bdSeq, double, driveEdgeNode, encodeComplex, encodeDataSet, encodeTemplate } from '../../testing/sparkplugNode.ts';
import { pause, until } from '../../testing/until.ts';
import { decodeSparkplug, SparkplugType } from './model/sparkplugPayload.ts';

const plant = buildPlant();
const feed = (broker: TestBroker) => ({ id: 'spb', kind: 'sparkplug' as const, url: `mqtt://127.0.0.1:${broker.port}`, groups: ['Binhai'], staleAfterS: 3 });

it('announces itself, takes births and data by alias, keeps historical values for history, and sees deaths', async () => {
  await using broker = await startBroker();
  const states: { online: boolean; timestamp: number }[] = [];
  const commands: string[] = [];
  broker.onPublish((topic, payload) => {
    if (topic === 'spBv1.0/STATE/anlan') states.push(JSON.parse(Buffer.from(payload).toString()) as { online: boolean; timestamp: number });
    if (topic === 'spBv1.0/Binhai/NCMD/E1') commands.push(decodeSparkplug(payload).metrics[0]?.name ?? '');
  });
  using rig = startFeeds(plant, [feed(broker)]);
  await until(() => states.length > 0, 'STATE');
  expect(states[0]?.online).toBe(true);
  const node = driveEdgeNode(broker);
  await node.send('NBIRTH', [bdSeq(3), double({ name: 'PT-101', alias: 1, value: 1.5 }), { name: 'XS-201', alias: 2, datatype: SparkplugType.Int8, value: -1, timestamp: Date.now() }, double({ name: 'Nobody', alias: 9 })]);
  await node.send('DBIRTH', [double({ name: 'LT-101', alias: 3, value: 40, quality: 0 })], { device: 'D1' });
  await until(() => rig.last('LT-101') !== undefined, 'births');
  expect(rig.last('PT-101')).toMatchObject({ value: 1.5, quality: Quality.good });
  expect(rig.last('XS-201')?.value).toBe(-1);
  expect(rig.last('LT-101')).toMatchObject({ value: 40, quality: Quality.bad });
  const longAgo = Date.now() - 600_000;
  await node.send('NDATA', [{ alias: 2, datatype: SparkplugType.Int8, value: 2 }, { alias: 1, datatype: SparkplugType.Double, value: 9, timestamp: longAgo, isHistorical: true }]);
  await node.send('DDATA', [double({ alias: 3, value: 41 })], { device: 'D1' });
  await until(() => rig.last('LT-101')?.value === 41 && rig.history.length === 1, 'data');
  expect(rig.last('XS-201')?.value).toBe(2);
  expect(rig.last('PT-101')?.value).toBe(1.5);
  expect([...rig.history[0]!.at]).toEqual([longAgo]);
  expect(commands).toEqual([]);
  await until(() => rig.feeds.table.get('spb')?.unmapped === 1, 'one metric that no tag claims');
  await node.send('DDEATH', [], { device: 'D1' });
  await until(() => rig.last('LT-101')?.quality === Quality.stale, 'device death');
  expect(rig.last('PT-101')?.quality).toBe(Quality.good);
  await node.send('NDEATH', [bdSeq(2)]);
  await pause(100);
  expect(rig.last('PT-101')?.quality).toBe(Quality.good);
  await node.send('NDEATH', [bdSeq(3)]);
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'node death');
});

it('asks for a rebirth on data before birth, on a gap and on an unknown alias, once in five seconds', async () => {
  await using broker = await startBroker();
  const commands: string[] = [];
  broker.onPublish((topic, payload) => topic.includes('/NCMD/') && commands.push(`${topic.split('/').at(-1)} ${decodeSparkplug(payload).metrics[0]?.name}`));
  using rig = startFeeds(plant, [feed(broker)]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  const node = driveEdgeNode(broker);
  await node.send('NDATA', [double({ name: 'PT-101', value: 1 }), double({ alias: 77, value: 1 })]);
  await node.send('NDATA', [double({ alias: 78, value: 1 })]);
  await until(() => commands.length > 0 && rig.last('PT-101')?.value === 1, 'rebirth is asked, the named value taken');
  await pause(100);
  expect(commands).toEqual(['E1 Node Control/Rebirth']);
  await until(() => rig.feeds.table.get('spb')?.rejected === 2, 'both unknown aliases counted');
  await until(() => rig.faults.table.get('feeds/spb.before-birth')?.severity === 'info', 'as what they are');
  await broker.kill();
  await until(() => rig.last('PT-101')?.quality === Quality.stale, 'stale', 30_000);
  await broker.restart();
  broker.onPublish((topic) => topic.includes('/NCMD/') && commands.push('after restart'));
  await until(() => commands.includes('after restart'), 'known nodes are asked again');
});

it('has every node born again after a silence where the site file calls silence a fault', async () => {
  await using broker = await startBroker();
  let rebirths = 0;
  broker.onPublish((topic) => void (rebirths += topic.includes('/NCMD/') ? 1 : 0));
  using rig = startFeeds(plant, [{ ...feed(broker), staleAfterS: 1, quiet: 'stale' }]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  const node = driveEdgeNode(broker);
  await node.send('NBIRTH', [bdSeq(0), double({ name: 'PT-101', alias: 1, value: 1 }), double({ name: 'LT-101', alias: 2, value: 2 })]);
  await until(() => rig.last('LT-101')?.quality === Quality.good, 'born');
  await until(() => rig.last('LT-101')?.quality === Quality.stale, 'stale by silence', 30_000);
  expect(rebirths).toBe(0);
  await node.send('NDATA', [double({ alias: 1, value: 1.5 })]);
  await until(() => rebirths === 1, 'rebirth is asked');
  await node.send('NBIRTH', [bdSeq(0), double({ name: 'PT-101', alias: 1, value: 1.5 }), double({ name: 'LT-101', alias: 2, value: 2 })]);
  await until(() => rig.last('LT-101')?.quality === Quality.good, 'confirmed');
});

it('says offline by its will when it is cut off, and contradicts a false offline', async () => {
  await using broker = await startBroker();
  const states: boolean[] = [];
  broker.onPublish((topic, payload) => topic === 'spBv1.0/STATE/anlan' && states.push((JSON.parse(Buffer.from(payload).toString()) as { online: boolean }).online));
  {
    using _rig = startFeeds(plant, [feed(broker)]);
    await until(() => states.length === 1, 'online');
    await broker.publish('spBv1.0/STATE/anlan', JSON.stringify({ online: false, timestamp: 1 }), { retain: true });
    await until(() => states.length === 3, 'contradicted');
    expect(states).toEqual([true, false, true]);
  }
  await until(() => states.at(-1) === false, 'the will');
});

it('reads templates and data sets as the single values in them, and refuses broken ones by themselves', async () => {
  await using broker = await startBroker();
  const mappings = [
    { tags: ['PT-101'], address: 'Tank/pressure' },
    { tags: ['LT-101'], address: 'Tank/inner/level' },
    { tags: ['WS'], address: 'Binhai/E1/Mast/0/speed' },
    { tags: ['AT'], address: 'Mast/1/temperature' },
    { tags: ['RH'], address: '{tag}' },
  ];
  using rig = startFeeds(plant, [{ ...feed(broker), mappings }]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  const node = driveEdgeNode(broker);
  const send = (kind: string, payload: Uint8Array) => broker.publish(`spBv1.0/Binhai/${kind}/E1`, payload);
  const tank = (pressure: number, level: number) => encodeTemplate({ reference: 'Tank type', members: [{ name: 'pressure', value: pressure }, { name: 'inner', value: encodeTemplate({ reference: 'Level type', members: [{ name: 'level', value: level }] }) }] });
  await send('NBIRTH', encodeComplex({ seq: 0, name: 'Tank', alias: 5, template: tank(1, 2) }));
  await until(() => rig.last('LT-101')?.value === 2, 'members of a birth');
  await send('NDATA', encodeComplex({ seq: 1, alias: 5, template: tank(3, 4) }));
  await until(() => rig.last('PT-101')?.value === 3 && rig.last('LT-101')?.value === 4, 'members by alias');
  await send('NDATA', encodeComplex({ seq: 2, name: 'Mast', dataSet: encodeDataSet({ columns: ['speed', 'temperature'], rows: [[5, 20], [6, 21]] }) }));
  await until(() => rig.last('AT')?.value === 21, 'cells');
  expect(rig.last('WS')).toBeUndefined();
  await send('NBIRTH', encodeComplex({ seq: 0, name: 'Mast', dataSet: encodeDataSet({ columns: ['speed', 'temperature'], rows: [[7, 20], [6, 22]] }) }));
  await until(() => rig.last('AT')?.value === 22, 'cells of a birth');
  expect(rig.last('WS')?.value).toBe(7);
  const before = rig.feeds.table.get('spb')?.rejected ?? 0;
  await send('NDATA', encodeComplex({ seq: 1, name: 'Mast', dataSet: encodeDataSet({ columns: ['speed'], types: [10, 10], rows: [[8]] }) }));
  await send('NDATA', encodeComplex({ seq: 2, name: 'Mast', dataSet: encodeDataSet({ columns: ['speed', 'temperature'], rows: [[8]] }) }));
  const deep = Array.from({ length: 12 }).reduce<Uint8Array>((inner) => encodeTemplate({ reference: 'x', members: [{ name: 'm', value: inner }] }), tank(9, 9));
  await send('NDATA', encodeComplex({ seq: 3, name: 'Tank', template: deep }));
  await send('NDATA', encodeComplex({ seq: 4, name: 'Tank', template: Uint8Array.of(0x12, 0x7f) }));
  await send('NDATA', encodeComplex({ seq: 5, name: 'Tank', template: encodeTemplate({ members: [{ name: 'pressure', value: 9 }] }) }));
  await node.send('NBIRTH', [bdSeq(0), double({ name: 'RH', value: null }), double({ name: 'Tank', value: 1 })]);
  await until(() => rig.last('RH')?.quality === Quality.bad, 'null is bad');
  await until(() => (rig.feeds.table.get('spb')?.rejected ?? 0) - before >= 4, 'all counted');
  expect(rig.feeds.table.get('spb')?.rejected).toBe(before + 4);
  await until(() => rig.faults.table.get('feeds/spb.broken-payload') !== undefined, 'a fault of it');
  expect(rig.faults.table.get('feeds/spb.broken-payload')?.detail).toMatch(/4 × .*Mast: a data set of 1 columns and 2 types/);
  expect(rig.last('PT-101')?.value).toBe(3);
});

it('refuses topics that are none of Sparkplug, by name', async () => {
  await using broker = await startBroker();
  using rig = startFeeds(plant, [feed(broker)]);
  await until(() => broker.clients.length === 1, 'feed connects');
  await pause(100);
  for (const topic of ['NDATA/E1/D1', 'DDATA/E1', 'NDATA', 'DDATA/E1/D1/more']) await broker.publish(`spBv1.0/Binhai/${topic}`, '');
  await until(() => rig.feeds.table.get('spb')?.rejected === 4, 'four refused');
});

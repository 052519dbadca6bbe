import { expect, it } from 'vitest';
import { Quality } from '../../../../src-shared/kernel/index.ts';
import { MqttFeed } from '../../../../src-shared/plant/index.ts';
import { buildPlant } from '../../../testing/buildPlant.ts';
import { toFeedTags } from './feedTag.ts';
import { timeReader } from './localTime.ts';
import { toRoutes } from './routes.ts';

const tags = toFeedTags(buildPlant());
const AT = Date.UTC(2026, 2, 4, 5, 6, 7);

/** What a feed of the site file makes of one message, as `tag value quality age` and `!reason detail`. */
const readAs = (rest: object, topic: string, payload: string): readonly string[] => {
  const feed = MqttFeed.parse({ id: 'f', kind: 'mqtt', url: 'mqtt://b', ...rest });
  const said: string[] = [];
  const sink = {
    value: (tag: number, at: number, value: number, quality: number) => void said.push(`${tags[tag]?.id} ${value}${quality === Quality.good ? '' : ` q${quality}`}${Number.isNaN(at) ? ' arrival' : at === AT ? '' : ` at ${at}`}`),
    reject: (reason: string, detail: string) => void said.push(`!${reason} ${detail}`),
  };
  const isRead = toRoutes(feed, tags).map((route) => route.read(topic, payload, sink));
  return isRead.includes(true) ? said : ['not read'];
};

it('reads lines without a header by number and by name of the columns, and names the field of what it refuses', () => {
  const mappings = [{ tags: ['PT-101'], address: 'log' }];
  const byNumber = { format: 'csv', separator: ';', decimal: ',', value: 2, time: 1, timeFormat: 'dd.MM.yyyy HH:mm:ss', utcOffset: '+08:00', quality: 3 };
  expect(readAs({ payload: byNumber, mappings }, 'log', '04.03.2026 13:06:07;1,25;good\r\n04.03.2026 13:06:07; 2 ;64\n\n')).toEqual(['PT-101 1.25', 'PT-101 2 q1']);
  expect(readAs({ payload: byNumber, mappings }, 'log', '31.02.2026 13:06:07;1;good\n04.03.2026 13:06:07;wet;good\n04.03.2026 13:06:07\n"04.03;1;good')).toEqual([
    '!time-unreadable column 1: 31.02.2026 13:06:07',
    '!not-a-number PT-101 column 2: wet',
    '!broken-payload column 3: the line has 1 columns: 04.03.2026 13:06:07',
    '!broken-payload a quote is not closed: "04.03;1;good',
  ]);
  expect(readAs({ payload: byNumber, mappings }, 'log', ' \n')).toEqual(['!broken-payload an empty payload']);
  const byTag = { format: 'csv', columns: ['name', 'v', 't'], tag: 'name', value: 'v', time: 't' };
  expect(readAs({ payload: byTag, mappings: [{ tags: ['*'], address: 'log' }] }, 'log', `LT-101,"61",2026-03-04T05:06:07Z\nXS-201,running,${AT}\nNOBODY,1,${AT}`)).toEqual(['LT-101 61', 'XS-201 1', '!unknown-tag NOBODY']);
  const wide = { format: 'csv', columns: ['t', 'PT-101', '', 'LT-101'], time: 't' };
  expect(readAs({ payload: wide, mappings: [{ tags: ['*'], address: 'log' }] }, 'log', `${AT},1,9,2\n${AT / 1_000},,9,4\n${AT},1`)).toEqual(['PT-101 1', 'LT-101 2', '!not-a-number PT-101 PT-101: ', 'LT-101 4', 'PT-101 1', '!broken-payload LT-101: the line has 2 columns']);
  expect(readAs({ payload: { format: 'csv', value: 1, time: null }, mappings }, 'log', '7')).toEqual(['PT-101 7 arrival']);
});

it('refuses a CSV mapping that cannot be meant, and names the field', () => {
  const issuesOf = (payload: object) => MqttFeed.safeParse({ id: 'f', kind: 'mqtt', url: 'mqtt://b', payload }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  expect(issuesOf({ format: 'csv', columns: ['t'], value: 'v', time: 't' })).toEqual(['payload.value: columns has no v']);
  expect(issuesOf({ format: 'csv', time: null })).toEqual(['payload.value: name the column of the value, or the tags in columns']);
  expect(issuesOf({ format: 'csv', value: 1, time: 2, timeFormat: 'HH:mm' })).toEqual(['payload.timeFormat: iso, or a pattern with yyyy, MM, dd, HH and mm in it']);
  expect(issuesOf({ format: 'csv', value: 1, time: null, decimal: ',' })).toEqual(['payload.decimal: must differ from the separator']);
  expect(issuesOf({ format: 'csv', value: 1 })?.[0]).toMatch(/^payload\.time: /);
  expect(issuesOf({ format: 'xml' })?.[0]).toMatch(/^payload\.format: /);
});

it('reads a plain number or the word of a state, for one tag of a topic', () => {
  const mappings = [{ tags: ['XS-201', 'PT-101'], address: 'raw/{tag}', payload: { format: 'number' } }];
  expect(['1.5', ' 2 ', '1e3', 'NaN', '', '1 bar', '{"v":1}'].flatMap((text) => readAs({ mappings }, 'raw/PT-101', text))).toEqual([
    'PT-101 1.5 arrival',
    'PT-101 2 arrival',
    'PT-101 1000 arrival',
    '!not-a-number PT-101: NaN',
    '!not-a-number PT-101: ',
    '!not-a-number PT-101: 1 bar',
    '!not-a-number PT-101: {"v":1}',
  ]);
  expect(readAs({ mappings }, 'raw/XS-201', 'Tripped')).toEqual(['XS-201 2 arrival']);
  expect(readAs({ mappings: [{ tags: ['*'], address: 'raw', payload: { format: 'number' } }] }, 'raw', '1')).toEqual(['!broken-payload a plain number on a topic that several tags share']);
});

it('takes several tags out of one topic where their mappings read it differently', () => {
  const mappings = [
    { tags: ['AT'], address: 'mast', payload: { value: 'air.temperature', time: 'stamp', quality: null } },
    { tags: ['WS'], address: 'mast', payload: { value: 'wind.speed', time: 'stamp', quality: 'wind.ok' } },
    { tags: ['*'], address: 'others/{tag}' },
  ];
  const body = JSON.stringify({ stamp: AT, air: { temperature: 21 }, wind: { speed: 'calm', ok: true } });
  expect(readAs({ mappings }, 'mast', body)).toEqual(['AT 21', '!not-a-number WS wind.speed: calm']);
  expect(readAs({ mappings }, 'others/PT-101', JSON.stringify({ v: 1, t: AT }))).toEqual(['PT-101 1']);
  expect(readAs({ mappings }, 'others/AT', '1')).toEqual(['not read']);
});

/** As ChirpStack v4 publishes an uplink; identifiers are made up. */
const uplink = (rest: object = {}) =>
  JSON.stringify({
    deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d',
    time: '2026-03-04T05:06:07.000000+00:00',
    deviceInfo: { tenantId: 't', applicationName: 'plant', deviceName: 'pump house', devEui: '0101010101010101' },
    devAddr: '00189440',
    fCnt: 1,
    fPort: 1,
    data: 'qg==',
    object: { temperature: 31.5, battery: { volts: 3.1 }, leak: false },
    rxInfo: [{ gatewayId: '0016c001f153a14c', rssi: -112, snr: -3 }, { gatewayId: '0016c001f153a14d', rssi: -48, snr: 9 }],
    ...rest,
  });

it('reads ChirpStack v4 uplinks by the shipped preset: device and field, with the time of the uplink', () => {
  const rest = {
    payload: { format: 'preset', preset: 'chirpstack-v4' },
    mappings: [
      { tags: ['AT'], address: '0101010101010101/temperature' },
      { tags: ['WS'], address: '0101010101010101/battery.volts' },
      { tags: ['XS-201'], address: '0101010101010101/leak' },
      { tags: ['WD'], address: '0101010101010101/rssi' },
      { tags: ['RH'], address: 'A1A1A1A1A1A1A1A1/humidity' },
    ],
  };
  const topic = 'application/7/device/0101010101010101/event/up';
  expect(readAs(rest, topic, uplink())).toEqual(['AT 31.5', 'WS 3.1', 'XS-201 0', 'WD -48']);
  expect(readAs(rest, topic, uplink({ deviceInfo: { devEui: 'a1a1a1a1a1a1a1a1' }, object: { humidity: 40 } }))).toEqual(['RH 40']);
  expect(readAs(rest, topic, uplink({ time: undefined, object: { temperature: 1 }, rxInfo: [] }))).toEqual(['AT 1 arrival']);
  expect(readAs(rest, topic, uplink({ object: undefined }))).toEqual(['!broken-payload 0101010101010101 object: nothing decoded, set a codec in the device profile']);
  expect(readAs(rest, topic, uplink({ object: { temperature: null }, rxInfo: null }))).toEqual(['!not-a-number AT temperature: null']);
  expect(readAs(rest, topic, uplink({ deviceInfo: { devEui: 'ffffffffffffffff' } }))).toEqual(['!unknown-tag device ffffffffffffffff']);
  expect(readAs(rest, topic, uplink({ deviceInfo: null }))).toEqual(['!unknown-tag device undefined']);
  expect(readAs(rest, topic, uplink({ time: 'noon' }))).toEqual(['!time-unreadable 0101010101010101 time: noon']);
  expect(readAs(rest, topic, uplink({ object: { other: 1 }, rxInfo: undefined }))).toEqual(['!broken-payload 0101010101010101: none of temperature, battery.volts, leak, rssi']);
  expect(readAs(rest, topic, '{')[0]).toMatch(/^!broken-json /);
  expect(readAs(rest, 'application/7/device/0101010101010101/event/join', uplink())).toEqual(['not read']);
});

it('reads Zigbee2MQTT states by the shipped preset', () => {
  const rest = { payload: { format: 'preset', preset: 'zigbee2mqtt' }, mappings: [{ tags: ['AT'], address: 'Store room/temperature' }, { tags: ['RH'], address: 'Store room/humidity' }] };
  expect(readAs(rest, 'zigbee2mqtt/Store room', JSON.stringify({ temperature: 20.5, humidity: 41, linkquality: 90, last_seen: new Date(AT).toISOString() }))).toEqual(['AT 20.5', 'RH 41']);
  expect(readAs(rest, 'zigbee2mqtt/Store room', '[1]')).toEqual(['!broken-payload Store room the state is no object']);
  expect(readAs({ ...rest, payload: { ...rest.payload, topic: 'attic/+' } }, 'attic/Store room', JSON.stringify({ temperature: 2 }))).toEqual(['AT 2 arrival']);
});

it('takes text without a zone at the declared offset, never at that of this computer', () => {
  const mappings = [{ tags: ['PT-101'], address: 'log' }];
  const said = (payload: object, t: unknown) => readAs({ payload, mappings }, 'log', JSON.stringify({ v: 1, t }));
  expect(said({ utcOffset: '+08:00' }, '2026-03-04 13:06:07')).toEqual(['PT-101 1']);
  expect(said({}, '2026-03-04T05:06:07')).toEqual(['PT-101 1']);
  expect(said({ utcOffset: '+08:00' }, '2026-03-04T05:06:07.000Z')).toEqual(['PT-101 1']);
  expect(said({ utcOffset: '+08:00' }, AT)).toEqual(['PT-101 1']);
  expect(said({ timeFormat: 'yyyyMMddHHmmss', utcOffset: '+08:00' }, '20260304130607')).toEqual(['PT-101 1']);
  expect(said({ timeFormat: 'yyyyMMddHHmmss' }, AT)).toEqual([`!time-unreadable PT-101 t: ${AT}`]);
  expect(['Mar 4 2026', '2026-03-04', '04/03/2026 05:06', '2026-13-04T05:06:07Z'].flatMap((t) => said({}, t))).toEqual(['Mar 4 2026', '2026-03-04', '04/03/2026 05:06', '2026-13-04T05:06:07Z'].map((t) => `!time-unreadable PT-101 t: ${t}`));
});

it('reads local times by pattern and offset, and none that the calendar lacks', () => {
  const read = timeReader('yyyy/MM/dd HH:mm:ss.SSS', '-03:30');
  expect(read('2026/03/04 01:36:07.000')).toBe(AT);
  expect(['2026/03/04 01:36:07', '2026/13/04 01:36:07.000', '2026/03/04 24:00:00.000', '2026/03/04 01:60:00.000', ''].map(read)).toEqual(Array.from({ length: 5 }, () => Number.NaN));
});

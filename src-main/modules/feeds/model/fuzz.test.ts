import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { MqttFeed } from '../../../../src-shared/plant/index.ts';
import { buildPlant } from '../../../testing/buildPlant.ts';
import { createFakeClock } from '../../../testing/fakeClock.ts';
import { toFeedTags } from './feedTag.ts';
import { bindMappings } from './mapping.ts';
import { REJECTIONS, type Rejection } from './rejection.ts';
import { readCameraEvent, readPosition } from './reports.ts';
import { toRoutes } from './routes.ts';
import { createSparkplugHost } from './sparkplugHost.ts';
import { decodeSparkplug, encodeSparkplug, SparkplugType } from './sparkplugPayload.ts';

/**
 * 100,000 mutated payloads for each kind of feed, from a fixed seed: none may crash or hang a decoder, each that gives no value
 * is refused with a reason that has words, and none of them may leave memory behind.
 */
const RUNS = 100_000;
/** Two to six seconds each on a quiet machine; a busy one may take its time, ms. */
const PATIENCE = 120_000;
const AT = Date.UTC(2026, 0, 1);
const tags = toFeedTags(buildPlant());

/** mulberry32: small, fast, the same everywhere. */
const seeded = (seed: number) => {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: <T>(items: readonly T[]): T => items[below(items.length)]! };
};
type Random = ReturnType<typeof seeded>;

/** A payload with one to four edits: bytes set, cut, doubled, inserted, or a part of another one. */
const mutate = (random: Random, seeds: readonly Uint8Array[]): Uint8Array => {
  let bytes = Uint8Array.from(random.pick(seeds));
  for (let edits = 1 + random.below(4); edits > 0; edits -= 1) {
    const at = random.below(bytes.length + 1);
    const length = random.below(24);
    const part = (source: Uint8Array) => source.subarray(random.below(source.length + 1)).subarray(0, length);
    const splice = (middle: Uint8Array, drop: number) => new Uint8Array(Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at + drop)]));
    switch (random.below(6)) {
      case 0: if (at < bytes.length) bytes[at] = random.below(256); break;
      case 1: bytes = bytes.slice(0, at); break;
      case 2: bytes = splice(part(bytes), 0); break;
      case 3: bytes = splice(Uint8Array.from({ length }, () => random.below(256)), length); break;
      case 4: bytes = splice(part(random.pick(seeds)), length); break;
      default: if (at < bytes.length) bytes[at] = bytes[at]! ^ (1 << random.below(8));
    }
  }
  return bytes;
};

/** Counts what was said of each payload; what is refused must have a reason with words and a detail. */
const createCount = () => {
  const said = { values: 0, refused: 0, accepted: 0, rejected: 0, silent: 0 };
  const reasons = new Map<Rejection, number>();
  return {
    said,
    reasons,
    sink: {
      value(tag: number, at: number, value: number) {
        if (tags[tag] === undefined || Math.abs(at) === Number.POSITIVE_INFINITY || Math.abs(value) === Number.POSITIVE_INFINITY) throw new Error(`a value of ${tag} that is none: ${value} at ${at}`);
        said.values += 1;
      },
      reject(reason: Rejection, detail: string) {
        if (REJECTIONS[reason] === undefined || detail.length === 0 || detail.length > 2_000) throw new Error(`${reason}: ${detail.length}`);
        said.refused += 1;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      },
    },
    /** Books one payload by what came of it. */
    book(before: { readonly values: number; readonly refused: number }) {
      if (said.values > before.values) said.accepted += 1;
      else if (said.refused > before.refused) said.rejected += 1;
      else said.silent += 1;
    },
  };
};
const textOf = (text: string) => new TextEncoder().encode(text);
/** What may be left once the collector has run: the tables of reasons and what the test runner keeps. */
const MOST_MB = 16;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapUsed = () => {
  collect();
  return process.memoryUsage().heapUsed;
};

const json = (body: unknown) => textOf(JSON.stringify(body));
const uplink = { time: '2026-01-01T00:00:00.5+00:00', deviceInfo: { devEui: '0101010101010101' }, object: { temperature: 21.5, inner: { volts: 3 } }, rxInfo: [{ rssi: -40, snr: 3 }], fCnt: 4 };
const MQTT_KINDS = {
  JSON: {
    feed: { mappings: [{ tags: ['PT-101'], address: 'one' }, { tags: ['*'], address: 'many' }] },
    topics: ['one', 'many'],
    seeds: [json({ v: 1.5, t: AT, q: 'good' }), json([{ tag: 'LT-101', v: 1.5, t: AT, q: 192 }, { tag: 'XS-201', v: 'running', t: '2026-01-01T00:00:00Z' }]), json({ t: AT, tag: ['WS', 'LT-101'], v: [1, 2], values: { AT: { v: 3 } } }), json({ t: AT, values: { AT: 1, RH: { v: 2, q: 'bad' } } }), textOf('17.5')],
  },
  CSV: {
    feed: { payload: { format: 'csv', columns: ['t', 'PT-101', 'LT-101', 'q'], time: 't', quality: 'q' }, mappings: [{ tags: ['WS'], address: 'one', payload: { format: 'csv', separator: ';', decimal: ',', value: 2, time: 1, timeFormat: 'yyyy-MM-dd HH:mm:ss', utcOffset: '+08:00' } }, { tags: ['*'], address: 'many' }] },
    topics: ['one', 'many'],
    seeds: [textOf('2026-01-01 08:00:00;1,25\n2026-01-01 08:00:01;"2"'), textOf(`${AT},1.5,61,good\n${AT + 1},2,,64\r\n"${AT}",3,4,192`)],
  },
  number: { feed: { payload: { format: 'number' }, mappings: [{ tags: ['*'], address: 'n/{tag}' }] }, topics: ['n/PT-101', 'n/XS-201'], seeds: [textOf('1.25'), textOf('-3e2'), textOf('running')] },
  ChirpStack: {
    feed: { payload: { format: 'preset', preset: 'chirpstack-v4' }, mappings: [{ tags: ['AT'], address: '0101010101010101/temperature' }, { tags: ['WS'], address: '0101010101010101/inner.volts' }, { tags: ['RH'], address: '0101010101010101/rssi' }] },
    topics: ['application/1/device/0101010101010101/event/up'],
    seeds: [json(uplink), json({ ...uplink, object: { temperature: -3 }, rxInfo: [] })],
  },
} as const;

it.each(Object.entries(MQTT_KINDS))(`%s: ${RUNS} mutated payloads are each read or refused with a reason`, (_kind, { feed, topics, seeds }) => {
  const routes = toRoutes(MqttFeed.parse({ id: 'f', kind: 'mqtt', url: 'mqtt://b', ...feed }), tags);
  const random = seeded(20_260_101);
  const { said, reasons, sink, book } = createCount();
  const decoder = new TextDecoder();
  const before = heapUsed();
  for (let run = 0; run < RUNS; run += 1) {
    const text = decoder.decode(mutate(random, seeds));
    const had = { ...said };
    const topic = random.pick(topics);
    for (const route of routes) route.read(topic, text, sink);
    if (said.values === had.values && said.refused === had.refused && !isEmptyList(text)) throw new Error(`nothing said of ${JSON.stringify(text)}`);
    book(had);
  }
  expect(said.accepted + said.rejected + said.silent).toBe(RUNS);
  expect(said.silent).toBeLessThan(RUNS / 50);
  expect(said.accepted).toBeGreaterThan(RUNS / 50);
  expect(said.rejected).toBeGreaterThan(RUNS / 10);
  expect([...reasons.values()].reduce((sum, count) => sum + count, 0)).toBe(said.refused);
  expect(reasons.size).toBeGreaterThanOrEqual(1);
  expect((heapUsed() - before) / 2 ** 20).toBeLessThan(MOST_MB);
}, PATIENCE);

/** A list or object without a value in it says nothing, rightly. */
const isEmptyList = (text: string) => /^\s*(\[\s*\]|\{.*"(tag|values)":\s*(\{\s*\}|\[\s*\]).*\})\s*$/s.test(text);

it(`Sparkplug: ${RUNS} mutated payloads are each read or refused with a reason, in any order of messages`, () => {
  const metrics = [{ name: 'bdSeq', datatype: SparkplugType.Int64, value: 1 }, { name: 'PT-101', alias: 1, datatype: SparkplugType.Double, value: 1.5, timestamp: AT, quality: 192 }, { name: 'XS-201', alias: 2, datatype: SparkplugType.Int16, value: -7 }, { name: 'LT-101', alias: 3, datatype: SparkplugType.String, value: 'running' }];
  const data = [{ alias: 1, datatype: SparkplugType.Double, value: 2, timestamp: AT }, { alias: 2, datatype: SparkplugType.Int16, value: 3 }, { name: 'WS', datatype: SparkplugType.Float, value: 3, isHistorical: true }];
  const seeds = [encodeSparkplug({ timestamp: AT, seq: 0, metrics }), ...Array.from({ length: 8 }, (_unused, seq) => encodeSparkplug({ timestamp: AT + seq, seq, metrics: data })), encodeSparkplug({ timestamp: AT, metrics: [metrics[0]!] }), complexSeed()];
  const random = seeded(20_260_102);
  const { said, reasons, sink } = createCount();
  const take = (tag: number, at: number, value: number) => sink.value(tag, at, value);
  const clock = createFakeClock(AT);
  let [rebirths, handled, refusedPayloads] = [0, 0, 0];
  const host = createSparkplugHost({
    book: bindMappings([{ tags: ['AT'], address: 'Tank/pressure' }, { tags: ['*'], address: '{tag}' }], tags),
    tags,
    clock,
    reorderTimeoutMs: 50,
    sink: { take: { reported: take, current: take, retained: take, historical: take }, reject: sink.reject, unmapped: () => {}, lose: () => {}, requestRebirth: () => void (rebirths += 1) },
  });
  const before = heapUsed();
  for (let run = 0; run < RUNS; run += 1) {
    const bytes = mutate(random, seeds);
    const kind = random.pick(['NBIRTH', 'DBIRTH', 'NDATA', 'DDATA', 'NDEATH', 'DDEATH']);
    const topic = random.below(50) === 0 ? decodeURIComponent('spBv1.0/g/NDATA/%F0%9F%92%A5/a/b') : `spBv1.0/g/${kind}/E${random.below(3)}${kind.startsWith('D') ? '/D1' : ''}`;
    const isReadable = canDecode(bytes) && !topic.endsWith('/a/b');
    const { refused } = said;
    host.onMessage(topic, bytes);
    if (isReadable) handled += 1;
    else if (said.refused > refused) refusedPayloads += 1;
    if (run % 16 === 0) clock.advance(16);
  }
  clock.advance(1_000);
  // What cannot be decoded is refused each time; what can is handled, refused metric by metric, or asks for a rebirth.
  expect(handled + refusedPayloads).toBe(RUNS);
  expect(Math.min(handled, refusedPayloads)).toBeGreaterThan(RUNS / 10);
  expect(said.values).toBeGreaterThan(RUNS / 20);
  expect(rebirths).toBeGreaterThan(10);
  expect([...reasons.values()].reduce((sum, count) => sum + count, 0)).toBe(said.refused);
  expect([...reasons.keys()]).toEqual(expect.arrayContaining(['broken-payload', 'not-a-number', 'before-birth', 'duplicate']));
  expect((heapUsed() - before) / 2 ** 20).toBeLessThan(MOST_MB);
}, PATIENCE);

const canDecode = (bytes: Uint8Array): boolean => {
  try {
    decodeSparkplug(bytes);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** A birth with a template of one member `pressure` and a data set of one cell, hand-assembled after the published schema. */
const complexSeed = () =>
  Uint8Array.from([
    0x08, 0x01, 0x18, 0x00,
    0x12, 0x1f, 0x0a, 4, ...textOf('Tank'), 0x92, 0x01, 0x16, 0x12, 0x14, 0x0a, 8, ...textOf('pressure'), 0x20, 10, 0x69, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f,
    0x12, 0x19, 0x0a, 4, ...textOf('Mast'), 0x8a, 0x01, 0x10, 0x08, 1, 0x12, 1, 0x63, 0x18, 10, 0x22, 0x07, 0x0a, 5, 0x1d, 0, 0, 0x80, 0x3f,
  ]);

it('positions and camera events: nothing is read out of nonsense', () => {
  const random = seeded(20_260_103);
  const seeds = [json({ x: 1, y: 2, z: 0, hr: 88, t: AT }), json({ kind: 'fire', confidence: 0.5, person: 'P1', t: AT })];
  let read = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const body = parseOr(new TextDecoder().decode(mutate(random, seeds)));
    const position = readPosition(body);
    if (!('error' in position) && !Number.isFinite(position.x + position.y + position.z)) throw new Error(JSON.stringify(position));
    const event = readCameraEvent(body);
    if (!('error' in event) && !(event.confidence >= 0 && event.confidence <= 1)) throw new Error(JSON.stringify(event));
    read += 'error' in position && 'error' in event ? 0 : 1;
  }
  expect(read).toBeGreaterThan(RUNS / 50);
}, PATIENCE);

const parseOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildPlant } from '../../../testing/buildPlant.ts';
import { createFakeClock } from '../../../testing/fakeClock.ts';
import { toFeedTags } from './feedTag.ts';
import { createJsonReader } from './jsonPayload.ts';
import { bindMappings } from './mapping.ts';
import { readCameraEvent, readPosition } from './reports.ts';
import { createSparkplugHost } from './sparkplugHost.ts';
import { decodeSparkplug, encodeSparkplug, SparkplugType } from './sparkplugPayload.ts';

const tags = toFeedTags(buildPlant());
const shape = { format: 'json', value: 'v', time: 't', quality: 'q', qualityCodes: 'opc-classic', tag: 'tag', values: 'values' } as const;

/** Counts what a decoder said of one payload. */
const countingSink = () => {
  const said = { values: 0, rejects: 0 };
  return { said, value: () => void (said.values += 1), reject: () => void (said.rejects += 1) };
};
/** A payload with a few characters or bytes changed, cut or doubled. */
const mutated = <T extends string | Uint8Array>(whole: T): fc.Arbitrary<T> =>
  fc.array(fc.tuple(fc.nat(whole.length), fc.nat(255), fc.constantFrom('set', 'cut', 'double')), { minLength: 1, maxLength: 4 }).map((edits) => {
    const bytes = [...Buffer.from(whole)];
    for (const [at, byte, edit] of edits) {
      if (edit === 'set') bytes[at] = byte;
      else if (edit === 'cut') bytes.length = Math.min(bytes.length, at);
      else bytes.push(...bytes.slice(at));
    }
    const result = Uint8Array.from(bytes, (byte) => byte ?? 0);
    return (typeof whole === 'string' ? Buffer.from(result).toString('utf8') : result) as T;
  });

it('says something of every JSON payload, whatever it is, and never throws', () => {
  const single = bindMappings([{ tags: ['PT-101'], address: 'a' }], tags).find('a')!;
  const shared = bindMappings([{ tags: ['*'], address: 'a' }], tags).find('a')!;
  const read = createJsonReader(shape, tags);
  const valid = JSON.stringify([{ tag: 'PT-101', v: 1.5, t: 1_767_225_600_000, q: 192 }, { tag: 'XS-201', v: 'running', t: '2026-01-01T00:00:00Z', q: 'good' }]);
  const columns = JSON.stringify({ t: 1_767_225_600_000, tag: ['PT-101', 'LT-101'], v: [1, 2], values: { AT: { v: 3 } } });
  const json = fc.json({ maxDepth: 3 });
  const like = fc.record({ v: fc.jsonValue(), t: fc.jsonValue(), q: fc.jsonValue(), tag: fc.oneof(fc.constant('PT-101'), fc.jsonValue()), values: fc.jsonValue() }, { requiredKeys: [] }).map((body) => JSON.stringify(body));
  fc.assert(
    fc.property(fc.oneof(json, like, fc.string(), mutated(valid), mutated(columns)), (payload) => {
      for (const claim of [single, shared]) {
        const sink = countingSink();
        read(payload, claim, sink);
        const isEmpty = /^\s*(\[\s*\]|\{.*("tag":\[\]|"values":(\{\}|\[\])).*\})\s*$/s.test(payload);
        if (!isEmpty) expect(sink.said.values + sink.said.rejects).toBeGreaterThan(0);
      }
    }),
    { seed: 11, numRuns: 20_000 },
  );
});

it('reads no position and no camera event out of nonsense', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const position = readPosition(body);
      if (!('error' in position)) expect(Number.isFinite(position.x + position.y + position.z)).toBe(true);
      const event = readCameraEvent(body);
      if (!('error' in event)) expect(event.confidence).toBeLessThanOrEqual(1);
    }),
    { seed: 12, numRuns: 5_000 },
  );
});

it('decodes any bytes as Sparkplug or throws RangeError, and the host survives all of them', () => {
  const at = 1_767_225_600_000;
  const valid = encodeSparkplug({ timestamp: at, seq: 3, metrics: [{ name: 'bdSeq', datatype: SparkplugType.Int64, value: 1 }, { name: 'PT-101', alias: 1, datatype: SparkplugType.Double, value: 1.5, timestamp: at, quality: 192 }, { alias: 2, datatype: SparkplugType.Int16, value: -7 }, { name: 'XS-201', datatype: SparkplugType.String, value: 'running' }] });
  const said = { values: 0, rejects: 0, rebirths: 0 };
  const take = () => void (said.values += 1);
  const host = createSparkplugHost({
    book: bindMappings([{ tags: ['*'], address: '{tag}' }], tags),
    tags,
    clock: createFakeClock(),
    reorderTimeoutMs: 2_000,
    sink: { take: { reported: take, current: take, retained: take, historical: take }, reject: () => void (said.rejects += 1), unmapped: () => {}, lose: () => {}, requestRebirth: () => void (said.rebirths += 1) },
  });
  const kind = fc.constantFrom('NBIRTH', 'DBIRTH', 'NDATA', 'DDATA', 'NDEATH', 'DDEATH', 'NCMD', 'STATE', '');
  const topic = fc.oneof(fc.tuple(kind, fc.constantFrom('E1', 'E2'), fc.constantFrom('', '/D1')).map(([word, node, device]) => `spBv1.0/g/${word}/${node}${device}`), fc.string());
  fc.assert(
    fc.property(topic, fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated(valid), fc.constant(valid)), (name, bytes) => {
      try {
        decodeSparkplug(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
      host.onMessage(name, bytes);
    }),
    { seed: 13, numRuns: 20_000 },
  );
  expect(said.values).toBeGreaterThan(1_000);
  expect(said.rejects).toBeGreaterThan(1_000);
  expect(said.rebirths).toBeGreaterThan(1);
});

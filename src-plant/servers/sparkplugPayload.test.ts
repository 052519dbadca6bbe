import { describe, expect, it } from 'vitest';
import { DataType, decodePayload, encodePayload, type Payload } from './sparkplugPayload.ts';

describe('a Sparkplug B payload', () => {
  const payload: Payload = {
    timestamp: 1_795_000_000_123,
    seq: 200,
    metrics: [
      { name: 'bdSeq', timestamp: 1_795_000_000_000, dataType: DataType.uint64, value: 17 },
      { name: '氨浓度', alias: 300, timestamp: 1_795_000_000_001, dataType: DataType.double, value: -12.75 },
      { alias: 1, timestamp: 1, dataType: DataType.int32, value: -2 },
      { alias: 2, timestamp: 2, dataType: DataType.boolean, isHistorical: true, value: true },
      { alias: 3, timestamp: 3, dataType: DataType.string, value: '运行' },
      { alias: 4, timestamp: 4, dataType: DataType.double, value: null },
    ],
  };

  it('comes back as it was', () => {
    expect(decodePayload(encodePayload(payload))).toEqual(payload);
  });

  it('has the bytes that protobuf prescribes', () => {
    // field 1 varint 300, field 2 message { alias 2, timestamp 5, datatype 11, boolean true }, field 3 varint 0
    expect(encodePayload({ timestamp: 300, seq: 0, metrics: [{ alias: 2, timestamp: 5, dataType: DataType.boolean, value: true }] }).toString('hex')).toBe('08ac021208100218052 00b7001 1800'.replaceAll(' ', ''));
  });

  it('is refused when it is cut or foreign', () => {
    expect(() => decodePayload(encodePayload(payload).subarray(0, -1))).toThrow(RangeError);
    expect(() => decodePayload(Buffer.from('{"no":"protobuf"}'))).toThrow(RangeError);
  });
});

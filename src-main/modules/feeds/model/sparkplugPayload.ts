import { createWireReader, createWireWriter, type WireReader } from './protobuf.ts';

/** Sparkplug B payload (Eclipse Sparkplug 3.0 §6.4), the parts that a host application reads. Times are UTC ms. */
export type SparkplugPayload = { readonly timestamp: number | null; readonly seq: number | null; readonly metrics: readonly Metric[] };
export type Metric = {
  readonly name: string | null;
  readonly alias: number | null;
  readonly timestamp: number | null;
  readonly datatype: number | null;
  readonly isHistorical: boolean;
  readonly isTransient: boolean;
  /** `Quality` of the metric's property set: 192 good, 0 bad, 500 stale (§6.4.8); null when not said. */
  readonly quality: number | null;
  /** A number for every numeric type, text for String, Text and UUID, bytes for Bytes, File and arrays, null when `is_null`; `complex` for data sets and templates. */
  readonly value: MetricValue;
};
export type MetricValue = number | boolean | string | Uint8Array | null | { readonly complex: 'dataset' | 'template' | 'extension'; readonly bytes: Uint8Array };

/** Data types by number, §6.4.16. */
export const SparkplugType = { Int8: 1, Int16: 2, Int32: 3, Int64: 4, UInt8: 5, UInt16: 6, UInt32: 7, UInt64: 8, Float: 9, Double: 10, Boolean: 11, String: 12, DateTime: 13, Text: 14, UUID: 15, DataSet: 16, Bytes: 17, File: 18, Template: 19 } as const;

const METRICS_LIMIT = 200_000;

/** Decodes any bytes; throws RangeError on what is not a payload. `typeOf` gives the type that a birth certificate stated for an alias or name. */
export const decodeSparkplug = (bytes: Uint8Array, typeOf: (metric: { readonly name: string | null; readonly alias: number | null }) => number | null = () => null): SparkplugPayload => {
  const reader = createWireReader(bytes);
  const metrics: Metric[] = [];
  let [timestamp, seq]: [number | null, number | null] = [null, null];
  while (!reader.isDone) {
    const key = reader.key();
    if (key === 0x08) timestamp = reader.uint64();
    else if (key === 0x12) metrics.push(decodeMetric(reader.message(), typeOf));
    else if (key === 0x18) seq = reader.uint64();
    else reader.skip(key);
    if (metrics.length > METRICS_LIMIT) throw new RangeError(`more than ${METRICS_LIMIT} metrics`);
  }
  return { timestamp, seq, metrics };
};

/** One metric, of a payload or of a template. `typeOf` as for `decodeSparkplug`. */
export const decodeMetric = (reader: WireReader, typeOf: (metric: { readonly name: string | null; readonly alias: number | null }) => number | null): Metric => {
  let [name, alias, timestamp, datatype, quality]: [string | null, number | null, number | null, number | null, number | null] = [null, null, null, null, null];
  let [isHistorical, isTransient, isNull] = [false, false, false];
  let value: MetricValue = null;
  let [isLong, isInt, long, int] = [false, false, 0, 0];
  while (!reader.isDone) {
    const key = reader.key();
    switch (key) {
      case 0x0a: name = reader.text(); break;
      case 0x10: alias = reader.uint64(); break;
      case 0x18: timestamp = reader.uint64(); break;
      case 0x20: datatype = reader.uint32(); break;
      case 0x28: isHistorical = reader.uint32() !== 0; break;
      case 0x30: isTransient = reader.uint32() !== 0; break;
      case 0x38: isNull = reader.uint32() !== 0; break;
      case 0x4a: quality = decodeQuality(reader.message()); break;
      case 0x50: int = reader.uint32(); isInt = true; break;
      // Read signed: as unsigned it would round beyond 2^53 and −9 could not be told from 18446744073709551607.
      case 0x58: long = reader.int64(); isLong = true; break;
      case 0x65: value = reader.float(); break;
      case 0x69: value = reader.double(); break;
      case 0x70: value = reader.uint32() !== 0; break;
      case 0x7a: value = reader.text(); break;
      case 0x82: value = reader.bytes(); break;
      case 0x8a: value = { complex: 'dataset', bytes: reader.bytes() }; break;
      case 0x92: value = { complex: 'template', bytes: reader.bytes() }; break;
      case 0x9a: value = { complex: 'extension', bytes: reader.bytes() }; break;
      default: reader.skip(key);
    }
  }
  if (isInt || isLong) {
    const type = datatype ?? typeOf({ name, alias });
    value = isInt ? narrow(int, type) : wide(long, type);
  }
  return { name, alias, timestamp, datatype, isHistorical, isTransient, quality, value: isNull ? null : value };
};

/** A 64-bit field read as signed, as its type means it. */
export const wide = (raw: number, type: number | null): number => (type === SparkplugType.Int64 || raw >= 0 ? raw : raw + 2 ** 64);

/** Signed types travel as two's complement in a uint32 field. */
export const narrow = (raw: number, type: number | null): number => {
  if (type === SparkplugType.Int8) return (raw << 24) >> 24;
  if (type === SparkplugType.Int16) return (raw << 16) >> 16;
  return type === SparkplugType.Int32 ? raw | 0 : raw;
};

/** PropertySet: keys (1) and values (2), one after another; the value under `Quality`. */
const decodeQuality = (reader: WireReader): number | null => {
  const keys: string[] = [];
  const values: (number | null)[] = [];
  while (!reader.isDone) {
    const key = reader.key();
    if (key === 0x0a) keys.push(reader.text());
    else if (key === 0x12) values.push(decodePropertyInt(reader.message()));
    else reader.skip(key);
  }
  return values[keys.findIndex((key) => key.toLowerCase() === 'quality')] ?? null;
};

const decodePropertyInt = (reader: WireReader): number | null => {
  let value: number | null = null;
  while (!reader.isDone) {
    const key = reader.key();
    if (key === 0x18) value = reader.uint32();
    else if (key === 0x20) value = reader.uint64();
    else reader.skip(key);
  }
  return value;
};

/** What `encodeSparkplug` writes of a metric; `datatype` decides the field. */
export type MetricToWrite = { readonly name?: string; readonly alias?: number; readonly timestamp?: number; readonly datatype: number; readonly value: number | boolean | string | null; readonly isHistorical?: boolean; readonly quality?: number };

/** A payload in Sparkplug B, for commands to edge nodes and for tests and benches that play one. */
export const encodeSparkplug = (payload: { readonly timestamp: number; readonly seq?: number; readonly metrics: readonly MetricToWrite[] }): Uint8Array<ArrayBuffer> => {
  const writer = createWireWriter();
  writer.varint(1, payload.timestamp);
  for (const metric of payload.metrics) writer.bytes(2, encodeMetric(metric));
  if (payload.seq !== undefined) writer.varint(3, payload.seq);
  return writer.finish();
};

const encodeMetric = (metric: MetricToWrite): Uint8Array => {
  const writer = createWireWriter();
  if (metric.name !== undefined) writer.text(1, metric.name);
  if (metric.alias !== undefined) writer.varint(2, metric.alias);
  if (metric.timestamp !== undefined) writer.varint(3, metric.timestamp);
  writer.varint(4, metric.datatype);
  if (metric.isHistorical) writer.varint(5, 1);
  if (metric.quality !== undefined) writer.bytes(9, encodeQuality(metric.quality));
  encodeValue(writer, metric);
  return writer.finish();
};

const encodeValue = (writer: ReturnType<typeof createWireWriter>, { datatype, value }: MetricToWrite): void => {
  if (value === null) return writer.varint(7, 1);
  if (typeof value === 'string') return writer.text(15, value);
  if (typeof value === 'boolean' || datatype === SparkplugType.Boolean) return writer.varint(14, value ? 1 : 0);
  if (datatype === SparkplugType.Float) return writer.float(12, value);
  if (datatype === SparkplugType.Double) return writer.double(13, value);
  if (datatype === SparkplugType.Int64 || datatype === SparkplugType.UInt64 || datatype === SparkplugType.DateTime) return writer.varint(11, value);
  writer.varint(10, value >>> 0);
};

const encodeQuality = (quality: number): Uint8Array => {
  const value = createWireWriter();
  value.varint(1, SparkplugType.Int32);
  value.varint(3, quality);
  const set = createWireWriter();
  set.text(1, 'Quality');
  set.bytes(2, value.finish());
  return set.finish();
};

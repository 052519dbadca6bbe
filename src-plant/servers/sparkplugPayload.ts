/** The part of the Sparkplug B 3.0 payload (protobuf, `sparkplug_b.proto`) that an edge node needs. Numbers above 2⁵³ are not used. */
export const DataType = { int32: 3, uint64: 8, double: 10, boolean: 11, string: 12 } as const;
export type DataType = (typeof DataType)[keyof typeof DataType];

export type Metric = {
  readonly name?: string;
  readonly alias?: number;
  /** UTC ms. */
  readonly timestamp: number;
  readonly dataType: DataType;
  readonly isHistorical?: boolean;
  /** `null` is sent as is_null. */
  readonly value: number | boolean | string | null;
  /** Properties of a birth: engineering unit and range, and the OPC quality of the value (192 good, 0 bad). */
  readonly properties?: Readonly<Record<string, number | string>>;
};
export type Payload = { readonly timestamp: number; readonly metrics: readonly Metric[]; /** 0–255; absent in NDEATH and NCMD. */ readonly seq?: number };

export const encodePayload = (payload: Payload): Buffer => {
  const out = createWriter();
  out.varintField(1, payload.timestamp);
  for (const metric of payload.metrics) out.messageField(2, (inner) => writeMetric(inner, metric));
  if (payload.seq !== undefined) out.varintField(3, payload.seq);
  return out.bytes();
};

const writeMetric = (out: Writer, metric: Metric): void => {
  if (metric.name !== undefined) out.textField(1, metric.name);
  if (metric.alias !== undefined) out.varintField(2, metric.alias);
  out.varintField(3, metric.timestamp);
  out.varintField(4, metric.dataType);
  if (metric.isHistorical === true) out.varintField(5, 1);
  if (metric.value === null) out.varintField(7, 1);
  if (metric.properties !== undefined) out.messageField(9, (inner) => writeProperties(inner, metric.properties!));
  const { value } = metric;
  if (value === null) return;
  if (typeof value === 'string') out.textField(15, value);
  else if (typeof value === 'boolean') out.varintField(14, value ? 1 : 0);
  else if (metric.dataType === DataType.double) out.doubleField(13, value);
  else if (metric.dataType === DataType.uint64) out.varintField(11, value);
  else out.varintField(10, value >>> 0);
};

const writeProperties = (out: Writer, properties: Readonly<Record<string, number | string>>): void => {
  for (const key of Object.keys(properties)) out.textField(1, key);
  for (const value of Object.values(properties))
    out.messageField(2, (inner) => {
      if (typeof value === 'string') {
        inner.varintField(1, DataType.string);
        inner.textField(8, value);
      } else if (Number.isInteger(value)) {
        inner.varintField(1, DataType.int32);
        inner.varintField(3, value >>> 0);
      } else {
        inner.varintField(1, DataType.double);
        inner.doubleField(6, value);
      }
    });
};

type Writer = { varintField(field: number, value: number): void; doubleField(field: number, value: number): void; textField(field: number, value: string): void; messageField(field: number, write: (inner: Writer) => void): void; bytes(): Buffer };

const createWriter = (): Writer => {
  let buffer = Buffer.allocUnsafe(256);
  let length = 0;
  const room = (more: number) => {
    if (length + more <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + more));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  const varint = (value: number) => {
    room(10);
    let rest = value;
    while (rest >= 0x80) {
      buffer[length++] = (rest % 0x80) + 0x80;
      rest = Math.floor(rest / 0x80);
    }
    buffer[length++] = rest;
  };
  const raw = (field: number, bytes: Buffer) => {
    varint(field * 8 + 2);
    varint(bytes.length);
    room(bytes.length);
    bytes.copy(buffer, length);
    length += bytes.length;
  };
  return {
    varintField(field, value) {
      varint(field * 8);
      varint(value);
    },
    doubleField(field, value) {
      varint(field * 8 + 1);
      room(8);
      length = buffer.writeDoubleLE(value, length);
    },
    textField: (field, value) => raw(field, Buffer.from(value, 'utf8')),
    messageField(field, write) {
      const inner = createWriter();
      write(inner);
      raw(field, inner.bytes());
    },
    bytes: () => buffer.subarray(0, length),
  };
};

/** The payload of a message. Throws a RangeError on bytes that are no payload. Properties are skipped. */
export const decodePayload = (bytes: Uint8Array): Payload => {
  let timestamp = 0;
  let seq: number | undefined;
  const metrics: Metric[] = [];
  for (const { field, number, chunk } of fields(bytes)) {
    if (field === 1) timestamp = number;
    else if (field === 2) metrics.push(readMetric(chunk));
    else if (field === 3) seq = number;
  }
  return { timestamp, metrics, ...(seq !== undefined && { seq }) };
};

const readMetric = (bytes: Uint8Array): Metric => {
  const metric: { -readonly [K in keyof Metric]: Metric[K] } = { timestamp: 0, dataType: DataType.double, value: null };
  for (const { field, number, chunk } of fields(bytes)) {
    if (field === 1) metric.name = Buffer.from(chunk).toString('utf8');
    else if (field === 2) metric.alias = number;
    else if (field === 3) metric.timestamp = number;
    else if (field === 4) metric.dataType = number as DataType;
    else if (field === 5) metric.isHistorical = number !== 0;
    else if (field === 10) metric.value = number | 0;
    else if (field === 11 || field === 13) metric.value = number;
    else if (field === 14) metric.value = number !== 0;
    else if (field === 15) metric.value = Buffer.from(chunk).toString('utf8');
  }
  return metric;
};

type Field = { readonly field: number; readonly number: number; readonly chunk: Uint8Array };
const NOTHING = new Uint8Array();

/** Protobuf's fields one after another. */
function* fields(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 0x80) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      if (scale > 2 ** 62) break;
    }
    throw new RangeError('sparkplug: a number does not end');
  };
  const take = (size: number): number => {
    if (at + size > bytes.length) throw new RangeError('sparkplug: a field is longer than the message');
    const from = at;
    at += size;
    return from;
  };
  while (at < bytes.length) {
    const key = varint();
    const [field, wire] = [Math.floor(key / 8), key % 8];
    if (wire === 0) yield { field, number: varint(), chunk: NOTHING };
    else if (wire === 1) yield { field, number: view.getFloat64(take(8), true), chunk: NOTHING };
    else if (wire === 2) {
      const size = varint();
      const from = take(size);
      yield { field, number: 0, chunk: bytes.subarray(from, from + size) };
    } else if (wire === 5) yield { field, number: view.getFloat32(take(4), true), chunk: NOTHING };
    else throw new RangeError(`sparkplug: wire type ${wire} is unknown`);
  }
}

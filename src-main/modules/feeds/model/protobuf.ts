/** Reads protocol-buffer wire format from bytes that nobody vouches for: every length is checked, nothing is copied. Throws RangeError. */
export type WireReader = {
  readonly isDone: boolean;
  /** Field number << 3 | wire type. */
  key(): number;
  /** Low 32 bits of a varint as unsigned. */
  uint32(): number;
  /** A 64-bit varint as unsigned number; above 2^53 the nearest double. */
  uint64(): number;
  /** A 64-bit varint as two's complement. */
  int64(): number;
  float(): number;
  double(): number;
  bytes(): Uint8Array;
  text(): string;
  /** A reader over an embedded message. */
  message(): WireReader;
  skip(key: number): void;
};

const DECODER = new TextDecoder();

export const createWireReader = (source: Uint8Array): WireReader => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const end = source.length;
  let offset = 0;
  let [low, high] = [0, 0];
  const varint = () => {
    low = 0;
    high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (offset >= end) throw new RangeError('message ends inside a number');
      const byte = source[offset]!;
      offset += 1;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else high |= bits << 31;
      if (byte < 0x80) return;
    }
    throw new RangeError('number is longer than ten bytes');
  };
  const advance = (length: number) => {
    const from = offset;
    if (length > end - offset) throw new RangeError('length runs past the end of the message');
    offset += length;
    return from;
  };
  const bytes = () => {
    varint();
    const length = high === 0 ? low >>> 0 : Number.POSITIVE_INFINITY;
    const from = advance(length);
    return source.subarray(from, offset);
  };
  return {
    get isDone() {
      return offset >= end;
    },
    key() {
      varint();
      if (high !== 0 || low >>> 0 < 8) throw new RangeError('field number is not valid');
      return low >>> 0;
    },
    uint32() {
      varint();
      return low >>> 0;
    },
    uint64() {
      varint();
      return (high >>> 0) * 4_294_967_296 + (low >>> 0);
    },
    int64() {
      varint();
      return high * 4_294_967_296 + (low >>> 0);
    },
    float: () => view.getFloat32(advance(4), true),
    double: () => view.getFloat64(advance(8), true),
    bytes,
    text: () => DECODER.decode(bytes()),
    message: () => createWireReader(bytes()),
    skip(key) {
      const type = key & 7;
      if (type === 0) varint();
      else if (type === 1) advance(8);
      else if (type === 2) bytes();
      else if (type === 5) advance(4);
      else throw new RangeError(`wire type ${type} is not valid`);
    },
  };
};

/** Writes protocol-buffer wire format. */
export type WireWriter = {
  varint(field: number, value: number): void;
  float(field: number, value: number): void;
  double(field: number, value: number): void;
  bytes(field: number, value: Uint8Array): void;
  text(field: number, value: string): void;
  finish(): Uint8Array<ArrayBuffer>;
};

const ENCODER = new TextEncoder();

export const createWireWriter = (): WireWriter => {
  const out: number[] = [];
  const scratch = new DataView(new ArrayBuffer(8));
  const raw = (value: number) => {
    // Two's complement over 64 bits for negative numbers: ten bytes, as the format has it.
    let [low, high] = value < 0 ? [value >>> 0, Math.floor(value / 4_294_967_296) >>> 0] : [value % 4_294_967_296 >>> 0, Math.floor(value / 4_294_967_296) >>> 0];
    while (high > 0 || low > 0x7f) {
      out.push((low & 0x7f) | 0x80);
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    out.push(low);
  };
  const fixed = (length: number) => {
    for (let index = 0; index < length; index += 1) out.push(scratch.getUint8(index));
  };
  const bytes = (field: number, value: Uint8Array) => {
    raw(field * 8 + 2);
    raw(value.length);
    for (const byte of value) out.push(byte);
  };
  return {
    varint(field, value) {
      raw(field * 8);
      raw(value);
    },
    float(field, value) {
      raw(field * 8 + 5);
      scratch.setFloat32(0, value, true);
      fixed(4);
    },
    double(field, value) {
      raw(field * 8 + 1);
      scratch.setFloat64(0, value, true);
      fixed(8);
    },
    bytes,
    text: (field, value) => bytes(field, ENCODER.encode(value)),
    finish: () => Uint8Array.from(out),
  };
};

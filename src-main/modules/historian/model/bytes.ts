/**
 * Byte and bit packing for chunks. Little-endian machines only (x64, arm64): words are copied, not converted.
 * A number below means an integer no larger than 2^53 either way.
 */
export type ByteWriter = {
  byte(value: number): void;
  /** Unsigned, 7 bits a byte. */
  varint(value: number): void;
  /** Signed: small magnitudes stay small. */
  zigzag(value: number): void;
  float(value: number): void;
  bytes(value: Uint8Array): void;
  /** The first `count` of `values`, each in `width` (0–32) bits. */
  pack(values: Uint32Array, count: number, width: number): void;
  readonly length: number;
  /** A copy of what was written; the writer is empty afterwards. */
  take(): Uint8Array<ArrayBuffer>;
};

export const createByteWriter = (): ByteWriter => {
  let out = new Uint8Array(1 << 16);
  let view = new DataView(out.buffer);
  let length = 0;
  const words = new Uint32Array(2_048);
  const wordBytes = new Uint8Array(words.buffer);
  const reserve = (more: number) => {
    if (length + more <= out.length) return;
    const larger = new Uint8Array(Math.max(out.length * 2, length + more));
    larger.set(out.subarray(0, length));
    out = larger;
    view = new DataView(out.buffer);
  };
  const varint = (value: number) => {
    reserve(8);
    let rest = value;
    while (rest > 0x7f) {
      out[length] = (rest % 128) | 0x80;
      length += 1;
      rest = rest > 0x7fffffff ? Math.floor(rest / 128) : rest >>> 7;
    }
    out[length] = rest;
    length += 1;
  };
  return {
    get length() {
      return length;
    },
    byte(value) {
      reserve(1);
      out[length] = value;
      length += 1;
    },
    varint,
    zigzag: (value) => varint(value < 0 ? -value * 2 - 1 : value * 2),
    float(value) {
      reserve(8);
      view.setFloat64(length, value, true);
      length += 8;
    },
    bytes(value) {
      reserve(value.length);
      out.set(value, length);
      length += value.length;
    },
    pack(values, count, width) {
      if (width === 0) return;
      const size = packedSize(count, width);
      let [word, used, at] = [0, 0, 0];
      for (let index = 0; index < count; index += 1) {
        const value = values[index]!;
        word |= value << used;
        used += width;
        if (used < 32) continue;
        words[at] = word;
        at += 1;
        used -= 32;
        word = used === 0 ? 0 : value >>> (width - used);
      }
      words[at] = word;
      reserve(size);
      out.set(wordBytes.subarray(0, size), length);
      length += size;
    },
    take() {
      const taken = out.slice(0, length);
      length = 0;
      return taken;
    },
  };
};

/** Reads what a ByteWriter wrote; throws RangeError past the end. */
export type ByteReader = {
  byte(): number;
  varint(): number;
  zigzag(): number;
  float(): number;
  bytes(length: number): Uint8Array;
  unpack(into: Uint32Array, count: number, width: number): void;
  readonly offset: number;
};

export const createByteReader = (source: Uint8Array, from = 0): ByteReader => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let offset = from;
  const advance = (size: number) => {
    const at = offset;
    offset += size;
    if (offset > source.length) throw new RangeError('chunk ends early');
    return at;
  };
  const varint = () => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = source[advance(1)]!;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
  return {
    get offset() {
      return offset;
    },
    byte: () => source[advance(1)]!,
    varint,
    zigzag() {
      const value = varint();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    float: () => view.getFloat64(advance(8), true),
    bytes(length) {
      const at = advance(length);
      return source.subarray(at, at + length);
    },
    unpack(into, count, width) {
      if (width === 0) return void into.fill(0, 0, count);
      const size = packedSize(count, width);
      const at = advance(size);
      for (let index = 0; index < size; index += 1) SCRATCH_BYTES[index] = source[at + index]!;
      const mask = width === 32 ? 0xffffffff : (1 << width) - 1;
      let [word, used, next] = [SCRATCH[0]!, 0, 1];
      for (let index = 0; index < count; index += 1) {
        let value = word >>> used;
        const left = 32 - used;
        if (width > left) {
          word = SCRATCH[next]!;
          next += 1;
          value |= word << left;
          used = width - left;
        } else {
          used += width;
          if (used === 32) {
            word = SCRATCH[next]!;
            next += 1;
            used = 0;
          }
        }
        into[index] = value & mask;
      }
    },
  };
};

/** Bits that an unsigned number below 2^32 needs. */
export const widthOf = (value: number): number => 32 - Math.clz32(value);
const packedSize = (count: number, width: number) => Math.ceil((count * width) / 8);
const SCRATCH = new Uint32Array(2_048);
const SCRATCH_BYTES = new Uint8Array(SCRATCH.buffer);

import { createByteReader, createByteWriter, type ByteReader, type ByteWriter } from './bytes.ts';
import { readDoubles, writeDoubles } from './doubles.ts';
import { BLOCK, readIntegers, writeIntegers } from './integers.ts';
import { firstAfter } from './times.ts';

/**
 * Samples of one tag in order of time as bytes. Times are whole UTC ms, values and quality come back bit for bit (−0 as 0).
 * Times: distance from an even rhythm, so that a steady tag costs the width of its jitter. Values: one for all; steps of
 * a decimal number (of a double or of a float widened to one); runs; bit patterns of floats; full precision. Quality: runs.
 */
export type Columns = { readonly at: Float64Array; readonly value: Float64Array; readonly quality: Uint8Array };

/** Samples that a sealed chunk holds at most. */
export const CHUNK_LIMIT = 1_024;

const VERSION = 1;
const CONSTANT = 0;
const DECIMAL = 1;
const FLOAT_DECIMAL = 2;
const RUNS = 3;
const FLOAT = 4;
const DOUBLE = 5;
const MAX_DECIMALS = 8;
const MAX_FLOAT_DECIMALS = 5;
/** Decimal numbers beyond this have no exact integer form. */
const MAX_INTEGER = 2 ** 50;
const SCALES = Array.from({ length: MAX_DECIMALS + 1 }, (_unused, decimals) => 10 ** decimals);

const writer = createByteWriter();
const integers = new Float64Array(4_096);
const plain = new Float64Array(4_096);
const floats = new Float32Array(4_096);
const floatBits = new Int32Array(floats.buffer);

/** Encodes the first `count` (1 to 4,096) samples. */
export const encodeChunk = ({ at, value, quality }: Columns, count: number): Uint8Array<ArrayBuffer> => {
  writer.byte(VERSION);
  writer.varint(count);
  writeTimes(writer, at, count);
  writeQuality(writer, quality, count);
  writeGaps(writer, value, count);
  writeValues(writer, count);
  return writer.take();
};

/** How many samples a chunk holds. */
export const chunkCount = (bytes: Uint8Array): number => headOf(createByteReader(bytes));

/** Decodes the samples up to the moment `until` into columns that are long enough and gives their count. Throws RangeError on bytes that are no chunk. */
export const decodeChunk = (bytes: Uint8Array, into: Columns, until = Number.POSITIVE_INFINITY): number => {
  const reader = createByteReader(bytes);
  const count = headOf(reader);
  if (count > into.at.length) throw new RangeError('chunk is longer than the columns');
  readTimes(reader, into.at, count);
  const wanted = firstAfter(into.at, count, until);
  readQuality(reader, into.quality, count);
  const gaps = readGaps(reader, count);
  if (wanted > 0) readValues(reader, into.value, { count, wanted: Math.min(count, Math.ceil(wanted / BLOCK) * BLOCK) });
  for (const [from, to] of gaps) into.value.fill(Number.NaN, from, to);
  return wanted;
};

const headOf = (reader: ByteReader): number => {
  if (reader.byte() !== VERSION) throw new RangeError('chunk has no known version');
  const count = reader.varint();
  if (count < 1 || count > 4_096) throw new RangeError('chunk is longer than any can be');
  return count;
};

const writeTimes = (out: ByteWriter, at: Float64Array, count: number) => {
  const first = at[0]!;
  const rhythm = count > 1 ? (at[count - 1]! - first) / (count - 1) : 0;
  out.zigzag(first);
  out.float(rhythm);
  for (let index = 0; index < count; index += 1) integers[index] = at[index]! - first - Math.round(rhythm * index);
  writeIntegers(out, integers, count);
};
const readTimes = (reader: ByteReader, at: Float64Array, count: number) => {
  const first = reader.zigzag();
  const rhythm = reader.float();
  readIntegers(reader, at, count);
  for (let index = 0; index < count; index += 1) at[index] = first + Math.round(rhythm * index) + at[index]!;
};

/** Writes where there is no number, and leaves in `plain` the values with those places filled by what stood before. */
const writeGaps = (out: ByteWriter, value: Float64Array, count: number) => {
  const bounds: number[] = [];
  let [last, isGap] = [0, false];
  for (let index = 0; index < count; index += 1) {
    const current = value[index]!;
    if (Number.isNaN(current) !== isGap) {
      bounds.push(index);
      isGap = !isGap;
    }
    if (!isGap) last = current === 0 ? 0 : current;
    plain[index] = last;
  }
  if (isGap) bounds.push(count);
  out.varint(bounds.length / 2);
  let before = 0;
  for (const bound of bounds) {
    out.varint(bound - before);
    before = bound;
  }
};
const readGaps = (reader: ByteReader, count: number): readonly (readonly [number, number])[] => {
  const gaps: [number, number][] = [];
  let at = 0;
  for (let left = reader.varint(); left > 0; left -= 1) {
    const from = at + reader.varint();
    at = from + reader.varint();
    if (at > count) throw new RangeError('chunk gap is longer than the chunk');
    gaps.push([from, at]);
  }
  return gaps;
};

const writeValues = (out: ByteWriter, count: number) => {
  let changes = 0;
  for (let index = 1; index < count; index += 1) if (plain[index] !== plain[index - 1]) changes += 1;
  if (changes === 0) {
    out.byte(CONSTANT);
    return out.float(plain[0]!);
  }
  const decimals = decimalsOf(plain, count, toDouble);
  if (decimals >= 0) return writeDecimals(out, { kind: DECIMAL, decimals, count });
  if (changes * 4 < count) return writeRuns(out, count, changes);
  if (!isFloat(count)) {
    out.byte(DOUBLE);
    return writeDoubles(out, plain, count);
  }
  const floatDecimals = decimalsOf(plain, count, Math.fround);
  if (floatDecimals >= 0 && floatDecimals <= MAX_FLOAT_DECIMALS) return writeDecimals(out, { kind: FLOAT_DECIMAL, decimals: floatDecimals, count });
  out.byte(FLOAT);
  for (let index = 0; index < count; index += 1) floats[index] = plain[index]!;
  for (let index = 0; index < count; index += 1) integers[index] = floatBits[index]! < 0 ? floatBits[index]! ^ 0x7fffffff : floatBits[index]!;
  writeIntegers(out, integers, count);
};

/** Reads the first `wanted` (whole blocks) of `count` values. */
const readValues = (reader: ByteReader, value: Float64Array, { count, wanted }: { readonly count: number; readonly wanted: number }) => {
  const kind = reader.byte();
  switch (kind) {
    case CONSTANT:
      return void value.fill(reader.float(), 0, wanted);
    case DECIMAL:
    case FLOAT_DECIMAL: {
      const scale = SCALES[reader.byte()];
      if (scale === undefined) throw new RangeError('chunk values have no known scale');
      readIntegers(reader, value, wanted);
      if (kind === DECIMAL) for (let index = 0; index < wanted; index += 1) value[index] = value[index]! / scale;
      else for (let index = 0; index < wanted; index += 1) value[index] = Math.fround(value[index]! / scale);
      return;
    }
    case RUNS:
      return readRuns(reader, value, count);
    case FLOAT:
      readIntegers(reader, value, wanted);
      for (let index = 0; index < wanted; index += 1) floatBits[index] = value[index]! < 0 ? value[index]! ^ 0x7fffffff : value[index]!;
      for (let index = 0; index < wanted; index += 1) value[index] = floats[index]!;
      return;
    case DOUBLE:
      return readDoubles(reader, value, { count, wanted });
    default:
      throw new RangeError('chunk values have no known form');
  }
};

const toDouble = (value: number) => value;
/** How many decimals every value has, or −1 when some has none that small. A value with two decimals has three as well, so one pass finds the most. */
const decimalsOf = (values: Float64Array, count: number, rounding: (value: number) => number): number => {
  let decimals = 0;
  let scale = 1;
  for (let index = 0; index < count; index += 1) {
    const value = values[index]!;
    for (;;) {
      const whole = Math.round(value * scale);
      if (rounding(whole / scale) === value && whole < MAX_INTEGER && whole > -MAX_INTEGER) break;
      if (decimals === MAX_DECIMALS) return -1;
      decimals += 1;
      scale = SCALES[decimals]!;
    }
  }
  return decimals;
};

const writeDecimals = (out: ByteWriter, { kind, decimals, count }: { readonly kind: number; readonly decimals: number; readonly count: number }) => {
  out.byte(kind);
  out.byte(decimals);
  const scale = SCALES[decimals]!;
  for (let index = 0; index < count; index += 1) integers[index] = Math.round(plain[index]! * scale);
  writeIntegers(out, integers, count);
};

const isFloat = (count: number): boolean => {
  for (let index = 0; index < count; index += 1) if (Math.fround(plain[index]!) !== plain[index]) return false;
  return true;
};

const writeRuns = (out: ByteWriter, count: number, changes: number) => {
  out.byte(RUNS);
  out.varint(changes + 1);
  let from = 0;
  for (let index = 1; index <= count; index += 1) {
    if (index < count && plain[index] === plain[from]) continue;
    out.varint(index - from);
    out.float(plain[from]!);
    from = index;
  }
};
const readRuns = (reader: ByteReader, value: Float64Array, count: number) => {
  let at = 0;
  for (let runs = reader.varint(); runs > 0; runs -= 1) {
    const to = at + reader.varint();
    if (to > count) throw new RangeError('chunk run is longer than the chunk');
    value.fill(reader.float(), at, to);
    at = to;
  }
};

const writeQuality = (out: ByteWriter, quality: Uint8Array, count: number) => {
  let from = 0;
  for (let index = 1; index <= count; index += 1) {
    if (index < count && quality[index] === quality[from]) continue;
    out.varint(index - from);
    out.byte(quality[from]!);
    from = index;
  }
};
const readQuality = (reader: ByteReader, quality: Uint8Array, count: number) => {
  for (let at = 0; at < count; ) {
    const to = at + reader.varint();
    if (to > count || to === at) throw new RangeError('chunk run is longer than the chunk');
    quality.fill(reader.byte(), at, to);
    at = to;
  }
};

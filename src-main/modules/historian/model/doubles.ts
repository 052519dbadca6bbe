import { widthOf, type ByteReader, type ByteWriter } from './bytes.ts';
import { BLOCK } from './integers.ts';

/**
 * Full-precision numbers, bit for bit. `ordered`: bit patterns mapped to integers in order of value, each block of 128 as
 * distances from its least, which suits noise about a level. `split`: sign and exponent by a small list, mantissa as it is,
 * which suits noise about zero, where exponents vary. Whichever is smaller.
 */
const LIMIT = 4_096;
const ORDERED = 0;
const SPLIT = 1;

const doubles = new Float64Array(LIMIT);
const words = new Uint32Array(doubles.buffer);
const high = new Int32Array(LIMIT);
const low = new Uint32Array(LIMIT);
const packedHigh = new Uint32Array(BLOCK);
const packedLow = new Uint32Array(BLOCK);

/** At most 4,096 values. */
export const writeDoubles = (writer: ByteWriter, values: Float64Array, count: number): void => {
  for (let index = 0; index < count; index += 1) doubles[index] = values[index]!;
  const exponents = listExponents(count);
  for (let index = 0; index < count; index += 1) {
    const isNegative = words[index * 2 + 1]! >>> 31;
    high[index] = isNegative ? words[index * 2 + 1]! ^ 0x7fffffff : words[index * 2 + 1]!;
    low[index] = isNegative ? ~words[index * 2]! : words[index * 2]!;
  }
  const splitBits = exponents === null ? Number.POSITIVE_INFINITY : count * (52 + widthOf(exponents.length - 1)) + exponents.length * 16;
  if (orderedBits(count) <= splitBits || exponents === null) {
    writer.byte(ORDERED);
    for (let from = 0; from < count; from += BLOCK) writeOrdered(writer, from, Math.min(BLOCK, count - from));
  } else {
    writer.byte(SPLIT);
    writeSplit(writer, exponents, count);
  }
};

/** Reads the first `wanted` (whole blocks) of `count` values. */
export const readDoubles = (reader: ByteReader, into: Float64Array, { count, wanted }: { readonly count: number; readonly wanted: number }): void => {
  if (count > LIMIT) throw new RangeError('chunk is longer than any can be');
  const form = reader.byte();
  if (form === ORDERED) for (let from = 0; from < wanted; from += BLOCK) readOrdered(reader, from, Math.min(BLOCK, count - from));
  else if (form === SPLIT) readSplit(reader, count, wanted);
  else throw new RangeError('chunk values have no known form');
  into.set(doubles.subarray(0, wanted));
};

/** Least and largest of a block as two words each. */
const spanOf = (from: number, size: number) => {
  let [least, most] = [from, from];
  for (let index = from + 1; index < from + size; index += 1) {
    if (high[index]! < high[least]! || (high[index] === high[least] && low[index]! < low[least]!)) least = index;
    if (high[index]! > high[most]! || (high[index] === high[most] && low[index]! > low[most]!)) most = index;
  }
  const [leastHigh, leastLow] = [high[least]!, low[least]!];
  const borrow = low[most]! < leastLow ? 1 : 0;
  const spanHigh = (high[most]! - leastHigh - borrow) >>> 0;
  const spanLow = (low[most]! - leastLow) >>> 0;
  return { leastHigh, leastLow, highWidth: widthOf(spanHigh), lowWidth: spanHigh === 0 ? widthOf(spanLow) : 32 };
};

const orderedBits = (count: number) => {
  let bits = 0;
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    const { highWidth, lowWidth } = spanOf(from, size);
    bits += 80 + size * (highWidth + lowWidth);
  }
  return bits;
};

const writeOrdered = (writer: ByteWriter, from: number, size: number) => {
  const { leastHigh, leastLow, highWidth, lowWidth } = spanOf(from, size);
  writer.byte(highWidth);
  writer.byte(lowWidth);
  for (const word of [leastHigh, leastLow]) for (let shift = 0; shift < 32; shift += 8) writer.byte((word >>> shift) & 0xff);
  for (let index = 0; index < size; index += 1) {
    const borrow = low[from + index]! < leastLow ? 1 : 0;
    packedLow[index] = low[from + index]! - leastLow;
    packedHigh[index] = high[from + index]! - leastHigh - borrow;
  }
  writer.pack(packedHigh, size, highWidth);
  writer.pack(packedLow, size, lowWidth);
};

const readOrdered = (reader: ByteReader, from: number, size: number) => {
  const [highWidth, lowWidth] = [reader.byte(), reader.byte()];
  if (highWidth > 32 || lowWidth > 32) throw new RangeError('chunk block has no known form');
  const [leastHigh, leastLow] = [readWord(reader), readWord(reader)];
  reader.unpack(packedHigh, size, highWidth);
  reader.unpack(packedLow, size, lowWidth);
  for (let index = 0; index < size; index += 1) {
    const sum = leastLow + packedLow[index]!;
    const carry = sum > 0xffffffff ? 1 : 0;
    const ordered = (leastHigh + packedHigh[index]! + carry) | 0;
    words[(from + index) * 2] = ordered < 0 ? ~sum : sum;
    words[(from + index) * 2 + 1] = ordered < 0 ? ordered ^ 0x7fffffff : ordered;
  }
};

const readWord = (reader: ByteReader) => {
  let word = 0;
  for (let shift = 0; shift < 32; shift += 8) word |= reader.byte() << shift;
  return word >>> 0;
};

/** Signs and exponents that occur, or null when they are too many to pay. */
const listExponents = (count: number): readonly number[] | null => {
  const seen = new Set<number>();
  for (let index = 0; index < count; index += 1) {
    seen.add(words[index * 2 + 1]! >>> 20);
    if (seen.size > 64) return null;
  }
  return [...seen];
};

const writeSplit = (writer: ByteWriter, exponents: readonly number[], count: number) => {
  const place = new Map(exponents.map((exponent, index) => [exponent, index]));
  const width = widthOf(exponents.length - 1);
  writer.byte(exponents.length);
  for (const exponent of exponents) writer.varint(exponent);
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    for (let index = 0; index < size; index += 1) packedHigh[index] = place.get(words[(from + index) * 2 + 1]! >>> 20)!;
    writer.pack(packedHigh, size, width);
    for (let index = 0; index < size; index += 1) packedHigh[index] = words[(from + index) * 2 + 1]! & 0xfffff;
    writer.pack(packedHigh, size, 20);
    for (let index = 0; index < size; index += 1) packedLow[index] = words[(from + index) * 2]!;
    writer.pack(packedLow, size, 32);
  }
};

const readSplit = (reader: ByteReader, count: number, wanted: number) => {
  const exponents = Array.from({ length: reader.byte() }, () => reader.varint());
  const width = widthOf(exponents.length - 1);
  for (let from = 0; from < wanted; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    reader.unpack(packedLow, size, width);
    reader.unpack(packedHigh, size, 20);
    for (let index = 0; index < size; index += 1) words[(from + index) * 2 + 1] = ((exponents[packedLow[index]!] ?? 0) << 20) | packedHigh[index]!;
    reader.unpack(packedLow, size, 32);
    for (let index = 0; index < size; index += 1) words[(from + index) * 2] = packedLow[index]!;
  }
};

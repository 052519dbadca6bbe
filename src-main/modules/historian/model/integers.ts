import { widthOf, type ByteReader, type ByteWriter } from './bytes.ts';

/**
 * A column of integers in blocks of 128, each in the smallest of three forms: `frame` (distance from the block's least),
 * `delta` (distance of steps from the least step) and `sparse` (only the steps that are not zero). One byte of head
 * a block: form << 6 | width. Distances beyond 32 bits go sparse.
 */
export const BLOCK = 128;
const FRAME = 0;
const DELTA = 1;
const SPARSE = 2;

const packed = new Uint32Array(BLOCK);
const steps = new Float64Array(BLOCK);

export const writeIntegers = (writer: ByteWriter, values: Float64Array, count: number): void => {
  let before = 0;
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    let [low, high, lowStep, highStep] = [values[from]!, values[from]!, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let [moves, moveBytes, last] = [0, 0, before];
    for (let index = 0; index < size; index += 1) {
      const value = values[from + index]!;
      const step = value - last;
      last = value;
      steps[index] = step;
      if (value < low) low = value;
      else if (value > high) high = value;
      if (step < lowStep) lowStep = step;
      if (step > highStep) highStep = step;
      if (step !== 0) {
        moves += 1;
        moveBytes += 1 + varintSize(Math.abs(step) * 2);
      }
    }
    const frameWidth = spanWidth(high - low);
    const deltaWidth = spanWidth(highStep - lowStep);
    const frameBytes = (size * frameWidth) / 8 + varintSize(Math.abs(low - before) * 2);
    const deltaBytes = (size * deltaWidth) / 8 + varintSize(Math.abs(lowStep) * 2);
    if (moveBytes + 1 < Math.min(frameBytes, deltaBytes)) writeSparse(writer, size, moves);
    else if (frameBytes <= deltaBytes) {
      writer.byte((FRAME << 6) | frameWidth);
      writer.zigzag(low - before);
      for (let index = 0; index < size; index += 1) packed[index] = values[from + index]! - low;
      writer.pack(packed, size, frameWidth);
    } else {
      writer.byte((DELTA << 6) | deltaWidth);
      writer.zigzag(lowStep);
      for (let index = 0; index < size; index += 1) packed[index] = steps[index]! - lowStep;
      writer.pack(packed, size, deltaWidth);
    }
    before = last;
  }
};

const writeSparse = (writer: ByteWriter, size: number, moves: number) => {
  writer.byte(SPARSE << 6);
  writer.varint(moves);
  let gap = 0;
  for (let index = 0; index < size; index += 1) {
    const step = steps[index]!;
    if (step === 0) {
      gap += 1;
      continue;
    }
    writer.varint(gap);
    writer.zigzag(step);
    gap = 0;
  }
};

export const readIntegers = (reader: ByteReader, into: Float64Array, count: number): void => {
  let before = 0;
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    const head = reader.byte();
    const [form, width] = [head >> 6, head & 63];
    if (form === SPARSE) before = readSparse(reader, into, { from, size, before });
    else {
      if (width > 32 || form > SPARSE) throw new RangeError('chunk block has no known form');
      const base = reader.zigzag();
      reader.unpack(packed, size, width);
      if (form === FRAME) {
        const low = before + base;
        for (let index = 0; index < size; index += 1) into[from + index] = low + packed[index]!;
        before = into[from + size - 1]!;
      } else {
        for (let index = 0; index < size; index += 1) {
          before += base + packed[index]!;
          into[from + index] = before;
        }
      }
    }
  }
};

const readSparse = (reader: ByteReader, into: Float64Array, { from, size, before }: { readonly from: number; readonly size: number; readonly before: number }): number => {
  let [value, at] = [before, from];
  for (let moves = reader.varint(); moves > 0; moves -= 1) {
    const next = at + reader.varint();
    if (next >= from + size) throw new RangeError('chunk block is longer than it says');
    for (; at < next; at += 1) into[at] = value;
    value += reader.zigzag();
    into[at] = value;
    at += 1;
  }
  for (; at < from + size; at += 1) into[at] = value;
  return value;
};

/** Infinity (so never chosen) where a span does not fit 32 bits. */
const spanWidth = (span: number) => (span < 4_294_967_296 ? widthOf(span) : Number.POSITIVE_INFINITY);
const varintSize = (value: number) => (value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : value < 268_435_456 ? 4 : 8);

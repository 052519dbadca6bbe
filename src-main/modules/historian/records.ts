import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * The form in which samples wait on disk, in the worker's log and in the station's spill alike. A file begins with the tag ids that its numbers mean. A record is
 * `ANLR`, count, CRC-32, kind, then the columns; a torn or foreign record ends the reading of its file.
 */
export type LogBatch = { readonly tag: Uint32Array; readonly at: Float64Array; readonly value: Float64Array; readonly quality: Uint8Array };

const MAGIC = 0x524c4e41;
const HEAD = 16;
const NAMES = 1;
const SAMPLES = 2;
export const BYTES_PER_SAMPLE = 21;
const RECORD_LIMIT = 1 << 28;

/** Makes records in one buffer that is used again: each is good until the next is made. */
export const createRecords = () => {
  let record = new Uint8Array(1 << 16);
  const reserve = (length: number) => {
    if (record.length < HEAD + length) record = new Uint8Array((HEAD + length) * 2);
  };
  const finish = (kind: number, count: number, length: number): Uint8Array => {
    const head = new DataView(record.buffer);
    head.setUint32(0, MAGIC, true);
    head.setUint32(4, count, true);
    head.setUint32(8, crc32(record.subarray(HEAD, HEAD + length)), true);
    head.setUint32(12, kind, true);
    return record.subarray(0, HEAD + length);
  };
  return {
    names(ids: readonly string[]): Uint8Array {
      const bytes = Buffer.from(JSON.stringify(ids));
      reserve(bytes.length);
      record.set(bytes, HEAD);
      return finish(NAMES, bytes.length, bytes.length);
    },
    samples({ tag, at, value, quality }: LogBatch): Uint8Array {
      const count = tag.length;
      reserve(count * BYTES_PER_SAMPLE);
      new Float64Array(record.buffer, HEAD, count).set(at);
      new Float64Array(record.buffer, HEAD + count * 8, count).set(value);
      new Uint32Array(record.buffer, HEAD + count * 16, count).set(tag);
      record.set(quality, HEAD + count * 20);
      return finish(SAMPLES, count, count * BYTES_PER_SAMPLE);
    },
  };
};

/** Reads one file in order and gives the bytes that were whole records. `names` are the tag ids that the batch's numbers stand for. Throws what the disk says. */
export const readRecords = (file: string, onBatch: (batch: LogBatch, names: readonly string[]) => void): number => {
  const fd = openSync(file, 'r');
  const head = new Uint8Array(HEAD);
  const headView = new DataView(head.buffer);
  let [position, names]: [number, readonly string[]] = [0, []];
  try {
    for (;;) {
      if (readSync(fd, head, 0, HEAD, position) < HEAD || headView.getUint32(0, true) !== MAGIC) return position;
      const [count, crc, kind] = [headView.getUint32(4, true), headView.getUint32(8, true), headView.getUint32(12, true)];
      const length = kind === SAMPLES ? count * BYTES_PER_SAMPLE : count;
      if (length > RECORD_LIMIT) return position;
      const body = new Uint8Array(length);
      if (readSync(fd, body, 0, length, position + HEAD) < length || crc32(body) !== crc) return position;
      position += HEAD + length;
      if (kind === NAMES) names = JSON.parse(new TextDecoder().decode(body)) as string[];
      else onBatch({ at: new Float64Array(body.buffer, 0, count), value: new Float64Array(body.buffer, count * 8, count), tag: new Uint32Array(body.buffer, count * 16, count), quality: body.subarray(count * 20) }, names);
    }
  } finally {
    closeSync(fd);
  }
};

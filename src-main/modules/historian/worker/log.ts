import { closeSync, fdatasync, fdatasyncSync, openSync, readdirSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Disposable } from '../../../../src-shared/kernel/index.ts';

/**
 * The append log: what has come since the last checkpoint, in order of arrival. One file after another, each beginning with
 * the tag ids that its numbers mean. A record is `ANLR`, count, CRC-32, kind, then the columns; a torn or foreign record
 * ends the reading of its file.
 */
export type SampleLog = Disposable & {
  /** Writes one batch; when this returns, a killed process loses nothing of it. Throws what the disk says. */
  append(batch: LogBatch): void;
  /** When this resolves, a power cut loses nothing of what was appended before. */
  sync(): Promise<void>;
  /** Begins a new file and gives its number; throws what the disk says, and the old file stays in use then. */
  rotate(): number;
  dropBefore(sequence: number): void;
  readonly size: number;
  /** Number of the file in use. */
  readonly sequence: number;
};
export type LogBatch = { readonly tag: Uint32Array; readonly at: Float64Array; readonly value: Float64Array; readonly quality: Uint8Array };

const MAGIC = 0x524c4e41;
const HEAD = 16;
const NAMES = 1;
const SAMPLES = 2;
const BYTES_PER_SAMPLE = 21;
const RECORD_LIMIT = 1 << 28;

const fileOf = (folder: string, sequence: number) => join(folder, `log-${String(sequence).padStart(8, '0')}.bin`);
const sequencesIn = (folder: string) =>
  readdirSync(folder)
    .flatMap((name) => /^log-(\d{8})\.bin$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);

/** Opens a new file after all that are there. `names` are the tag ids, by the index that batches carry. */
export const openLog = (folder: string, names: readonly string[]): SampleLog => {
  const nameBytes = Buffer.from(JSON.stringify(names));
  let record = new Uint8Array(1 << 16);
  let [fd, position, sequence, dirty] = [-1, 0, (sequencesIn(folder).at(-1) ?? 0), false];
  let syncing = Promise.resolve();
  const write = (kind: number, count: number, length: number) => {
    const head = new DataView(record.buffer);
    head.setUint32(0, MAGIC, true);
    head.setUint32(4, count, true);
    head.setUint32(8, crc32(record.subarray(HEAD, HEAD + length)), true);
    head.setUint32(12, kind, true);
    const end = HEAD + length;
    for (let done = 0; done < end; ) done += writeSync(fd, record, done, end - done, position + done);
    position += end;
    dirty = true;
  };
  const reserve = (length: number) => {
    if (record.length < HEAD + length) record = new Uint8Array((HEAD + length) * 2);
  };
  const rotate = () => {
    if (fd >= 0) fdatasyncSync(fd);
    const next = openSync(fileOf(folder, sequence + 1), 'w');
    const before = { fd, position };
    [fd, position] = [next, 0];
    try {
      reserve(nameBytes.length);
      record.set(nameBytes, HEAD);
      write(NAMES, nameBytes.length, nameBytes.length);
    } catch (error) {
      closeSync(next);
      ({ fd, position } = before);
      throw error;
    }
    if (before.fd >= 0) closeSync(before.fd);
    sequence += 1;
    return sequence;
  };
  rotate();
  return {
    append({ tag, at, value, quality }) {
      const count = tag.length;
      reserve(count * BYTES_PER_SAMPLE);
      new Float64Array(record.buffer, HEAD, count).set(at);
      new Float64Array(record.buffer, HEAD + count * 8, count).set(value);
      new Uint32Array(record.buffer, HEAD + count * 16, count).set(tag);
      record.set(quality, HEAD + count * 20);
      write(SAMPLES, count, count * BYTES_PER_SAMPLE);
    },
    sync() {
      if (!dirty) return syncing;
      dirty = false;
      syncing = new Promise((resolve, reject) => {
        fdatasync(fd, (error) => {
          if (error === null) return resolve();
          dirty = true;
          reject(error);
        });
      });
      return syncing;
    },
    rotate,
    dropBefore(first) {
      for (const old of sequencesIn(folder)) if (old < first) rmSync(fileOf(folder, old));
    },
    get size() {
      return position;
    },
    get sequence() {
      return sequence;
    },
    [Symbol.dispose]: () => closeSync(fd),
  };
};

/** Reads all files from number `first` on, in order. `names` are the tag ids that the batch's numbers stand for. Gives how many bytes at the ends could not be read. */
export const replayLog = (folder: string, first: number, onBatch: (batch: LogBatch, names: readonly string[]) => void): number => {
  let torn = 0;
  for (const sequence of sequencesIn(folder)) {
    if (sequence < first) continue;
    const file = fileOf(folder, sequence);
    torn += statSync(file).size - readLogFile(file, onBatch);
  }
  return torn;
};

/** Gives the bytes that were read as whole records. */
const readLogFile = (file: string, onBatch: (batch: LogBatch, names: readonly string[]) => void): number => {
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

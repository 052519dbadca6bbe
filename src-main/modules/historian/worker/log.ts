import { closeSync, fdatasync, fdatasyncSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Disposable } from '../../../../src-shared/kernel/index.ts';
import { createRecords, readRecords, type LogBatch } from '../records.ts';

/** The append log: what has come since the last checkpoint, in order of arrival, one file of records after another. */
export type SampleLog = Disposable & {
  /** Writes one batch; when this returns, a killed process loses nothing of it. `names` where its numbers mean other tags than the log's own. Throws what the disk says. */
  append(batch: LogBatch, names?: readonly string[]): void;
  /** When this resolves, a power cut loses nothing of what was appended before. */
  sync(): Promise<void>;
  /** Begins a new file and gives its number; throws what the disk says, and the old file stays in use then. */
  rotate(): number;
  dropBefore(sequence: number): void;
  readonly size: number;
  /** Number of the file in use. */
  readonly sequence: number;
};

const fileOf = (folder: string, sequence: number) => join(folder, `log-${String(sequence).padStart(8, '0')}.bin`);
const sequencesIn = (folder: string) =>
  readdirSync(folder)
    .flatMap((name) => /^log-(\d{8})\.bin$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);

/** Opens a new file after all that are there. `names` are the tag ids, by the index that batches carry. */
export const openLog = (folder: string, names: readonly string[]): SampleLog => {
  const records = createRecords();
  let [fd, position, sequence, dirty] = [-1, 0, sequencesIn(folder).at(-1) ?? 0, false];
  /** The names that stand last in the file. */
  let written: readonly string[] = [];
  let syncing = Promise.resolve();
  const write = (record: Uint8Array) => {
    for (let done = 0; done < record.length; ) done += writeSync(fd, record, done, record.length - done, position + done);
    position += record.length;
    dirty = true;
  };
  const writeNames = (ids: readonly string[]) => {
    write(records.names(ids));
    written = ids;
  };
  const rotate = () => {
    if (fd >= 0) fdatasyncSync(fd);
    const next = openSync(fileOf(folder, sequence + 1), 'w');
    const before = { fd, position };
    [fd, position] = [next, 0];
    try {
      writeNames(names);
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
    append(batch, of = names) {
      if (of !== written) writeNames(of);
      write(records.samples(batch));
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
    torn += statSync(file).size - readRecords(file, onBatch);
  }
  return torn;
};

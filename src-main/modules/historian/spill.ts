import { closeSync, fdatasync as fdatasyncWithCallback, mkdirSync, openSync, readdirSync, rmSync, statSync, write as writeWithCallback, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock, Disposable } from '../../../src-shared/kernel/index.ts';
import { BYTES_PER_SAMPLE, createRecords } from './records.ts';
import type { AppendMessage } from './messages.ts';

/** A batch on its way into history: since when (monotonic, ms), and which life of the worker it has been posted to last. */
export type Waiting = { readonly message: AppendMessage; readonly since: number; readonly postedTo: number };
/** A file holds only batches that one life of the worker has been sent, or none (`NEVER`); `last` is the running number of its last batch. */
export type SpillFile = { readonly file: string; readonly bytes: number; readonly samples: number; readonly since: number; readonly postedTo: number; readonly last: number };
/** Posted to no life of the worker. */
export const NEVER = 0;

/**
 * What the worker does not take for the moment, in order, on disk: files of records that the worker takes in later. It is written from the thread pool, so that a
 * disk that stands still does not hold the station. Within the bound the newest is kept: the oldest file gives way, and is counted.
 */
export type Spill = Disposable & {
  /** Takes batches: on disk, against a power cut too, a fifth of a second later unless the disk refuses or is slow. */
  put(batches: readonly Waiting[]): void;
  /** The files that are closed, oldest first. */
  readonly files: readonly SpillFile[];
  /** Ends the file in use, if there is one. What is put from now on waits in memory until `resume`. */
  close(): Promise<void>;
  /** Gives what is not on disk, and forgets it. */
  takeRest(): readonly Waiting[];
  /** Goes on writing after `close`. */
  resume(): void;
  /** The worker has this file: it is deleted. */
  remove(file: SpillFile): void;
  /** The file that the worker reads now and that must not give way; null: none. */
  inUse: SpillFile | null;
  /** The disk has refused a moment ago: better keep everything in memory. */
  readonly isRefused: boolean;
  /** Samples in memory, samples and bytes on disk. */
  held(): { readonly queued: number; readonly samples: number; readonly bytes: number };
  /** Since when the oldest waits, monotonic ms; null: nothing waits. */
  since(): number | null;
};

type Dependencies = {
  readonly folder: string;
  readonly names: readonly string[];
  readonly limitBytes: number;
  readonly clock: Clock;
  /** The oldest file had to give way: so many samples are lost. */
  readonly onLost: (samples: number) => void;
  /** The disk refuses (the reason) or takes again (null). */
  readonly onDisk: (reason: string | null) => void;
};

/** Samples that may wait in memory while the disk is slow: 8 M are 168 MB. */
export const QUEUE_LIMIT = 8_000_000;
/** Batches are gathered for this long before they are written. */
const GATHER_MS = 100;
const RETRY_MS = 2_000;
/** Three million samples: the worker takes them in within about a second. */
const FILE_LIMIT = 64 << 20;

const writeTo = promisify(writeWithCallback);
const fdatasync = promisify(fdatasyncWithCallback);

export const createSpill = ({ folder, names, limitBytes, clock, onLost, onDisk }: Dependencies): Spill => {
  const records = createRecords();
  const fileLimit = Math.min(FILE_LIMIT, limitBytes / 8);
  const files = leftIn(folder, clock.monotonic());
  let [number, queued, refusedAt, isEnded, isPaused] = [numberOf(files.at(-1)?.file ?? ''), 0, Number.NEGATIVE_INFINITY, false, false];
  let queue: Waiting[] = [];
  let open: (SpillFile & { readonly fd: number }) | null = null;
  let soon: Disposable | null = null;
  let writing: Promise<void> | null = null;
  let inUse: SpillFile | null = null;

  const bytesHeld = () => files.reduce((sum, { bytes }) => sum + bytes, open?.bytes ?? 0);
  const begin = ({ since, postedTo }: Pick<Waiting, 'since' | 'postedTo'>): SpillFile & { readonly fd: number } => {
    number += 1;
    const file = join(folder, `spill-${String(number).padStart(8, '0')}.bin`);
    return { file, fd: openSync(file, 'w'), bytes: 0, samples: 0, since, postedTo, last: 0 };
  };
  const end = async (): Promise<void> => {
    if (open === null) return;
    const { fd, ...closed } = open;
    await fdatasync(fd);
    open = null;
    closeSync(fd);
    files.push(closed);
  };
  /** Makes room by giving up the oldest file; false when there is none to give up. */
  const makeRoom = (bytes: number): boolean => {
    while (bytesHeld() + bytes > limitBytes) {
      const oldest = files.find((file) => file !== inUse);
      if (oldest === undefined) return false;
      remove(oldest);
      onLost(oldest.samples);
    }
    return true;
  };
  const remove = (file: SpillFile): void => {
    rmSync(file.file, { force: true });
    const place = files.indexOf(file);
    if (place >= 0) files.splice(place, 1);
  };
  const add = async (record: Uint8Array, samples: number, last: number): Promise<void> => {
    const into = open!;
    for (let done = 0; done < record.length; ) done += (await writeTo(into.fd, record, done, record.length - done, into.bytes + done)).bytesWritten;
    open = { ...into, bytes: into.bytes + record.length, samples: into.samples + samples, last };
  };
  const drop = () => {
    queued -= queue.shift()!.message.batch.tag.length;
  };
  const writeAll = async (): Promise<void> => {
    for (let first = queue[0]; first !== undefined && !isPaused && !isEnded; first = queue[0]) {
      const count = first.message.batch.tag.length;
      if (open !== null && (open.bytes >= fileLimit || open.postedTo !== first.postedTo)) await end();
      if (!makeRoom(count * BYTES_PER_SAMPLE)) {
        drop();
        onLost(count);
        continue;
      }
      if (open === null) {
        open = begin(first);
        await add(records.names(names), 0, 0);
      }
      await add(records.samples(first.message.batch), count, first.message.sequence);
      // `takeRest` may have emptied the queue meanwhile: then this batch is on its way twice, and stored once.
      if (queue[0] === first) drop();
    }
    if (open !== null) await fdatasync(open.fd);
  };
  /** A file that the disk refused half of keeps its whole records, and is not written to again. */
  const giveUp = (reason: string) => {
    refusedAt = clock.monotonic();
    if (open !== null) {
      const { fd, ...closed } = open;
      open = null;
      closeSync(fd);
      if (closed.samples > 0) files.push(closed);
      else remove(closed);
    }
    onDisk(reason);
  };
  const flush = (): Promise<void> => {
    writing ??= writeAll()
      .then(() => {
        if (refusedAt === Number.NEGATIVE_INFINITY) return;
        refusedAt = Number.NEGATIVE_INFINITY;
        onDisk(null);
      })
      .catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        writing = null;
        if (isEnded && open !== null) closeSync(open.fd);
      });
    return writing;
  };
  /** At the end there is no waiting for the thread pool. What it is writing at this moment is written twice, and stored once. */
  const writeRest = () => {
    const last = createRecords();
    const { fd } = begin({ since: 0, postedTo: NEVER });
    const write = (record: Uint8Array) => {
      for (let done = 0; done < record.length; ) done += writeSync(fd, record, done);
    };
    try {
      write(last.names(names));
      for (const { message } of queue) write(last.samples(message.batch));
    } catch (error) {
      onDisk(String(error));
    } finally {
      closeSync(fd);
    }
  };
  const isRefused = () => clock.monotonic() - refusedAt < RETRY_MS;
  const gather = () => {
    if (isPaused || isEnded || isRefused()) return;
    soon ??= clock.after(GATHER_MS, () => {
      soon = null;
      if (isPaused) return;
      void flush().then(() => {
        if (queue.length > 0) gather();
      });
    });
  };

  return {
    put(batches) {
      for (const waiting of batches) {
        queue.push(waiting);
        queued += waiting.message.batch.tag.length;
      }
      for (let first = queue[0]; queued > QUEUE_LIMIT && first !== undefined; first = queue[0]) {
        drop();
        onLost(first.message.batch.tag.length);
      }
      gather();
    },
    files,
    async close() {
      isPaused = true;
      await writing;
      await end();
    },
    takeRest() {
      const rest = queue;
      [queue, queued] = [[], 0];
      return rest;
    },
    resume() {
      isPaused = false;
      gather();
    },
    remove,
    get inUse() {
      return inUse;
    },
    set inUse(file) {
      inUse = file;
    },
    get isRefused() {
      return isRefused();
    },
    held: () => ({ queued, samples: files.reduce((sum, { samples }) => sum + samples, open?.samples ?? 0), bytes: bytesHeld() }),
    since: () => files[0]?.since ?? open?.since ?? queue[0]?.since ?? null,
    [Symbol.dispose]() {
      isEnded = true;
      soon?.[Symbol.dispose]();
      if (queue.length > 0 && !isRefused()) writeRest();
      if (writing === null && open !== null) closeSync(open.fd);
    },
  };
};

const numberOf = (file: string): number => Number(/spill-(\d{8})\.bin$/.exec(file)?.[1] ?? 0);

/** What a station that was killed has left; nothing where the folder cannot be had, which the worker tells. How many samples a file holds is known to within its records' heads. */
const leftIn = (folder: string, since: number): SpillFile[] =>
  namesIn(folder)
    .filter((name) => numberOf(name) > 0)
    .toSorted()
    .map((name) => {
      const file = join(folder, name);
      const bytes = statSync(file).size;
      return { file, bytes, samples: Math.floor(bytes / BYTES_PER_SAMPLE), since, postedTo: NEVER, last: 0 };
    });

const namesIn = (folder: string): readonly string[] => {
  try {
    mkdirSync(folder, { recursive: true });
    return readdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return [];
  }
};

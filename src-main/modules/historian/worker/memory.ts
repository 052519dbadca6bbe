import { CHUNK_LIMIT, encodeChunk, decodeChunk, chunkCount, type Columns } from '../model/chunk.ts';
import { createByteReader, createByteWriter } from '../model/bytes.ts';
import { createSeries, insertSample, type GrowingSeries } from '../model/series.ts';
import { summarize } from '../model/summary.ts';
import type { Chunk } from './store.ts';

/** Sealed chunks that no checkpoint has taken yet may hold this many bytes; beyond it the oldest are given up. */
const PENDING_LIMIT = 192 << 20;
/** Late samples that may wait for a checkpoint. */
const LATE_LIMIT = 4_000_000;
/** Tails go into the database in parts of about this size. */
const PART_BYTES = 4 << 20;

/**
 * What the database does not hold yet, by lasting tag number: the unfinished end of every tag (`tail`), sealed chunks that wait
 * for the next checkpoint, and late samples that belong before a sealed chunk's end.
 */
export type Memory = {
  /** Takes one sample; false when it is known already or had to be given up. */
  insert(tag: number, at: number, value: number, quality: number): boolean;
  readonly tails: readonly GrowingSeries[];
  readonly pending: ReadonlySet<Chunk>;
  pendingOf(tag: number): readonly Chunk[];
  lateOf(tag: number): GrowingSeries | undefined;
  readonly lateTags: readonly number[];
  readonly lateCount: number;
  /** Samples given up since the start because the disk would not take them. */
  readonly lost: number;
  /** Puts chunks in place of late samples and of pending chunks that they were merged with. */
  replaceLate(tag: number, merged: { readonly add: readonly Chunk[]; readonly removePending: readonly Chunk[] }): void;
  /** A checkpoint has taken all pending chunks. */
  clearPending(): void;
  /** End of the tag's last sealed chunk; −∞ before any. */
  endOf(tag: number): number;
  setEnd(tag: number, until: number): void;
  encodeTails(): readonly Uint8Array[];
  restoreTails(parts: readonly Uint8Array[]): void;
};

export const createMemory = (): Memory => {
  const tails: GrowingSeries[] = [];
  const ends: number[] = [];
  const pending = new Set<Chunk>();
  const byTag = new Map<number, Chunk[]>();
  const late = new Map<number, GrowingSeries>();
  let [lateCount, pendingBytes, lost] = [0, 0, 0];

  const addPending = (chunk: Chunk) => {
    pending.add(chunk);
    pendingBytes += chunk.data.length;
    const own = byTag.get(chunk.tag);
    if (own === undefined) byTag.set(chunk.tag, [chunk]);
    else own.push(chunk);
  };
  const dropPending = (chunk: Chunk) => {
    pending.delete(chunk);
    pendingBytes -= chunk.data.length;
    byTag.set(chunk.tag, byTag.get(chunk.tag)?.filter((other) => other !== chunk) ?? []);
  };
  const tailOf = (tag: number): GrowingSeries => {
    for (let next = tails.length; next <= tag; next += 1) {
      tails.push(createSeries());
      ends.push(Number.NEGATIVE_INFINITY);
    }
    return tails[tag]!;
  };
  const seal = (tag: number, tail: GrowingSeries) => {
    addPending(toChunk(tag, tail, [0, tail.length]));
    ends[tag] = tail.at[tail.length - 1]!;
    tail.length = 0;
    for (const oldest of pending) {
      if (pendingBytes <= PENDING_LIMIT) break;
      lost += oldest.count;
      dropPending(oldest);
    }
  };
  const insertLate = (tag: number, sample: readonly [number, number, number]): boolean => {
    let series = late.get(tag);
    if (series === undefined) late.set(tag, (series = createSeries()));
    if (lateCount >= LATE_LIMIT) {
      lost += 1;
      return false;
    }
    const isNew = insertSample(series, ...sample);
    if (isNew) lateCount += 1;
    return isNew;
  };

  return {
    tails,
    pending,
    insert(tag, at, value, quality) {
      const tail = tails[tag] ?? tailOf(tag);
      if (at <= ends[tag]!) return insertLate(tag, [at, value, quality]);
      if (!insertSample(tail, at, value, quality)) return false;
      if (tail.length === CHUNK_LIMIT) seal(tag, tail);
      return true;
    },
    pendingOf: (tag) => byTag.get(tag) ?? [],
    lateOf: (tag) => late.get(tag),
    get lateTags() {
      return [...late.keys()];
    },
    get lateCount() {
      return lateCount;
    },
    get lost() {
      return lost;
    },
    replaceLate(tag, { add, removePending }) {
      removePending.forEach(dropPending);
      add.forEach(addPending);
      lateCount -= late.get(tag)?.length ?? 0;
      late.delete(tag);
    },
    clearPending() {
      pending.clear();
      byTag.clear();
      pendingBytes = 0;
    },
    endOf: (tag) => ends[tag] ?? Number.NEGATIVE_INFINITY,
    setEnd(tag, until) {
      tailOf(tag);
      ends[tag] = until;
    },
    encodeTails() {
      const parts: Uint8Array[] = [];
      const writer = createByteWriter();
      for (const [tag, tail] of tails.entries()) {
        if (tail.length === 0) continue;
        const bytes = encodeChunk(tail, tail.length);
        writer.varint(tag);
        writer.varint(bytes.length);
        writer.bytes(bytes);
        if (writer.length > PART_BYTES) parts.push(writer.take());
      }
      if (writer.length > 0) parts.push(writer.take());
      return parts;
    },
    restoreTails(parts) {
      for (const part of parts) {
        const reader = createByteReader(part);
        while (reader.offset < part.length) {
          const tail = tailOf(reader.varint());
          const bytes = reader.bytes(reader.varint());
          const decoded = createSeries(Math.max(32, chunkCount(bytes)));
          decoded.length = decodeChunk(bytes, decoded);
          Object.assign(tail, decoded);
        }
      }
    },
  };
};

/** Rows of columns as a sealed chunk; at most `CHUNK_LIMIT` of them. */
export const toChunk = (tag: number, columns: Columns, [from, to]: readonly [number, number]): Chunk => {
  const rows = { at: columns.at.subarray(from, to), value: columns.value.subarray(from, to), quality: columns.quality.subarray(from, to) };
  return { id: null, step: 0, tag, since: columns.at[from]!, until: columns.at[to - 1]!, count: to - from, ...summarize(columns, [from, to]), data: encodeChunk(rows, to - from) };
};

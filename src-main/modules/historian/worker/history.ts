import { mkdirSync, statSync } from 'node:fs';
import { disposable, MINUTE, text, type Clock, type Disposable } from '../../../../src-shared/kernel/index.ts';
import { CHUNK_LIMIT, decodeChunk, type Columns } from '../model/chunk.ts';
import { createSeries, insertRows } from '../model/series.ts';
import { decodeHours, meansOf } from '../model/hourly.ts';
import { createBuckets, type Buckets } from '../model/summary.ts';
import { firstAfter, firstFrom } from '../model/times.ts';
import type { ExtentOutput, HistorianSetup, HistoryFault, SamplesInput, SamplesOutput, TrendInput, TrendOutput } from '../messages.ts';
import { readRecords, type LogBatch } from '../records.ts';
import { createLastValues } from './lastValues.ts';
import { mergeLate } from './late.ts';
import { openLog, replayLog } from './log.ts';
import { createMemory } from './memory.ts';
import { openChunkStore, type Chunk, type ChunkHead } from './store.ts';
import { thinTag } from './thin.ts';

/**
 * The history of all tags in one folder. Samples go to the log and to memory at once; a checkpoint moves memory into the
 * database and begins a new log, all in one transaction, so that what a start finds is the database plus the replayed log.
 */
export type History = Disposable & {
  /** `batch.tag` is the plant model's index. Never throws: what the disk refuses stays in memory, within a bound. */
  append(batch: LogBatch): void;
  /** Takes in a file of records that the station could not hand over as they came, all before this returns; resolves when they are safe against a power cut. Rejects while the disk takes nothing. */
  takeIn(file: string): Promise<void>;
  /** All that was appended before is safe against a power cut. Rejects while the disk takes nothing. */
  sync(): Promise<void>;
  /** Moves memory into the database. Gives false when the disk refused; it is tried again by itself. */
  checkpoint(): boolean;
  trend(input: TrendInput): TrendOutput;
  samples(input: SamplesInput): SamplesOutput;
  /** The last sample of every tag that has one. */
  last(): LogBatch;
  extent(): ExtentOutput;
};

/** A log of this size is replayed in a few seconds. */
const LOG_LIMIT = 256 << 20;
const LATE_LIMIT = 500_000;
const CHECKPOINT_MS = 10 * MINUTE;
const SYNC_MS = 250;
const RETRY_MS = 2_000;
/** Tags looked at after each checkpoint: 5,000 tags take three hours, and a checkpoint stays short. */
const TAGS_AT_ONCE = 300;

type Dependencies = { readonly setup: HistorianSetup; readonly clock: Clock; readonly report: (fault: HistoryFault) => void; readonly mended: (code: string) => void };

export const openHistory = ({ setup, clock, report, mended }: Dependencies): History => {
  const { folder } = setup;
  mkdirSync(folder, { recursive: true });
  const store = openChunkStore(folder, clock.now(), (name) => report({ ...CORRUPT, detail: name }));
  const numbers = Uint32Array.from(store.idsOf(setup.tags));
  /** Up to here a tag is kept only hour by hour: what comes for that time now comes too late. By lasting number. */
  const hourlyUntil = new Float64Array(numbers.reduce((most, number) => Math.max(most, number), 0) + 1).fill(Number.NEGATIVE_INFINITY);
  for (const [number, until] of store.hourlyEnds()) if (number < hourlyUntil.length) hourlyUntil[number] = until;
  const memory = createMemory();
  const lastValues = createLastValues(setup.tags.length);
  const superseded = new Set<number>();
  const scratch = createSeries(CHUNK_LIMIT);
  let [isBroken, isLogBroken, lostTold, checkpointAt, tooOld, thinned] = [false, false, 0, clock.monotonic(), 0, 0];

  const fail = (code: string, error: unknown) => report({ code, severity: 'error', ...DISK_WORDS, detail: error instanceof Error ? error.message : String(error) });
  /** The database broke while open: it is moved aside and this worker ends, to start again on a new one and the log. */
  const startAnew = (error: unknown) => {
    const name = store.moveAside(clock.now());
    report({ ...CORRUPT, detail: name });
    queueMicrotask(() => {
      throw error;
    });
  };

  /** `known`: the lasting number of each of the batch's tags; `places`: where they stand in the plant model, -1 for those that have left it. */
  const ingest = ({ tag, at, value, quality }: LogBatch, known: ArrayLike<number>, places: ArrayLike<number> | null) => {
    for (let row = 0; row < tag.length; row += 1) {
      const index = tag[row]!;
      const moment = Math.round(at[row]!);
      const number = known[index];
      if (number === undefined || !Number.isSafeInteger(moment)) continue;
      if (moment <= hourlyUntil[number]!) {
        tooOld += 1;
        continue;
      }
      memory.insert(number, moment, value[row]!, quality[row]!);
      const place = places === null ? index : places[index]!;
      if (place >= 0) lastValues.see(place, moment, value[row]!, quality[row]!);
    }
  };

  const writeLog = (batch: LogBatch, names?: readonly string[]) => {
    if (isLogBroken) return;
    try {
      log.append(batch, names);
    } catch (error) {
      // From here on memory alone has them; the next checkpoint that succeeds writes all of it.
      isLogBroken = true;
      isBroken = true;
      fail('disk', error);
    }
  };

  const settleLate = (tag: number): void => {
    const late = memory.lateOf(tag);
    if (late === undefined) return;
    const { add, replace } = mergeLate({ tag, late, known: chunksOf(tag, late.at[0]!, late.at[late.length - 1]!), decoded: scratch, decode });
    for (const { id } of replace) if (id !== null) superseded.add(id);
    memory.replaceLate(tag, { add, removePending: replace.filter((chunk): chunk is Chunk => chunk.id === null) });
  };

  const checkpoint = (): boolean => {
    checkpointAt = clock.monotonic();
    try {
      memory.lateTags.forEach(settleLate);
      // While the database refuses, the log goes on in one file: what is replayed twice is stored once.
      const logFrom = isBroken && !isLogBroken ? log.sequence : log.rotate();
      store.commit({ add: memory.pending, remove: superseded, tails: memory.encodeTails(), logFrom });
      memory.clearPending();
      superseded.clear();
      log.dropBefore(logFrom);
    } catch (error) {
      isBroken = true;
      fail('disk', error);
      if (isCorrupt(error)) startAnew(error);
      return false;
    }
    if (isBroken) mended('disk');
    isBroken = false;
    isLogBroken = false;
    thin();
    return true;
  };

  /** Thins some tags after each checkpoint, one after the other: nothing waits in memory then that a chunk could be merged with. */
  const thin = () => {
    for (let turn = 0; turn < Math.min(TAGS_AT_ONCE, numbers.length); turn += 1) {
      thinned = (thinned + 1) % numbers.length;
      const number = numbers[thinned]!;
      const until = thinTag({ tag: number, now: clock.now(), keep: setup.keep, store, decode: (chunk) => ({ count: decode(chunk), columns: scratch }) });
      if (until !== null) hourlyUntil[number] = until;
    }
  };

  /** Chunks that touch [from, to], in order, of each tag that has any. */
  const chunksOfAll = (tags: readonly number[], from: number, to: number): ReadonlyMap<number, readonly (Chunk | ChunkHead)[]> => {
    const chunks = new Map<number, (Chunk | ChunkHead)[]>();
    const put = (chunk: Chunk | ChunkHead) => {
      const own = chunks.get(chunk.tag);
      if (own === undefined) chunks.set(chunk.tag, [chunk]);
      else own.push(chunk);
    };
    const sealed = tags.filter((tag) => memory.endOf(tag) >= from && memory.endOf(tag) > Number.NEGATIVE_INFINITY);
    if (sealed.length > 0) for (const head of store.heads(sealed, from, to)) if (!superseded.has(head.id)) put(head);
    for (const tag of sealed) {
      const waiting = memory.pendingOf(tag).filter(({ since, until }) => since <= to && until >= from);
      if (waiting.length === 0) continue;
      waiting.forEach(put);
      chunks.get(tag)!.sort((a, b) => a.since - b.since || a.until - b.until);
    }
    return chunks;
  };
  const chunksOf = (tag: number, from: number, to: number): readonly (Chunk | ChunkHead)[] => chunksOfAll([tag], from, to).get(tag) ?? [];
  const dataOf = (chunk: Chunk | ChunkHead): Uint8Array => ('data' in chunk ? chunk.data : store.data(chunk.id));

  /** Decodes one chunk into the shared scratch columns; a broken one is told and counts as empty. */
  const decode = (chunk: Chunk | ChunkHead, until?: number): number => {
    try {
      if (chunk.step === 0) return decodeChunk(dataOf(chunk), scratch, until);
      const means = meansOf(decodeHours(dataOf(chunk)));
      scratch.length = 0;
      insertRows(scratch, means, [0, means.at.length]);
      return scratch.length;
    } catch (error) {
      tellBroken(chunk, error);
      return 0;
    }
  };
  const tellBroken = (chunk: Chunk | ChunkHead, error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    report({ code: 'chunk', severity: 'error', text: text('一段历史数据损坏,无法读取', 'A piece of history is corrupt and cannot be read'), detail: `${setup.tags[numbers.indexOf(chunk.tag)]} ${new Date(chunk.since).toISOString()}: ${error.message}` });
  };

  const addHours = (filled: Buckets, chunk: Chunk | ChunkHead) => {
    try {
      const { hours, summaries } = decodeHours(dataOf(chunk));
      for (const [place, summary] of summaries.entries()) {
        const bucket = filled.of(Math.max(hours[place]!, chunk.since));
        if (bucket >= 0) filled.addSummary(bucket, summary);
      }
    } catch (error) {
      tellBroken(chunk, error);
    }
  };

  const tellTorn = (bytes: number) => {
    if (bytes > 0) report({ code: 'torn', severity: 'info', text: text('上次异常退出,日志末尾不完整的记录已忽略', 'The last run ended abruptly: an unfinished record at the end of the log was left out'), detail: `${bytes} bytes` });
  };

  /** What the database and the logs held when this worker started. */
  const restore = () => {
    for (const [number, { until }] of store.ends()) memory.setEnd(number, until);
    memory.restoreTails(store.tails());
    let [names, known]: [readonly string[], readonly number[]] = [[], []];
    const torn = replayLog(folder, store.logFrom, (batch, batchNames) => {
      if (batchNames !== names) [names, known] = [batchNames, store.idsOf(batchNames)];
      for (let row = 0; row < batch.tag.length; row += 1) {
        const number = known[batch.tag[row]!];
        const moment = Math.round(batch.at[row]!);
        if (number !== undefined && Number.isSafeInteger(moment) && !(moment <= hourlyUntil[number]!)) memory.insert(number, moment, batch.value[row]!, batch.quality[row]!);
      }
    });
    tellTorn(torn);
    for (const [index, number] of numbers.entries()) {
      const tail = memory.tails[number];
      if (tail !== undefined && tail.length > 0) lastValues.seeLastOf(index, tail, tail.length);
      else {
        const final = chunksOf(number, memory.endOf(number), Number.MAX_SAFE_INTEGER).at(-1);
        if (final !== undefined) lastValues.seeLastOf(index, scratch, decode(final));
      }
    }
  };
  restore();
  const log = openLog(folder, setup.tags);

  const watch = clock.every(SYNC_MS, () => {
    if (memory.lost > lostTold) {
      report({ code: 'lost', severity: 'error', text: text('磁盘长时间不可写,部分历史数据已丢失', 'The disk could not be written for so long that history was lost'), detail: `${memory.lost} samples` });
      lostTold = memory.lost;
    }
    const waited = clock.monotonic() - checkpointAt;
    const isDue = isBroken ? waited >= RETRY_MS : log.size >= LOG_LIMIT || memory.lateCount >= LATE_LIMIT || waited >= CHECKPOINT_MS;
    if (isDue) checkpoint();
    log.sync().catch((error: unknown) => {
      isBroken = true;
      fail('disk', error);
    });
  });

  return {
    append(batch) {
      ingest(batch, numbers, null);
      writeLog(batch);
    },
    async takeIn(file) {
      // Before anything is read: what is refused here comes again as a whole.
      if (isBroken) throw new Error('the history disk takes nothing');
      const placeOf = new Map([...numbers.entries()].map(([place, number]) => [number, place]));
      let [names, known, places]: [readonly string[], readonly number[], readonly number[]] = [[], [], []];
      const read = readRecords(file, (batch, batchNames) => {
        if (batchNames !== names) {
          [names, known] = [batchNames, store.idsOf(batchNames)];
          places = known.map((number) => placeOf.get(number) ?? -1);
        }
        ingest(batch, known, places);
        writeLog(batch, batchNames);
      });
      tellTorn(statSync(file).size - read);
      if (isLogBroken) throw new Error('the history disk takes nothing');
      await log.sync();
    },
    sync: () => (isBroken ? Promise.reject(new Error('the history disk takes nothing')) : log.sync()),
    checkpoint,
    trend({ tags, from, to, buckets }) {
      const chunks = chunksOfAll([...new Set(tags.flatMap((index) => numbers[index] ?? []))], from, to);
      return tags.map((index) => {
        const filled = createBuckets({ from, to, buckets });
        const number = numbers[index];
        if (number === undefined) return filled.finish();
        for (const chunk of chunks.get(number) ?? []) {
          const bucket = filled.of(chunk.since);
          if (bucket >= 0 && bucket === filled.of(chunk.until)) filled.addSummary(bucket, chunk);
          else if (chunk.step > 0) addHours(filled, chunk);
          else filled.addSamples(scratch, decode(chunk, to));
        }
        for (const series of [memory.lateOf(number), memory.tails[number]]) if (series !== undefined) filled.addSamples(series, series.length);
        return filled.finish();
      });
    },
    samples({ tag, from, to, limit }) {
      const number = numbers[tag];
      if (number === undefined) return { at: new Float64Array(0), value: new Float64Array(0), quality: new Uint8Array(0) };
      const parts: Columns[] = [];
      let count = 0;
      const take = (columns: Columns, length: number) => {
        const [start, end] = [firstFrom(columns.at, length, from), firstAfter(columns.at, length, to)];
        parts.push({ at: columns.at.slice(start, end), value: columns.value.slice(start, end), quality: columns.quality.slice(start, end) });
        count += end - start;
      };
      const tail = memory.tails[number];
      if (tail !== undefined) take(tail, tail.length);
      for (const chunk of chunksOf(number, from, to).toReversed()) {
        if (count >= limit) break;
        take(scratch, decode(chunk));
      }
      const all = createSeries(Math.max(1, count));
      for (const part of parts.toReversed()) insertRows(all, part, [0, part.at.length]);
      const late = memory.lateOf(number);
      if (late !== undefined) insertRows(all, late, [firstFrom(late.at, late.length, from), firstAfter(late.at, late.length, to)]);
      const start = Math.max(0, all.length - limit);
      return { at: all.at.slice(start, all.length), value: all.value.slice(start, all.length), quality: all.quality.slice(start, all.length) };
    },
    last: lastValues.all,
    extent: () => ({ ...store.extent(), logBytes: log.size, hourlyUntil: finite(hourlyUntil.reduce((most, until) => Math.max(most, until), Number.NEGATIVE_INFINITY)), tooOld, ...setup.keep }),
    ...disposable(() => {
      watch[Symbol.dispose]();
      log[Symbol.dispose]();
      store[Symbol.dispose]();
    }),
  };
};

const CORRUPT = { code: 'corrupt', severity: 'error', text: text('历史数据库损坏,已移开并新建', 'The history database was corrupt: it was moved aside and a new one begun') } as const;
const isCorrupt = (error: unknown) => error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));
const DISK_WORDS = { text: text('历史数据写盘失败,暂存内存并重试', 'History cannot be written to disk: kept in memory and tried again') };
const finite = (moment: number): number | null => (Number.isFinite(moment) ? moment : null);

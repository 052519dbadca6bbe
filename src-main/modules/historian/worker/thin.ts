import { DAY, HOUR } from '../../../../src-shared/kernel/index.ts';
import { CHUNK_LIMIT, type Columns } from '../model/chunk.ts';
import { createHourly, encodeHours, join } from '../model/hourly.ts';
import type { Chunk, ChunkHead, ChunkStore } from './store.ts';

/** How long history is kept, ms: every sample, and what is left of older ones hour by hour. */
export type Retention = { readonly rawMs: number; readonly hourlyMs: number };

/** Chunks of one tag that are thinned at a time: 1,024 samples each are decoded in about a fifth of a millisecond. */
const CHUNKS_AT_ONCE = 200;

/**
 * Thins one tag: its samples older than the site keeps become summaries by the hour, once a day of them has gathered, and hours that are older still go. Gives the
 * end of what is hourly now, or null when nothing was thinned. `decode` gives the samples of a chunk in shared columns; none when it is broken: then it stays.
 */
export const thinTag = ({ tag, now, keep, store, decode }: { readonly tag: number; readonly now: number; readonly keep: Retention; readonly store: ChunkStore; readonly decode: (chunk: ChunkHead) => { readonly columns: Columns; readonly count: number } }): number | null => {
  store.dropBefore(tag, now - keep.hourlyMs);
  const due = store.old(tag, now - keep.rawMs, CHUNKS_AT_ONCE);
  const [first, last] = [due[0], due.at(-1)];
  if (first === undefined || last === undefined || (last.until - first.since < DAY && due.length < CHUNKS_AT_ONCE)) return null;
  const hourly = createHourly();
  const remove: number[] = [];
  let count = 0;
  for (const chunk of due) {
    const decoded = decode(chunk);
    if (decoded.count === 0) break;
    hourly.add(decoded.columns, decoded.count);
    remove.push(chunk.id);
    count += decoded.count;
  }
  const until = due[remove.length - 1]?.until;
  if (until === undefined) return null;
  const hours = hourly.take();
  const add: Chunk[] = [];
  for (let from = 0; from < hours.hours.length; from += CHUNK_LIMIT) {
    const to = Math.min(from + CHUNK_LIMIT, hours.hours.length);
    const isLast = to === hours.hours.length;
    add.push({
      id: null, step: HOUR, tag, count: isLast ? count : 0, data: encodeHours(hours, [from, to]),
      since: from === 0 ? first.since : hours.hours[from]!, until: isLast ? until : hours.hours[to]! - 1,
      ...hours.summaries.slice(from, to).reduce(join),
    });
  }
  store.replace({ add, remove });
  return until;
};

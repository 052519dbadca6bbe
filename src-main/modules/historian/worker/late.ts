import { CHUNK_LIMIT } from '../model/chunk.ts';
import { createSeries, insertRows, type GrowingSeries } from '../model/series.ts';
import { firstFrom } from '../model/times.ts';
import { toChunk } from './memory.ts';
import type { Chunk, ChunkHead } from './store.ts';

/** What becomes of a tag's late samples: new chunks, and the ones that they replace. */
export type Merge = { readonly add: readonly Chunk[]; readonly replace: readonly (Chunk | ChunkHead)[] };

/**
 * Puts late samples where they belong: into the chunk that stands before or around them, or into chunks of their own where
 * there is none. `known` are the chunks that touch them, in order; `decode` fills `decoded` with one of them (0: it is broken, and stays).
 */
export const mergeLate = ({ tag, late, known, decoded, decode }: { readonly tag: number; readonly late: GrowingSeries; readonly known: readonly (Chunk | ChunkHead)[]; readonly decoded: GrowingSeries; readonly decode: (chunk: Chunk | ChunkHead) => number }): Merge => {
  const add: Chunk[] = [];
  const replace: (Chunk | ChunkHead)[] = [];
  let from = 0;
  const takeAlone = (to: number) => {
    if (to <= from) return;
    add.push(...cut(tag, late, [from, to]));
    from = to;
  };
  for (const [place, chunk] of known.entries()) {
    takeAlone(firstFrom(late.at, late.length, chunk.since));
    const next = known[place + 1];
    const to = next === undefined ? late.length : firstFrom(late.at, late.length, next.since);
    if (to <= from) continue;
    const before = decode(chunk);
    if (before === 0) {
      takeAlone(to);
      continue;
    }
    const merged = createSeries(CHUNK_LIMIT);
    insertRows(merged, decoded, [0, before]);
    insertRows(merged, late, [from, to]);
    from = to;
    if (merged.length === before) continue;
    add.push(...cut(tag, merged, [0, merged.length]));
    replace.push(chunk);
  }
  takeAlone(late.length);
  return { add, replace };
};

/** Cuts rows into chunks of even size. */
const cut = (tag: number, series: GrowingSeries, [from, to]: readonly [number, number]): readonly Chunk[] => {
  const pieces = Math.ceil((to - from) / CHUNK_LIMIT);
  const bound = (piece: number) => from + Math.floor(((to - from) * piece) / pieces);
  return Array.from({ length: pieces }, (_unused, piece) => toChunk(tag, series, [bound(piece), bound(piece + 1)]));
};

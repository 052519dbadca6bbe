import { HOUR, Quality } from '../../../../src-shared/kernel/index.ts';
import { createByteReader, createByteWriter } from './bytes.ts';
import { chunkCount, decodeChunk, encodeChunk, type Columns } from './chunk.ts';
import { createSeries } from './series.ts';
import { summarize, type Summary } from './summary.ts';

/** What is kept of samples that are older than the site keeps them: one summary for each hour that had any. `hours` are the starts of the hours, UTC ms, ascending. */
export type Hours = { readonly hours: readonly number[]; readonly summaries: readonly Summary[] };

/** Sums up samples hour by hour; they come in order of time, in any number of pieces. */
export const createHourly = (): { add(columns: Columns, count: number): void; take(): Hours } => {
  let [hours, summaries]: [number[], Summary[]] = [[], []];
  return {
    add(columns, count) {
      for (let row = 0; row < count; ) {
        const hour = Math.floor(columns.at[row]! / HOUR) * HOUR;
        let next = row + 1;
        while (next < count && columns.at[next]! < hour + HOUR) next += 1;
        const own = summarize(columns, [row, next]);
        const last = summaries.at(-1);
        if (last !== undefined && hours.at(-1) === hour) summaries[summaries.length - 1] = join(last, own);
        else {
          hours.push(hour);
          summaries.push(own);
        }
        row = next;
      }
    },
    take() {
      const taken = { hours, summaries };
      [hours, summaries] = [[], []];
      return taken;
    },
  };
};

/** The summary of two summaries; quality is the worse of both. */
export const join = (a: Summary, b: Summary): Summary => ({
  usable: a.usable + b.usable,
  low: least(a.low, b.low),
  high: -least(-a.high, -b.high),
  total: a.total + b.total,
  quality: summarize({ at: new Float64Array(2), value: new Float64Array(2), quality: Uint8Array.of(a.quality, b.quality) }, [0, 2]).quality,
});
const least = (a: number, b: number) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b));

/** Hours `from` to `to` (exclusive) as bytes: four columns, each encoded as a chunk is. */
export const encodeHours = ({ hours, summaries }: Hours, [from, to]: readonly [number, number]): Uint8Array<ArrayBuffer> => {
  const writer = createByteWriter();
  const at = Float64Array.from(hours.slice(from, to));
  const own = summaries.slice(from, to);
  const good = new Uint8Array(own.length);
  const columns: readonly (readonly [Float64Array, Uint8Array])[] = [
    [Float64Array.from(own, ({ usable }) => usable), Uint8Array.from(own, ({ quality }) => quality)],
    [Float64Array.from(own, ({ low }) => low), good],
    [Float64Array.from(own, ({ high }) => high), good],
    [Float64Array.from(own, ({ total }) => total), good],
  ];
  for (const [value, quality] of columns) {
    const bytes = encodeChunk({ at, value, quality }, at.length);
    writer.varint(bytes.length);
    writer.bytes(bytes);
  }
  return writer.take();
};

/** Throws RangeError when the bytes are not such hours. */
export const decodeHours = (bytes: Uint8Array): Hours => {
  const reader = createByteReader(bytes);
  const [usable, low, high, total] = Array.from({ length: 4 }, () => {
    const part = reader.bytes(reader.varint());
    const series = createSeries(chunkCount(part));
    series.length = decodeChunk(part, series);
    return series;
  });
  if (usable === undefined || low === undefined || high === undefined || total === undefined) throw new RangeError('hours have four columns');
  const rows = Array.from({ length: usable.length }, (_unused, row) => row);
  return {
    hours: rows.map((row) => usable.at[row]!),
    summaries: rows.map((row) => ({ usable: usable.value[row]!, low: low.value[row]!, high: high.value[row]!, total: total.value[row]!, quality: usable.quality[row]! })),
  };
};

/** Hours as samples: their means, each at the start of its hour and uncertain, since no sensor ever said it (IEC 62541-13: calculated). Hours without a usable sample are bad. */
export const meansOf = ({ hours, summaries }: Hours): Columns => ({
  at: Float64Array.from(hours),
  value: Float64Array.from(summaries, ({ usable, total }) => (usable === 0 ? Number.NaN : total / usable)),
  quality: Uint8Array.from(summaries, ({ usable }) => (usable === 0 ? Quality.bad : Quality.uncertain)),
});

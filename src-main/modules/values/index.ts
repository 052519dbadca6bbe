import { createEmitter, emptyBatch, Quality, type SampleBatch, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { createValuesHandlers, type LiveColumns, type ValuesHandlers } from './handlers.ts';

/** The last value of every tag: the one place that says what is true now, and since when nobody vouches for it. */
export type Values = {
  /**
   * Takes a batch and gives back the samples that are news, in order: later than the tag's last one, or the same moment with
   * another value or quality (a correction, or a stale value confirmed). Older ones are not live.
   */
  apply(batch: SampleBatch): SampleBatch;
  /** Marks tags as stale; value and source time stay. Gives back those that changed, so that alarms hear of it. */
  markStale(tags: Iterable<number>, at: UtcMs): SampleBatch;
  /** These tags come from another source from now on: whatever comes next is news, however old it is there. */
  expectAnew(tags: Iterable<number>): void;
  /** `seenAt`: when it arrived here. */
  last(tag: number): { readonly at: UtcMs; readonly value: number; readonly quality: number; readonly seenAt: UtcMs } | undefined;
  /** By tag index; `at` is NaN where nothing has come yet. Engines read them in place and never write. */
  readonly columns: ValueColumns;
  readonly handlers: ValuesHandlers;
  /** Tags that have a value which is stale. */
  staleCount(): number;
};
export type ValueColumns = { readonly at: Float64Array; readonly value: Float64Array; readonly quality: Uint8Array };

export const createValues = ({ plant }: { readonly plant: PlantModel }): Values => {
  const size = plant.tags.length;
  const at = new Float64Array(size).fill(Number.NaN);
  const value = new Float64Array(size).fill(Number.NaN);
  const quality = new Uint8Array(size).fill(Quality.stale);
  const seenAt = new Float64Array(size).fill(Number.NaN);
  const isAnew = new Uint8Array(size);
  const appended = createEmitter<LiveColumns>();
  const has = (tag: number) => tag < size && !Number.isNaN(at[tag]!);
  const announce = (batch: SampleBatch) => {
    if (batch.tag.length > 0 && appended.size > 0) appended.emit({ tag: Float64Array.from(batch.tag), at: batch.at, value: batch.value, quality: Float64Array.from(batch.quality) });
    return batch;
  };

  const isNews = (batch: SampleBatch, row: number) => {
    const tag = batch.tag[row]!;
    if (tag >= size) return false;
    if (isAnew[tag] === 1) return batch.quality[row] !== Quality.stale;
    const [sampleAt, sampleValue, sampleQuality, lastAt] = [batch.at[row]!, batch.value[row]!, batch.quality[row]!, at[tag]!];
    // A held time ahead of our clock comes from a clock that has since been set back: the order begins anew, or the tag would stand still until then.
    if (sampleAt !== lastAt) return Number.isNaN(lastAt) || sampleAt > lastAt || (lastAt > batch.seenAt && sampleAt <= batch.seenAt);
    return sampleQuality !== Quality.stale && (sampleQuality !== quality[tag] || !Object.is(sampleValue, value[tag]));
  };

  const snapshot = (): LiveColumns => {
    const tags = Float64Array.from({ length: size }, (_unused, tag) => tag).filter(has);
    return { tag: tags, at: tags.map((tag) => at[tag]!), value: tags.map((tag) => value[tag]!), quality: tags.map((tag) => quality[tag]!) };
  };

  return {
    apply(batch) {
      const { length } = batch.tag;
      const news = new Uint32Array(length);
      let count = 0;
      for (let row = 0; row < length; row += 1) {
        const tag = batch.tag[row]!;
        if (!isNews(batch, row)) continue;
        at[tag] = batch.at[row]!;
        value[tag] = batch.value[row]!;
        quality[tag] = batch.quality[row]!;
        seenAt[tag] = batch.seenAt;
        isAnew[tag] = 0;
        news[count] = row;
        count += 1;
      }
      return announce(count === length ? batch : pickRows(batch, news.subarray(0, count)));
    },
    markStale(tags, lostAt) {
      const changed = Uint32Array.from([...tags].filter((tag) => has(tag) && quality[tag] !== Quality.stale));
      if (changed.length === 0) return emptyBatch(lostAt);
      for (const tag of changed) quality[tag] = Quality.stale;
      return announce({ tag: changed, at: Float64Array.from(changed, (tag) => at[tag]!), value: Float64Array.from(changed, (tag) => value[tag]!), quality: new Uint8Array(changed.length).fill(Quality.stale), seenAt: lostAt });
    },
    expectAnew(tags) {
      for (const tag of tags) isAnew[tag] = 1;
    },
    last: (tag) => (has(tag) ? { at: at[tag]!, value: value[tag]!, quality: quality[tag]!, seenAt: seenAt[tag]! } : undefined),
    columns: { at, value, quality },
    handlers: createValuesHandlers(snapshot, appended.listen),
    staleCount() {
      let count = 0;
      for (let tag = 0; tag < size; tag += 1) if (quality[tag] === Quality.stale && has(tag)) count += 1;
      return count;
    },
  };
};

const pickRows = (batch: SampleBatch, rows: Uint32Array): SampleBatch => ({
  tag: rows.map((row) => batch.tag[row]!),
  at: Float64Array.from(rows, (row) => batch.at[row]!),
  value: Float64Array.from(rows, (row) => batch.value[row]!),
  quality: Uint8Array.from(rows, (row) => batch.quality[row]!),
  seenAt: batch.seenAt,
});

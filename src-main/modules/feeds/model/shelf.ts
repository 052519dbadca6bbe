/**
 * What each tag of a source said last, for sources that report changes only: when the link was lost and it is known that
 * nothing was missed, what was said before still holds and is said again, with its own time.
 */
export type Shelf = {
  /** `isShown`: the value went out as live; a retained one waits here until somebody vouches for it. `at` in UTC ms. */
  keep(tag: number, sample: { readonly at: number; readonly value: number; readonly quality: number; readonly isShown: boolean }): void;
  /** Nobody vouches for any of them any longer. */
  lose(): void;
  /** Hands out what was lost and has not been said anew since. */
  restore(take: (tag: number, at: number, value: number, quality: number) => void): void;
};

export const createShelf = (size: number): Shelf => {
  const at = new Float64Array(size).fill(Number.NaN);
  const value = new Float64Array(size);
  const quality = new Uint8Array(size);
  const isShown = new Uint8Array(size);
  return {
    keep(tag, sample) {
      // What a broker kept may be older than what the source has said meanwhile.
      if (sample.at < at[tag]!) return;
      at[tag] = sample.at;
      value[tag] = sample.value;
      quality[tag] = sample.quality;
      isShown[tag] = sample.isShown ? 1 : 0;
    },
    lose: () => void isShown.fill(0),
    restore(take) {
      for (let tag = 0; tag < size; tag += 1) {
        if (isShown[tag] === 1 || Number.isNaN(at[tag])) continue;
        isShown[tag] = 1;
        take(tag, at[tag]!, value[tag]!, quality[tag]!);
      }
    },
  };
};

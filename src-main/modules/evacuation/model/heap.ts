/** A binary heap of numbers by key, smallest first; ties in no particular order. Reused without allocation. */
export type Heap = { readonly size: number; readonly minimum: number; push(key: number, item: number): void; pop(): number; clear(): void };

export const createHeap = (initial = 1024): Heap => {
  let keys = new Float64Array(initial);
  let items = new Int32Array(initial);
  let size = 0;
  const grow = () => {
    const [largerKeys, largerItems] = [new Float64Array(2 * keys.length), new Int32Array(2 * items.length)];
    largerKeys.set(keys);
    largerItems.set(items);
    [keys, items] = [largerKeys, largerItems];
  };
  return {
    get size() {
      return size;
    },
    get minimum() {
      return size === 0 ? Infinity : keys[0]!;
    },
    push(key, item) {
      if (size === keys.length) grow();
      let i = size;
      size += 1;
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (keys[parent]! <= key) break;
        keys[i] = keys[parent]!;
        items[i] = items[parent]!;
        i = parent;
      }
      keys[i] = key;
      items[i] = item;
    },
    pop() {
      const top = items[0]!;
      size -= 1;
      const [key, item] = [keys[size]!, items[size]!];
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= size) break;
        if (child + 1 < size && keys[child + 1]! < keys[child]!) child += 1;
        if (keys[child]! >= key) break;
        keys[i] = keys[child]!;
        items[i] = items[child]!;
        i = child;
      }
      keys[i] = key;
      items[i] = item;
      return top;
    },
    clear() {
      size = 0;
    },
  };
};

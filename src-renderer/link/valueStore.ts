import { createEmitter, type Disposable } from '../../src-shared/kernel/index.ts';

/** One value for screens; undefined until the first one has come. */
export type ValueStore<T> = { get(): T | undefined; subscribe(listener: () => void): Disposable };
export type WritableValueStore<T> = { get(): T; subscribe(listener: () => void): Disposable; set(next: T): void };

export const createValueStore = <T>(initial: T): WritableValueStore<T> => {
  let current = initial;
  const changed = createEmitter<void>();
  return {
    get: () => current,
    subscribe: (listener) => changed.listen(listener),
    set(next) {
      if (Object.is(next, current)) return;
      current = next;
      changed.emit();
    },
  };
};

import { disposable, type Disposable } from './disposable.ts';

export type Listen<T> = (listener: (event: T) => void) => Disposable;
export type Emitter<T> = { readonly listen: Listen<T>; emit(event: T): void; readonly size: number };

/** Synchronous announcement to any number of listeners; events announce, calls do work. */
export const createEmitter = <T>(): Emitter<T> => {
  const listeners = new Set<(event: T) => void>();
  return {
    listen(listener) {
      const own = (event: T) => listener(event);
      listeners.add(own);
      return disposable(() => listeners.delete(own));
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
    get size() {
      return listeners.size;
    },
  };
};

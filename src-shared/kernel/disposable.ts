/** Whatever starts returns one of these; `using` works on it. */
export type Disposable = { [Symbol.dispose](): void };

export const disposable = (run: () => void): Disposable => {
  let done = false;
  return {
    [Symbol.dispose]() {
      if (done) return;
      done = true;
      run();
    },
  };
};

/** Owns several disposables and ends them in reverse order, each even when another throws. */
export const createScope = (): Scope => {
  const owned: Disposable[] = [];
  let ended = false;
  return {
    add(item) {
      if (ended) item[Symbol.dispose]();
      else owned.push(item);
      return item;
    },
    [Symbol.dispose]() {
      ended = true;
      const errors: unknown[] = [];
      for (const item of owned.splice(0).reverse()) {
        try {
          item[Symbol.dispose]();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'several disposals failed');
    },
  };
};

export type Scope = Disposable & { add<T extends Disposable>(item: T): T };

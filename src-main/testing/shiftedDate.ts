import { disposable, type Disposable } from '../../src-shared/kernel/index.ts';

/** Sets the clock (`Date`) of this thread off, for servers that run in it; worker threads keep theirs. */
export const shiftDate = (): Disposable & { by(ms: number): void; /** The right time. */ now(): number } => {
  const Right = globalThis.Date;
  let offset = 0;
  globalThis.Date = class extends Right {
    constructor(...given: readonly unknown[]) {
      if (given.length === 0) super(Right.now() + offset);
      else super(...(given as [number]));
    }
    static override now() {
      return Right.now() + offset;
    }
    static override [Symbol.hasInstance](value: unknown) {
      return value instanceof Right;
    }
  } as unknown as DateConstructor;
  return { by: (ms) => void (offset = ms), now: () => Right.now(), ...disposable(() => void (globalThis.Date = Right)) };
};

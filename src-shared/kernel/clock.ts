import type { Disposable } from './disposable.ts';

/** UTC milliseconds since 1970. */
export type UtcMs = number;

/** The only source of time outside platform/: real in a station, fake in tests, scaled in drills and replay. */
export type Clock = {
  /** Wall time, UTC ms. May step when the operating system's clock is set. */
  now(): UtcMs;
  /** Milliseconds that never step back; only differences mean something. */
  monotonic(): number;
  /** Calls once after `ms`. */
  after(ms: number, run: () => void): Disposable;
  /** Calls every `ms`, without drift. */
  every(ms: number, run: () => void): Disposable;
};

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

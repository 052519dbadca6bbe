import { expect, it } from 'vitest';
import { createServerClock, placeStamps, type NodeTime } from './serverTime.ts';
import { DEFAULT_BOUNDS } from './timeBounds.ts';

const NOW = Date.UTC(2026, 0, 2);
const HOUR = 3_600_000;
const place = (source: number, server: number, { skewMs = 0, node = { source: Number.NEGATIVE_INFINITY, isBehind: false }, isRead = false }: { readonly skewMs?: number; readonly node?: NodeTime; readonly isRead?: boolean } = {}) => placeStamps({ source, server }, { seenAt: NOW, skewMs, bounds: DEFAULT_BOUNDS, node, isRead });

it('takes a source at its word while its time is near, or old on right clocks', () => {
  expect(place(NOW - 5_000, NOW)).toEqual({ at: NOW - 5_000, isDoubtful: false });
  expect(place(NOW - 24 * HOUR, NOW)).toEqual({ at: NOW - 24 * HOUR, isDoubtful: false });
  expect(place(Number.NaN, NOW - 10)).toEqual({ at: NOW - 10, isDoubtful: false });
  expect(place(Number.NaN, Number.NaN).at).toBeNaN();
});

it('moves stamps by the skew of a server whose clock is wrong, never beyond now', () => {
  expect(place(NOW + HOUR - 200, NOW + HOUR, { skewMs: HOUR })).toEqual({ at: NOW - 200, isDoubtful: true });
  expect(place(NOW - HOUR - 200, NOW - HOUR, { skewMs: -HOUR })).toEqual({ at: NOW - 200, isDoubtful: true });
  expect(place(NOW + HOUR + 900, NOW + HOUR, { skewMs: HOUR })).toEqual({ at: NOW, isDoubtful: true });
  // A source that is right beside a server that is wrong stays as it is.
  expect(place(NOW - 50, NOW + HOUR, { skewMs: HOUR })).toEqual({ at: NOW - 50, isDoubtful: false });
});

it('takes the server’s time for a source that is ahead, or whose clock was set back, until it is right again', () => {
  expect(place(NOW + HOUR, NOW - 20)).toEqual({ at: NOW - 20, isDoubtful: true });
  const node: NodeTime = { source: NOW - 1_000, isBehind: false };
  expect(place(NOW - HOUR, NOW - 20, { node })).toEqual({ at: NOW - 20, isDoubtful: true });
  expect(place(NOW - HOUR + 500, NOW - HOUR + 500, { node })).toEqual({ at: NOW, isDoubtful: true });
  expect(place(NOW - 100, NOW, { node })).toEqual({ at: NOW - 100, isDoubtful: false });
  expect(node.isBehind).toBe(false);
  // What is read comes out of order: an older stamp there says nothing of the clock.
  expect(place(NOW - HOUR, NOW, { node, isRead: true })).toEqual({ at: NOW - HOUR, isDoubtful: false });
});

it('follows a server’s clock at once when it is set, either way, and when ours is', () => {
  const clock = createServerClock();
  expect(clock.sent(NOW - 40, { now: NOW, monotonic: 0 })).toBe(-40);
  expect(clock.sent(NOW + HOUR + 480, { now: NOW + 500, monotonic: 500 })).toBe(HOUR - 20);
  expect(clock.sent(NOW + 970, { now: NOW + 1_000, monotonic: 1_000 })).toBe(-30);
  // A late answer is no step back.
  expect(clock.sent(NOW + 1_100, { now: NOW + 3_000, monotonic: 3_000 })).toBe(-30);
  expect(clock.sent(NOW + 3_480, { now: NOW + 3_500 + HOUR, monotonic: 3_500 })).toBe(-HOUR - 20);
});

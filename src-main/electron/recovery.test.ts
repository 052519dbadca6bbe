import { expect, it } from 'vitest';
import { createFakeClock } from '../testing/fakeClock.ts';
import { createRecovery } from './recovery.ts';

const start = () => {
  const clock = createFakeClock();
  let revived = 0;
  const recovery = createRecovery(clock, () => (revived += 1));
  return { clock, recovery, revived: () => revived };
};

it('revives after half a second, then ever slower, at most every 30 s', () => {
  const { clock, recovery, revived } = start();
  const delays = Array.from({ length: 9 }, () => {
    const delay = recovery.failed() ?? 0;
    clock.advance(delay);
    return delay;
  });
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(revived()).toBe(9);
});

it('counts several reports of one death as one', () => {
  const { clock, recovery, revived } = start();
  expect(recovery.failed()).toBe(500);
  expect(recovery.failed()).toBeNull();
  clock.advance(60_000);
  expect(revived()).toBe(1);
});

it('starts over once the page has lived a minute', () => {
  const { clock, recovery } = start();
  clock.advance(recovery.failed() ?? 0);
  clock.advance(recovery.failed() ?? 0);
  clock.advance(60_001);
  expect(recovery.failed()).toBe(500);
});

it('revives nothing after its end', () => {
  const { clock, recovery, revived } = start();
  recovery.failed();
  recovery[Symbol.dispose]();
  clock.advance(60_000);
  expect(revived()).toBe(0);
});

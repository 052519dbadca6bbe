import { expect, it } from 'vitest';
import { createFakeClock } from '../../../testing/fakeClock.ts';
import { createSequence } from './sequence.ts';

const rig = (timeoutMs = 1_000) => {
  const clock = createFakeClock();
  const gaps: (readonly string[])[] = [];
  const sequence = createSequence<string>({ timeoutMs, clock, onGap: (items) => void gaps.push(items) });
  const offer = (seq: number, at = seq, size = 10) => sequence.offer({ seq, at, size, item: `m${seq}` });
  return { clock, gaps, sequence, offer };
};

it('counts round at 256 and holds across the turn', () => {
  const { sequence, offer, gaps, clock } = rig();
  sequence.restart(253, 0);
  expect(offer(254)).toEqual(['m254']);
  expect([offer(1), offer(0)]).toEqual([[], []]);
  expect(offer(255)).toEqual(['m255', 'm0', 'm1']);
  clock.advance(10_000);
  expect(gaps).toEqual([]);
});

it('gives up after the timeout, in order, and takes what comes later still without a second gap', () => {
  const { sequence, offer, gaps, clock } = rig();
  sequence.restart(0, 0);
  expect([offer(5), offer(3)]).toEqual([[], []]);
  clock.advance(999);
  expect(gaps).toEqual([]);
  clock.advance(1);
  expect(gaps).toEqual([['m3', 'm5']]);
  expect(offer(6)).toEqual(['m6']);
  expect([offer(2), offer(4)]).toEqual([['m2'], ['m4']]);
  expect(offer(4)).toBeNull();
  clock.advance(10_000);
  expect(gaps).toHaveLength(1);
});

it('knows a message that came before, whether handled or still waiting, and a new one of the same number', () => {
  const { sequence, offer } = rig();
  sequence.restart(0, 0);
  expect([offer(1), offer(1)]).toEqual([['m1'], null]);
  expect([offer(3), offer(3)]).toEqual([[], null]);
  for (let seq = 2; seq < 256; seq += 1) if (seq !== 3) offer(seq);
  expect(offer(0, 256)).toEqual(['m0']);
  expect(offer(1, 257)).toEqual(['m1']);
});

it('sorts what waits by a new birth: older first, what follows it after it', () => {
  const { sequence, offer, gaps, clock } = rig();
  sequence.restart(7, 100);
  expect([offer(15, 150), offer(1, 301), offer(2, 302)]).toEqual([[], [], []]);
  expect(sequence.drain(300)).toEqual(['m15']);
  expect(sequence.restart(0, 300)).toEqual(['m1', 'm2']);
  expect(offer(3, 303)).toEqual(['m3']);
  clock.advance(10_000);
  expect(gaps).toEqual([]);
});

it('waits for nothing when told so, or when too much would have to wait', () => {
  const impatient = rig(0);
  impatient.sequence.restart(0, 0);
  expect(impatient.offer(2)).toEqual([]);
  expect(impatient.gaps).toEqual([['m2']]);
  const { sequence, offer, gaps } = rig();
  sequence.restart(0, 0);
  offer(2, 2, 10 << 20);
  offer(3, 3, 10 << 20);
  expect(gaps).toEqual([['m2', 'm3']]);
});

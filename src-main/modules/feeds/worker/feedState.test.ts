import { expect, it } from 'vitest';
import { Quality, text } from '../../../../src-shared/kernel/index.ts';
import { MqttFeed } from '../../../../src-shared/plant/index.ts';
import { createFakeClock } from '../../../testing/fakeClock.ts';
import type { FeedsMessage } from '../messages.ts';
import { createFeedState } from './feedState.ts';
import { createOutbox } from './outbox.ts';

const rig = (rest: object = {}) => {
  const clock = createFakeClock();
  const posted: FeedsMessage[] = [];
  const outbox = createOutbox(clock, (message) => void posted.push(message));
  const feed = MqttFeed.parse({ id: 'f', kind: 'mqtt', url: 'mqtt://b', staleAfterS: 5, ...rest });
  const state = createFeedState({ feed, security: 'None', clock, outbox, tags: Uint32Array.of(0, 1), names: String });
  const take = (tag: number, value: number) => state.take.reported(tag, clock.now(), value, Quality.good);
  const losses = () => posted.flatMap((message) => (message.kind === 'loss' ? [message.loss.at - Date.UTC(2026, 0, 1)] : []));
  const pass = (ms: number) => {
    clock.advance(ms);
    state.tick();
  };
  return { state, take, losses, pass };
};
const LOST = text('断开', 'lost');

it.each<[string, (state: ReturnType<typeof rig>) => void]>([
  ['nothing follows', ({ pass }) => pass(5_001)],
  ['the link is lost', ({ state }) => state.linkDown(LOST)],
  ['the broker refuses', ({ state }) => state.refused(LOST)],
  ['the broker is silent', ({ state }) => state.unvouched(LOST)],
])('takes back what a resumed session delivered before the link counted as up, when %s', (_what, happen) => {
  const feed = rig();
  expect(feed.take(0, 1)).toBe(true);
  feed.state.linkUp();
  expect(feed.losses()).toEqual([]);
  happen(feed);
  expect(feed.losses()).toHaveLength(1);
  feed.state.linkDown(LOST);
  feed.state.linkUp();
  expect(feed.losses()).toHaveLength(1);
});

it('keeps a source that reports changes only live in silence, and one with a rhythm not', () => {
  const [rhythmic, byException] = [rig(), rig({ quiet: 'good-while-connected' })];
  for (const feed of [rhythmic, byException]) {
    feed.state.linkUp();
    feed.take(0, 1);
    feed.pass(600_000);
  }
  expect([rhythmic.state.row().state, byException.state.row().state]).toEqual(['stale', 'live']);
  expect([rhythmic.losses(), byException.losses()]).toEqual([[600_000], []]);
});

it('says since when tags are lost as far as the source can be believed', () => {
  const { state, losses, pass } = rig();
  const start = Date.UTC(2026, 0, 1);
  pass(100_000);
  for (const at of [start + 90_000, start + 110_000, start, undefined]) state.lose(Uint32Array.of(0), at);
  expect(losses()).toEqual([90_000, 100_000, 100_000, 100_000]);
});

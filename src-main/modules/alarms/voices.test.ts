import { expect, it } from 'vitest';
import type { VoiceReport } from '../../../src-shared/contract/index.ts';
import { SECOND } from '../../../src-shared/kernel/index.ts';
import type { AlarmPriority } from '../../../src-shared/plant/index.ts';
import { createFaults } from '../../platform/faults.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createVoices } from './voices.ts';

const start = (canPlay = true) => {
  const clock = createFakeClock();
  const faults = createFaults(clock);
  const played: number[] = [];
  const voices = createVoices({ clock, faults, player: { play: (priority) => (played.push(priority), Promise.resolve(canPlay)) } });
  /** Time passes; the station looks ten times a second and the client, if any, speaks once a second. */
  const pass = async (ms: number, wanted: AlarmPriority | null, speaks?: Partial<VoiceReport>) => {
    for (let passed = 0; passed < ms; passed += 100) {
      if (speaks !== undefined && passed % 1_000 === 0) voices.report({ client: 'c', kind: 'page', state: 'playing', priority: wanted, peak: 0.3, ...speaks });
      voices.follow(wanted);
      await Promise.resolve();
      clock.advance(100);
    }
    voices.follow(wanted);
    return voices.state.heard;
  };
  const fault = () => faults.table.get('alarms/NoAnnunciator')?.active ?? false;
  return { voices, pass, played, fault };
};

it('believes a client that confirms, and keeps the station quiet', async () => {
  const { pass, played, fault, voices } = start();
  expect(await pass(5 * SECOND, 2, { kind: 'annunciator' })).toBe('annunciator');
  expect(voices.state).toMatchObject({ hasOwnAnnunciator: true, demand: 1 });
  expect(await pass(5 * SECOND, 2, {})).toBe('page');
  expect([played, fault()]).toEqual([[], false]);
});

it('sounds itself after two seconds without an answer, says so, and stops when somebody answers or nothing sounds', async () => {
  const { pass, played, fault } = start();
  expect(await pass(1_900, 1)).toBe('waiting');
  expect(played).toEqual([]);
  expect(await pass(2_200, 1)).toBe('station');
  expect([played, fault()]).toEqual([[1, 1, 1], true]);
  expect(await pass(3_000, 1, {})).toBe('page');
  expect([played.length, fault()]).toEqual([3, false]);
  await pass(4_000, 1);
  expect(fault()).toBe(true);
  expect(await pass(100, null)).toBe('quiet');
  expect(fault()).toBe(false);
});

it('takes over within three seconds of the last confirmation of one that died', async () => {
  const { pass, played, voices } = start();
  await pass(10_000, 1, { kind: 'annunciator' });
  await pass(1_000, 1);
  expect([played, voices.state.hasOwnAnnunciator]).toEqual([[], false]);
  await pass(1_000, 1);
  expect(played).toEqual([1]);
});

it('believes neither a client that is blocked nor one that plays another priority, and admits that nobody is heard', async () => {
  const { pass, fault } = start(false);
  expect(await pass(4_000, 1, { state: 'blocked' })).toBe('nobody');
  expect(await pass(4_000, 1, { priority: 3 })).toBe('nobody');
  expect(fault()).toBe(true);
});

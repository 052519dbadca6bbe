import { expect, it } from 'vitest';
import { createFakeClock } from '../../../testing/fakeClock.ts';
import { temporaryFolder } from '../../../testing/temporary.ts';
import type { AppendMessage, HistorianMessage } from '../messages.ts';
import { serveHistory } from './serve.ts';

it('tells what is stored before it begins anything long: untold, the station would put it on disk a second time', () => {
  using folder = temporaryFolder();
  const told: HistorianMessage[] = [];
  const served = serveHistory({ setup: { folder: folder.path, tags: ['A'], keep: { rawMs: 1e12, hourlyMs: 1e12 } }, clock: createFakeClock(), post: (message) => told.push(message) });
  const append = (sequence: number) => served.onMessage({ kind: 'append', sequence, batch: { tag: Uint32Array.of(0), at: Float64Array.of(sequence), value: Float64Array.of(sequence), quality: Uint8Array.of(0), seenAt: sequence } } satisfies AppendMessage);
  append(1);
  append(2);
  expect(told).toEqual([]);
  served.checkpoint();
  served.checkpoint();
  expect(told).toEqual([{ kind: 'stored', sequence: 2 }]);
});

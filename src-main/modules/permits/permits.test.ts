import { expect, it } from 'vitest';
import { HOUR } from '../../../src-shared/kernel/index.ts';
import { buildPlant, buildRecords } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createRegistry } from '../registry/index.ts';
import { createPermits } from './index.ts';

const title = { zh: '作业', en: 'Work' };

it('moves permits from planned to active to ended, each once, in the zone of the equipment', () => {
  const clock = createFakeClock();
  const records = buildRecords({
    permits: [
      { id: 'W-1', kind: 'hot-work', level: 'special', title, zone: 'Z2', equipment: 'TK-101', from: '+1h', to: '+3h', people: ['P1'] },
      { id: 'W-2', kind: 'lifting', title, zone: 'Z1', from: '-1h', to: new Date(clock.now() + 2 * HOUR).toISOString() },
    ],
  });
  const permits = createPermits({ records, registry: createRegistry({ plant: buildPlant() }), clock });
  const states = () => permits.table.rows().map((row) => `${row.id} ${row.zone} ${row.state}`);
  expect(states()).toEqual(['W-1 Z1 planned', 'W-2 Z1 active']);
  const changes: number[] = [];
  permits.table.onDidChange((change) => changes.push(change.put.length));
  clock.advance(HOUR);
  permits.tick();
  permits.tick();
  expect(permits.activeIn('Z1').map((row) => row.id)).toEqual(['W-1', 'W-2']);
  clock.advance(2 * HOUR);
  permits.tick();
  expect(states()).toEqual(['W-1 Z1 ended', 'W-2 Z1 ended']);
  expect(changes).toEqual([1, 2]);
  expect(permits.activeIn('Z1')).toEqual([]);
});

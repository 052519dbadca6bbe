import { expect, it } from 'vitest';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { floodSentence, summariseFlood } from './floodSummary.ts';

const alarm = (id: string, priority: AlarmRow['priority'], state: AlarmRow['state']) => ({ id, priority, state, raisedAt: 0, message: { zh: `${id}高`, en: `${id} high` } }) as AlarmRow;
const words = { flood: '报警泛滥', priorities: ['紧急', '高', '中', '低'] } as const;

it('sums up what nobody has taken, the worst by name, and leaves out what there is none of', () => {
  const summary = summariseFlood([alarm('A', 2, 'unacknowledged'), alarm('B', 1, 'acknowledged'), alarm('C', 2, 'returned'), alarm('D', 4, 'unacknowledged'), alarm('E', 1, 'shelved')]);
  expect(summary.open).toEqual([0, 2, 0, 1]);
  expect(floodSentence(summary, words, 'zh')).toBe('报警泛滥，高 2，低 1，A高');
  expect(floodSentence({ open: [0, 0, 0, 0], worst: null }, words, 'en')).toBe('报警泛滥');
});

import { expect, it } from 'vitest';
import type { HazardRow } from '../../../src-shared/contract/index.ts';
import { hazardsInOrder, openHazards } from './model.ts';

it('puts the overdue first, then the major, then the nearest due', () => {
  const hazard = (id: string, rest: Partial<HazardRow>) => ({ id, grade: 'general', overdue: false, state: 'assigned', closedAt: null, reportedAt: 0, ...rest }) as HazardRow;
  const rows = [hazard('later', { due: 9 }), hazard('sooner', { due: 3 }), hazard('major', { grade: 'major', due: 8 }), hazard('overdue', { due: 1, overdue: true }), hazard('closed', { due: 1, state: 'closed' })];
  expect(hazardsInOrder(openHazards(rows)).map(({ id }) => id)).toEqual(['overdue', 'major', 'sooner', 'later']);
});

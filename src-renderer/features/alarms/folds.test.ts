import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { createTopology, foldAlarms, foldKeys, foldLines } from './folds.ts';

const item = (id: string, kind: PlantModel['equipment'][number]['kind'] = 'pump') => ({ id, unit: id.split('-')[0], kind }) as PlantModel['equipment'][number];
const topology = createTopology({
  equipment: [item('PS-TR', 'transformer'), item('PS-PN', 'panel'), item('A-P1'), item('A-P2'), item('A-PN', 'panel'), item('B-V1', 'sphere'), item('B-P2'), item('C-P1')],
  pipes: [{ id: 'p', from: 'A-P1', to: 'B-V1', substance: 'ammonia', diameter: 0.1, path: [[0, 0, 0], [1, 0, 0]] }],
});
const alarm = (equipment: string, seconds: number, { priority = 3, state = 'unacknowledged', kind = 'HI' }: Partial<Pick<AlarmRow, 'priority' | 'state' | 'kind'>> = {}) => ({ id: `${equipment}/${kind}`, equipment, kind, priority, state, raisedAt: seconds * 1_000 }) as AlarmRow;
const folded = (rows: readonly AlarmRow[]) => foldAlarms(rows, topology).map(({ first, consequences }) => [first.id, ...consequences.map(({ row, relation }) => `${row.id} ${relation}`)]);

describe('folding under the first cause', () => {
  it('follows onset and topology: equipment before unit before pipe', () => {
    expect(folded([alarm('B-V1', 4), alarm('A-P1', 1), alarm('A-P2', 3), alarm('A-P1', 2, { kind: 'RATE' }), alarm('B-P2', 5), alarm('C-P1', 6)])).toEqual([
      ['A-P1/HI', 'A-P1/RATE equipment', 'A-P2/HI unit', 'B-V1/HI pipe', 'B-P2/HI unit'],
      ['C-P1/HI'],
    ]);
  });

  it('joins the closest of two causes, not the earliest', () => {
    expect(folded([alarm('A-P1', 1), alarm('B-P2', 2), alarm('B-V1', 3)])).toEqual([['A-P1/HI'], ['B-P2/HI', 'B-V1/HI unit']]);
  });

  it('puts a failing supply before what it feeds, also in the same moment, but not for what comes much later', () => {
    expect(folded([alarm('C-P1', 1), alarm('PS-PN', 1, { kind: 'LO' }), alarm('PS-TR', 2), alarm('A-P1', 170), alarm('B-P2', 400)])).toEqual([['PS-PN/LO', 'C-P1/HI supply', 'PS-TR/HI unit', 'A-P1/HI supply'], ['B-P2/HI']]);
    expect(folded([alarm('A-PN', 1, { kind: 'LO' }), alarm('C-P1', 2)])).toHaveLength(2);
  });

  it('breaks a chain after ten quiet minutes and leaves alarms without equipment alone', () => {
    expect(folded([alarm('A-P1', 0), alarm('A-P2', 601), alarm('', 1, { kind: 'SYSTEM' }), alarm('', 2, { kind: 'BAD' })])).toHaveLength(4);
  });
});

describe('the lines of the view', () => {
  const rows = [alarm('C-P1', 0), alarm('A-P1', 1, { priority: 2 }), alarm('A-P2', 2, { priority: 1 }), alarm('B-V1', 3), alarm('B-P2', 4, { state: 'acknowledged' }), alarm('A-P2', 5, { kind: 'LO', priority: 4 })];
  const folds = foldAlarms(rows, topology);
  const shown = (...open: readonly string[]) => foldLines(folds, topology, (key) => open.includes(key)).map(({ key, kind, hidden, counts }) => [key, kind, hidden, counts.join(' ')]);

  it('count by priority what they hold and hide, and never hide an urgent alarm', () => {
    expect(shown()).toEqual([['A-P1/HI', 'cause', 3, '1 1 2 1'], ['A-P2/HI', 'alarm', 0, '1 0 0 0'], ['C-P1/HI', 'cause', 0, '0 0 1 0']]);
  });

  it('say beside the cause how it reached the unit, in the unit how it reached the machine', () => {
    const power = foldAlarms([alarm('PS-PN', 1), alarm('A-P1', 2), alarm('A-P1', 3, { kind: 'HIHI', priority: 1 }), alarm('B-P2', 4)], topology);
    const urgent = (open: boolean) => foldLines(power, topology, () => open).find(({ row, kind }) => kind === 'alarm' && row.id === 'A-P1/HIHI')?.relation;
    expect([urgent(false), urgent(true)]).toEqual(['supply', 'equipment']);
  });

  it('part an open fold by units in the order of onset, each closed at first', () => {
    expect(shown('A-P1/HI')).toEqual([
      ['A-P1/HI', 'cause', 0, '1 1 2 1'], ['A-P1/HI A', 'group', 1, '1 0 0 1'], ['A-P2/HI', 'alarm', 0, '1 0 0 0'], ['A-P1/HI B', 'group', 2, '0 0 2 0'], ['C-P1/HI', 'cause', 0, '0 0 1 0'],
    ]);
    expect(shown('A-P1/HI', 'A-P1/HI B').map(([key]) => key)).toEqual(['A-P1/HI', 'A-P1/HI A', 'A-P2/HI', 'A-P1/HI B', 'B-V1/HI', 'B-P2/HI', 'C-P1/HI']);
  });

  it('show every alarm exactly once where all is open, and need no second level for one unit', () => {
    const lines = foldLines(folds, topology, (key) => foldKeys(folds, topology).includes(key));
    expect(lines.filter(({ kind }) => kind !== 'group').map(({ row }) => row.id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    expect(lines.every(({ hidden }) => hidden === 0)).toBe(true);
    const one = foldAlarms([alarm('A-P1', 1), alarm('A-P2', 2)], topology);
    expect(foldLines(one, topology, () => true).map(({ kind }) => kind)).toEqual(['cause', 'alarm']);
  });
});

import { expect, test } from 'vitest';
import { buildPlant, buildRecords } from '../../testing/buildPlant.ts';
import { applyChanges, entitiesOf, inverse, type Model, type ModelChange } from './model/change.ts';

const model = (): Model => ({ plant: buildPlant(), records: buildRecords() });

test('ways and nodes of the walkways are added, changed, blocked and taken back', () => {
  const old = model();
  const edge = old.plant.walkways.edges[0]!;
  expect(entitiesOf(old, 'walk-edge').get(edge.id)).toEqual(edge);
  expect(entitiesOf(old, 'walk-node').size).toBe(old.plant.walkways.nodes.length);
  const changes: ModelChange[] = [
    { kind: 'walk-node', id: 'N-new', before: null, after: { id: 'N-new', position: [1, 2], kind: 'junction' } },
    { kind: 'walk-edge', id: edge.id, before: edge, after: { ...edge, width: 9, blocked: true } },
    { kind: 'walk-edge', id: 'W-new', before: null, after: { id: 'W-new', from: edge.from, to: 'N-new', width: 1, kind: 'door' } },
  ];
  const next = applyChanges(old, changes);
  expect(next.plant.walkways.edges.find(({ id }) => id === edge.id)).toMatchObject({ width: 9, blocked: true });
  expect(next.plant.walkways.nodes.at(-1)!.id).toBe('N-new');
  expect(applyChanges(next, inverse(changes)).plant.walkways).toEqual(old.plant.walkways);
});

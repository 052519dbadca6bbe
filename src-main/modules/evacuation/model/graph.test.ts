import { expect, test } from 'vitest';
import { buildWalkGraph } from './graph.ts';

test('nobody is led over a blocked way', () => {
  const node = (id: string, x: number) => ({ id, position: [x, 0] as [number, number], kind: 'junction' as const });
  const edge = (id: string, blocked: boolean) => ({ id, from: 'a', to: 'b', width: 2, kind: 'walkway' as const, blocked });
  const graph = buildWalkGraph({ walkways: { nodes: [node('a', 0), node('b', 10)], edges: [edge('shut', true), edge('open', false)] }, muster: [{ id: 'M', name: { zh: '集合点', en: 'Muster' }, node: 'b', capacity: 5 }] });
  expect(graph.edgeIds).toEqual(['open']);
  expect([...graph.length]).toEqual([10]);
});

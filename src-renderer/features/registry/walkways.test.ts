import { expect, it } from 'vitest';
import { draftOf, dropEdge, dropNode, editsBetween, freeId, newProblems, putEdge, putNode, walkProblems } from './walkways.ts';

const node = (id: string, x: number) => ({ id, position: [x, 0] as [number, number], kind: 'junction' as const });
const edge = (id: string, from: string, to: string) => ({ id, from, to, width: 2, kind: 'walkway' as const });
const muster = [{ id: 'M', name: { zh: '集合', en: 'Muster' }, node: 'a', capacity: 10 }];
const sound = draftOf({ nodes: [node('a', 0), node('b', 10), node('c', 20)], edges: [edge('ab', 'a', 'b'), edge('bc', 'b', 'c')] });

it('finds what would keep people from a muster point', () => {
  expect(walkProblems(sound, muster)).toEqual([]);
  expect(walkProblems(dropEdge(sound, 'bc'), muster)).toEqual([{ code: 'loose', id: 'c' }]);
  expect(walkProblems(putEdge(sound, { ...edge('bc', 'b', 'c'), blocked: true }), muster)).toEqual([{ code: 'cut', id: 'c' }]);
  expect(walkProblems(putEdge(sound, { ...edge('ab', 'a', 'b'), width: 0 }), muster)).toEqual([{ code: 'width', id: 'ab' }]);
  expect(walkProblems(putEdge(sound, edge('cc', 'c', 'c')), muster)).toEqual([{ code: 'loop', id: 'cc' }]);
  expect(walkProblems(dropNode(sound, 'a'), muster).map(({ code }) => code)).toEqual(['muster', 'cut', 'cut']);
});

it('does not blame a drawing for what was wrong before it', () => {
  const before = walkProblems(dropEdge(sound, 'bc'), muster);
  expect(newProblems(before, walkProblems(dropNode(dropEdge(sound, 'bc'), 'b'), muster))).toEqual([{ code: 'muster', id: 'M' }, { code: 'loose', id: 'a' }]);
  expect(newProblems(before, before)).toEqual([]);
});

it('says the edits in an order in which they can be read, and none when nothing changed', () => {
  expect(editsBetween(sound, draftOf({ nodes: [...sound.nodes.values()], edges: [...sound.edges.values()] }))).toEqual([]);
  const drawn = putEdge(putNode(dropNode(sound, 'c'), { ...node('d', 33.333), kind: 'junction' }), { ...edge('bd', 'b', 'd'), blocked: true });
  expect(editsBetween(sound, drawn).map(({ kind, id, fields }) => [kind, id, fields === null])).toEqual([['walk-edge', 'bc', true], ['walk-node', 'c', true], ['walk-node', 'd', false], ['walk-edge', 'bd', false]]);
  expect(editsBetween(sound, drawn)[2]!.fields).toMatchObject({ 'position.0': '33.33', kind: 'junction' });
  expect(editsBetween(sound, drawn)[3]!.fields).toMatchObject({ from: 'b', to: 'd', blocked: 'true' });
  expect(freeId(sound.nodes, 'N')).toBe('N-4');
});

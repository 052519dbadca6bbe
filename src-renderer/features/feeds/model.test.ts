import { expect, it } from 'vitest';
import { acceptSure, changesOf, commonName, fingerprintWords, mappingLines, sharedNodes, type Decisions } from './model.ts';

const candidate = (nodeId: string, score: number) => ({ nodeId, path: nodeId, score, reasons: [], unit: null, value: null });
const tags = ['A', 'B', 'C', 'D', 'E'].map((id) => ({ id, name: id, unit: '1' }));
const mapping = { revision: 1, at: null, actor: null, endpoint: null, yaml: '', entries: [{ tag: 'A', nodeId: 'n1', isOwn: false }, { tag: 'B', nodeId: 'n2', isOwn: true }] };
const guesses = [
  { tag: 'A', best: candidate('n1', 0.9), alternatives: [] },
  { tag: 'B', best: candidate('n9', 0.7), alternatives: [] },
  { tag: 'C', best: candidate('n3', 0.95), alternatives: [candidate('n4', 0.5)] },
  { tag: 'D', best: candidate('n5', 0.65), alternatives: [] },
];
const lines = (decisions: Decisions = new Map()) => mappingLines(tags, { mapping, guesses, decisions });

it('puts open questions first, the surest guess first among them', () => {
  expect(lines().map(({ tag, standing }) => `${tag.id} ${standing}`)).toEqual(['C to-decide', 'D to-decide', 'B differs', 'A mapped', 'E none']);
});

it('shows a decision until it is saved, and nothing to save where it changes nothing', () => {
  const decided = lines(new Map([['D', 'n5'], ['B', null], ['A', 'n1'], ['E', null]]));
  expect(decided.filter(({ standing }) => standing === 'decided').map(({ tag, next }) => [tag.id, next])).toEqual([['B', null], ['D', 'n5']].toSorted((a, b) => (a[0]! > b[0]! ? 1 : -1)));
  expect(changesOf(decided).toSorted((a, b) => (a.tag > b.tag ? 1 : -1))).toEqual([{ tag: 'B', nodeId: null }, { tag: 'D', nodeId: 'n5' }]);
});

it('accepts together only what is sure and open, and warns of a node given twice', () => {
  const sure = acceptSure(lines(), new Map());
  expect([...sure]).toEqual([['C', 'n3']]);
  expect([...sharedNodes(lines(new Map([['C', 'n2']])))]).toEqual(['n2']);
  expect(sharedNodes(lines(new Map([['C', 'n2'], ['B', null]]))).size).toBe(0);
});

it('words fingerprints and names as people compare them', () => {
  expect(fingerprintWords('0a1b')).toBe('0A 1B');
  expect(commonName('C=CN, CN=DCS-7, O=Maker')).toBe('DCS-7');
  expect(commonName('O=Maker')).toBe('O=Maker');
});

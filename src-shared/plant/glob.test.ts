import { expect, it } from 'vitest';
import { matchesGlob } from './glob.ts';

it.each([
  ['AR-*-101', 'AR-PT-101', true],
  ['AR-*-101', 'AR-101', false],
  ['*', '', true],
  ['a*a', 'a', false],
  ['a*b*c', 'aXbbYc', true],
  ['*ab*ab', 'ab-ab', true],
  ['*ab*ab', 'aab', false],
  ['A.1*', 'AX1', false],
  ['PT-101', 'PT-1010', false],
  [`${'*a'.repeat(32)}b`, 'a'.repeat(64), false],
])('%s against %s: %s', (pattern, word, fits) => {
  expect(matchesGlob(pattern, word)).toBe(fits);
});

import { expect, test } from 'vitest';
import { verify } from './verification.ts';

test('every check of the shipped engines passes, has a source, and is named once', () => {
  const all = verify();
  expect(all.filter(({ isPassed }) => !isPassed)).toEqual([]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.every(({ source, tolerance }) => source !== '' && tolerance > 0)).toBe(true);
});

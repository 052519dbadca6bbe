import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFlow } from './flow.ts';

const arcs = fc.array(fc.record({ from: fc.nat(7), to: fc.nat(7), capacity: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 30 });

test('is conserved, within capacity, and as large as a cut that separates the ends', () => {
  fc.assert(
    fc.property(arcs, (given) => {
      const flow = createFlow(8);
      const links = given.map((arc) => ({ ...arc, link: flow.add(arc.from, arc.to, arc.capacity) }));
      let units = 0;
      while (flow.augment(0, 7)) units += 1;
      for (const { link, capacity } of links) {
        expect(flow.on(link)).toBeGreaterThanOrEqual(0);
        expect(flow.on(link)).toBeLessThanOrEqual(capacity);
      }
      const balance = (vertex: number) => links.reduce((sum, { from, to, link }) => sum + (to === vertex ? flow.on(link) : 0) - (from === vertex ? flow.on(link) : 0), 0);
      for (let vertex = 1; vertex < 7; vertex += 1) expect(balance(vertex)).toBe(0);
      expect(balance(7)).toBe(units);
      const side = flow.reachable(0);
      expect(side.has(7)).toBe(false);
      expect(links.reduce((sum, { from, to, capacity }) => sum + (side.has(from) && !side.has(to) ? capacity : 0), 0)).toBe(units);
    }),
    { numRuns: 300, seed: 11 },
  );
});

test('undoes an earlier unit where another could not pass otherwise', () => {
  const flow = createFlow(4);
  // The shortest way first: 0–1–2–3 is blocked for a second unit unless the first leaves 1–2.
  for (const [from, to] of [[0, 1], [1, 2], [2, 3]] as const) flow.add(from, to, 1);
  expect(flow.augment(0, 3)).toBe(true);
  flow.add(0, 2, 1);
  flow.add(1, 3, 1);
  expect(flow.augment(0, 3)).toBe(true);
  expect(flow.augment(0, 3)).toBe(false);
});

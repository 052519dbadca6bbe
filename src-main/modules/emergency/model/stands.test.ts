import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseStands, FARTHEST, NEAREST } from './stands.ts';

const ring = (distance: number) => [0, 45, 90, 135, 180, 225, 270, 315].map((bearing, node) => ({ node, x: distance * Math.sin((bearing * Math.PI) / 180), y: distance * Math.cos((bearing * Math.PI) / 180) }));
const source = { x: 0, y: 0, windFrom: 270, windSpeed: 3, held: new Set<number>() };

describe('standing points for rescuers', () => {
  test('upwind first, then aside, never in the lee', () => {
    const [first, ...rest] = chooseStands(ring(150), source);
    expect(first).toMatchObject({ node: 6, side: 'upwind', distanceM: 150 });
    expect(first!.bearing).toBeCloseTo(270);
    expect(rest.map(({ node }) => node).toSorted((a, b) => a - b)).toEqual([5, 7]);
    expect(chooseStands(ring(150).slice(1, 4), source)).toEqual([]);
    expect(chooseStands(ring(150).slice(0, 1), source)).toMatchObject([{ node: 0, side: 'crosswind' }]);
  });
  test('a calm has no side', () => {
    expect(chooseStands(ring(150), { ...source, windSpeed: 0.2 }).map(({ side }) => side)).toEqual(['calm', 'calm', 'calm']);
  });
  test('a place taken up is kept against one that is a little better, and left for one that is much better', () => {
    const places = [{ node: 0, x: -130, y: 0 }, { node: 1, x: -150, y: 30 }, { node: 2, x: -300, y: 0 }];
    expect(chooseStands(places, source)[0]!.node).toBe(0);
    expect(chooseStands(places, { ...source, held: new Set([1]) })[0]!.node).toBe(1);
    expect(chooseStands(places, { ...source, held: new Set([2]) })[0]!.node).toBe(0);
  });
  test('within their distances and apart, whatever the places and the wind; turned alike with both', () => {
    const place = fc.record({ x: fc.integer({ min: -600, max: 600 }), y: fc.integer({ min: -600, max: 600 }) });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), fc.integer({ min: 0, max: 359 }), (points, windFrom) => {
        const places = points.map((point, node) => ({ ...point, node }));
        const chosen = chooseStands(places, { ...source, windFrom });
        expect(chosen.length).toBeLessThanOrEqual(3);
        for (const stand of chosen) {
          expect(stand.distanceM).toBeGreaterThanOrEqual(NEAREST);
          expect(stand.distanceM).toBeLessThanOrEqual(FARTHEST);
          for (const other of chosen) if (other !== stand) expect(Math.hypot(points[stand.node]!.x - points[other.node]!.x, points[stand.node]!.y - points[other.node]!.y)).toBeGreaterThanOrEqual(60);
        }
        const quarter = chooseStands(places.map(({ node, x, y }) => ({ node, x: y, y: -x })), { ...source, windFrom: windFrom + 90 });
        expect(quarter[0]?.side).toBe(chosen[0]?.side);
      }),
    );
  });
});

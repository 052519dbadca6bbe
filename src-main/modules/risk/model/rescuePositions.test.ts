import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeRescuers, type Place, type Threat } from './rescuePositions.ts';

const place = (id: string, x: number, y: number, perYear = 1e-8): Place => ({ id, x, y, perYear });
const threat = (equipment: string, x: number, y: number, share: number): Threat => ({ equipment, x, y, share });

describe('rescue positions before anything happens', () => {
  test('near what threatens most, not inside its isolation distance, not where it is dangerous', () => {
    const places = [place('near', 50, 0), place('good', 120, 0), place('exposed', -110, 0, 1e-4), place('far', 600, 0, 1e-5)];
    const [first] = placeRescuers(places, [threat('V-1', 0, 0, 1)]);
    expect(first).toMatchObject({ id: 'good', serves: [{ equipment: 'V-1', distanceM: 120 }] });
  });
  test('two threats far apart get a place each, the greater first', () => {
    const places = [place('west', -350, 0), place('east', 350, 0), place('middle', 0, 0), place('a', 0, 900, 1), place('b', 0, 901, 1), place('c', 0, 902, 1)];
    const found = placeRescuers(places, [threat('W', -500, 0, 0.3), threat('E', 500, 0, 0.7)]);
    expect(found.map(({ id, serves }) => [id, serves.map(({ equipment }) => equipment)])).toEqual([['east', ['E']], ['west', ['W']]]);
  });
  test('every threat is served once at most, and no place without a purpose is named', () => {
    const at = fc.record({ x: fc.integer({ min: 0, max: 700 }), y: fc.integer({ min: 0, max: 500 }), weight: fc.double({ min: 1e-9, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(at, { maxLength: 20 }), fc.array(at, { maxLength: 8 }), (places, threats) => {
        const found = placeRescuers(places.map(({ x, y, weight }, i) => place(`${i}`, x, y, weight)), threats.map(({ x, y, weight }, i) => threat(`${i}`, x, y, weight)));
        const served = found.flatMap(({ serves }) => serves.map(({ equipment }) => equipment));
        expect(new Set(served).size).toBe(served.length);
        expect(found.every(({ serves }) => serves.length > 0 && serves.every(({ distanceM }) => distanceM >= 100))).toBe(true);
      }),
    );
  });
});

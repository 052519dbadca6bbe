import { describe, expect, it } from 'vitest';
import { powerLabel, sparkRange, zonesInOrder } from './model.ts';

describe('the zone column', () => {
  const zones = [{ id: 'A', grade: 'low' }, { id: 'B', grade: 'general' }, { id: 'C', grade: 'low' }, { id: 'D', grade: 'low' }] as const;

  it('puts the gravest live grade first and falls back to the static one', () => {
    expect(zonesInOrder(zones, [{ zone: 'C', grade: 'major', index: 90 }])).toEqual(['C', 'B', 'A', 'D']);
  });

  it('does not swap rows for a few points', () => {
    const before = zonesInOrder(zones, [{ zone: 'A', grade: 'low', index: 12 }, { zone: 'C', grade: 'low', index: 9 }]);
    const after = zonesInOrder(zones, [{ zone: 'A', grade: 'low', index: 9 }, { zone: 'C', grade: 'low', index: 12 }]);
    expect(after).toEqual(before);
    expect(zonesInOrder(zones, [{ zone: 'A', grade: 'low', index: 3 }, { zone: 'D', grade: 'low', index: 19 }])).toEqual(['B', 'D', 'A', 'C']);
  });

  it('writes decades as powers of ten', () => {
    expect([1e-9, 1e-3, 1].map(powerLabel)).toEqual(['10⁻⁹', '10⁻³', '10⁰']);
  });

  it('draws noise flat and a rise over its whole height', () => {
    expect(sparkRange([50, 51])).toEqual([40.5, 60.5]);
    expect(sparkRange([10, 90])).toEqual([10, 90]);
  });
});

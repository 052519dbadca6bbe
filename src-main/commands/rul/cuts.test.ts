import { describe, expect, it } from 'vitest';
import { cutWeights, lastRestart } from './cuts.ts';

describe('lives cut as a test file cuts them', () => {
  it('end where histories of the file end, within its labels, and weigh one together', () => {
    const weights = cutWeights(200, [100, 100, 150], [10, 120]);
    expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
    // After 100 cycles 100 are left and the weight is twice that after 150.
    expect(weights[99]! / weights[149]!).toBeCloseTo(2, 3);
    expect([...weights.slice(0, 99)].every((each) => each === 0)).toBe(true);
    expect([...weights.slice(190)].every((each) => each === 0)).toBe(true);
  });

  it('weigh nothing where no cut fits', () => {
    expect([...cutWeights(30, [100], [6, 195])].every((each) => each === 0)).toBe(true);
  });
});

describe('wear that was taken back', () => {
  const noise = (step: number) => 0.3 * Math.sin(step * 12.9898);
  it('is not seen in a life that only wears', () => {
    expect(lastRestart(Float64Array.from({ length: 200 }, (_each, step) => (step / 80) ** 2 + noise(step)))).toBe(0);
  });

  it('is where the newest life begins', () => {
    const worn = (step: number) => ((step < 120 ? step : step - 120) / 60) ** 2 + noise(step);
    const from = lastRestart(Float64Array.from({ length: 260 }, (_each, step) => worn(step)));
    expect(from).toBeGreaterThanOrEqual(120);
    expect(from).toBeLessThan(136);
  });
});

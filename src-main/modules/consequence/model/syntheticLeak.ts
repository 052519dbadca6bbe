import { unwrap } from '../../../../src-shared/kernel/index.ts';
import type { DetectorReading, LeakCandidate } from './leakInversion.ts';
import { plumeField } from './plume.ts';
import { normal, uniformStream } from './random.ts';
import type { ConsequenceSubstance } from './substance.ts';
import type { Weather } from './weather.ts';

/** A leak that is known, and what detectors over a plant of 700 × 500 m make of it: the truth that the inversion is measured by. */
export type SyntheticLeak = {
  readonly substance: ConsequenceSubstance;
  readonly truth: { readonly x: number; readonly y: number; readonly rateKgS: number };
  readonly weather: Weather;
  readonly detectors: readonly DetectorReading[];
  /** Forty-one pieces of equipment, one of them near the leak. */
  readonly candidates: readonly LeakCandidate[];
  readonly seeing: number;
};

/**
 * Leak number `seed`: rate between the bounds (log-uniform), wind 1.5–5.5 m/s, classes C to F; readings off by 40 % and the wind's direction by 5°, one standard
 * deviation each; a detector sees 5 ppm.
 */
export const syntheticLeak = (seed: number, options: { readonly substance: ConsequenceSubstance; readonly rate: readonly [least: number, most: number]; readonly detectors: number }): SyntheticLeak => {
  const uniform = uniformStream(seed * 7919);
  const { substance, rate: [least, most] } = options;
  const truth = { x: 100 + 400 * uniform(), y: 80 + 300 * uniform(), rateKgS: least * (most / least) ** uniform() };
  const windFrom = 360 * uniform();
  const weather: Weather = { windSpeed: 1.5 + 4 * uniform(), windFrom, stability: (['C', 'D', 'E', 'F'] as const)[Math.floor(4 * uniform())]! };
  const field = unwrap(plumeField({
    substance, rateKgS: truth.rateKgS, source: { x: truth.x, y: truth.y, z: 1 }, weather: { ...weather, windFrom: windFrom + 5 * normal(uniform) }, grid: { x0: 0, y0: 0, cell: 50, nx: 14, ny: 10 }, averagingTimeS: 60,
  }));
  const detectors = Array.from({ length: options.detectors }, () => {
    const [x, y] = [700 * uniform(), 500 * uniform()];
    const ppm = field.at(x, y, 1.5) * Math.exp(0.4 * normal(uniform));
    return { x, y, z: 1.5, detectionLimit: 5, ppm: ppm < 5 ? 0 : ppm };
  });
  const near = { id: 'near', x: truth.x + 3 * normal(uniform), y: truth.y + 3 * normal(uniform) };
  const candidates = [near, ...Array.from({ length: 40 }, (_, i) => ({ id: `equipment-${i}`, x: 700 * uniform(), y: 500 * uniform() }))];
  return { substance, truth, weather, detectors, candidates, seeing: detectors.filter((detector) => detector.ppm > 0).length };
};

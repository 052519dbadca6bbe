import { fireField, invertLeak, plumeField, type DetectorReading, type PlumeInput } from '../src-main/modules/consequence/index.ts';

const weather = { windSpeed: 3, windFrom: 250, stability: 'D', roughness: 0.1 } as const;
const grid = { x0: 0, y0: -400, cell: 2, nx: 400, ny: 400 };
const passive: PlumeInput = { substance: 'ammonia', rateKgS: 0.1, source: { x: 100, y: 0, z: 1 }, weather, grid };
const dense: PlumeInput = { ...passive, substance: 'chlorine', rateKgS: 5, sourceArea: 1, isJet: true };
const turning: PlumeInput = { ...passive, elapsedS: 600, history: [{ at: 0, speed: 3, windFrom: 250, rate: 1 }, { at: 300, speed: 2.5, windFrom: 220, rate: 1 }] };

const truth = plumeField({ ...passive, averagingTimeS: 60 });
const detectors: readonly DetectorReading[] = Array.from({ length: 80 }, (_value, k) => {
  const [x, y] = [60 + 37 * (k % 10), -120 + 35 * Math.floor(k / 10)];
  const ppm = truth.ok ? truth.value.at(x, y, 1.5) : 0;
  return { x, y, z: 1.5, ppm: ppm < 5 ? 0 : ppm, detectionLimit: 5 };
});

/** Each entry runs once per call; the size says what it worked on. */
export const benchmarks = [
  { name: 'plumeGrid', size: '400 x 400 cells, Gaussian plume and its contours', run: () => plumeField(passive) },
  { name: 'densePlumeGrid', size: '400 x 400 cells, slab and its contours', run: () => plumeField(dense) },
  { name: 'turningPlumeGrid', size: '400 x 400 cells, puffs over 600 s of a turning wind', run: () => plumeField(turning) },
  { name: 'fireGrid', size: '400 x 400 cells, pool fire of 200 m2', run: () => fireField({ substance: 'gasoline', fire: { kind: 'pool', area: 200 }, source: { x: 400, y: 0 }, weather, grid }) },
  { name: 'leakInversion', size: '80 detectors, 1,000 particles', run: () => invertLeak({ substance: 'ammonia', detectors, weather }) },
];

import type { HazardContour } from '../../../src-shared/contract/index.ts';
import { isConsequenceSubstance, substanceOf } from '../consequence/index.ts';
import type { Assessment, FireInput, Unassessed } from './assessment.ts';
import { circle, type Danger } from './model/danger.ts';
import { fireLevels, thermalLoadRate } from './model/levels.ts';

/** Share of a fire's heat that it radiates; 0.3 is at the high side of large sooty pools (CCPS 1999), so the circle is a cautious one. */
const RADIATED = 0.3;
/** Burning rate of a pool whose substance has no tabulated one, kg/(m² s). */
const POOL_BURNING = 0.055;

/** Radiation of a fire as a point source: q = χ ṁ ΔHc / 4πr². Circles, without wind. */
export const fireDanger = (input: FireInput): { readonly danger: Danger; readonly source: Assessment['source'] } | Unassessed => {
  const fire = isConsequenceSubstance(input.substance) ? substanceOf(input.substance).fire : undefined;
  if (fire === undefined) return { refused: `${input.substance} does not burn` };
  const rate = input.rateKgS ?? (fire.pool?.burningRate ?? POOL_BURNING) * Math.PI * (input.diameter / 2) ** 2;
  const heat = RADIATED * rate * fire.heatOfCombustion;
  const radius = (kWm2: number): number => Math.sqrt(heat / (4 * Math.PI * kWm2 * 1_000));
  const edge = input.diameter / 2;
  const at = (x: number, y: number): number => heat / (4 * Math.PI * Math.max(Math.hypot(x - input.x, y - input.y), edge, 1) ** 2) / 1_000;
  const contours = (divisor: number): readonly HazardContour[] =>
    fireLevels.map((level) => ({ name: level.name, severity: level.severity, level: level.level, unit: level.unit, rings: [circle(input.x, input.y, radius(level.level / divisor))] }));
  return {
    source: { x: input.x, y: input.y, spreadM: edge, rate: { p10: rate / 1.5, p50: rate, p90: rate * 1.5 }, equipment: input.equipment, likelihood: 1 },
    danger: {
      model: 'point-source',
      x: input.x,
      y: input.y,
      levels: fireLevels,
      reach: radius(1.6) * 1.3,
      at,
      loadRateAt: (x, y) => thermalLoadRate(at(x, y)),
      contours: contours(1),
      outer: contours(1.5),
    },
  };
};
